"""The project's own promises: imports point one way, importing is cheap, and the README tells the truth."""

from __future__ import annotations

import ast
import doctest
import importlib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ORDER = {"configs": 0, "translate": 0, "summarize": 1, "eval": 2}
MODULES = [path for package in ORDER for path in sorted((ROOT / package).rglob("*.py"))]
HEAVY = ("torch", "transformers", "numpy", "trafilatura", "lxml", "huggingface_hub", "datasets", "sacrebleu", "rouge_score", "nltk")


def imported(path: Path) -> set[str]:
    """The top-level packages that a module imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    own = ORDER[path.relative_to(ROOT).parts[0]]
    assert not {name for name in imported(path) if ORDER.get(name, own) > own}


def test_importing_everything_loads_nothing_heavy() -> None:
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in MODULES]
    code = (
        f"import importlib, sys, logging\nfor name in {names!r}: importlib.import_module(name)\n"
        f"heavy = set({HEAVY!r}) & set(sys.modules)\nassert not heavy, heavy\nassert not logging.getLogger().handlers\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert ran.returncode == 0, ran.stderr


def console_blocks() -> list[tuple[str, str]]:
    """Each `$ command` of the README's console blocks with the output shown under it."""
    blocks = re.findall(r"^```console\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [
        (command.strip(), output)
        for block in blocks
        for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    ]


@pytest.mark.parametrize(("command", "shown"), console_blocks(), ids=lambda value: value[:60] if isinstance(value, str) else None)
def test_readme_commands_run_and_print_what_is_shown(command: str, shown: str, tmp_path: Path, empty_cache: Path) -> None:
    if "../shared" in command and not (ROOT.parent / "shared").is_dir():
        pytest.skip("needs ../shared")
    for name in ("tests", "configs"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path.parent / "shared").exists() or (tmp_path.parent / "shared").symlink_to(ROOT.parent / "shared")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HF_HUB_CACHE": str(empty_cache)}
    ran = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=tmp_path, env=environment)
    expected = 2 if "models pull" in command else 0  # the test machine's hub is switched off
    assert ran.returncode == expected, ran.stderr
    if shown.strip():
        printed = (ran.stdout + ran.stderr).splitlines()
        for line in shown.splitlines():
            assert line in printed or line == "…", f"{shlex.quote(line)} is not printed by {command}"


def test_the_readme_names_every_command_and_every_model() -> None:
    from summarize.cli import COMMANDS
    from translate.registry import all_specs

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"mujaz {name}" in readme for name in COMMANDS)
    assert all(f"`{spec.name}`" in readme for spec in all_specs())


def test_the_readme_and_the_registry_give_one_size() -> None:
    from translate.registry import all_specs
    from translate.store import size_and_licence

    sizes = {spec.name: size_and_licence(spec).partition(",")[0] for spec in all_specs()}
    rows = re.findall(r"^\| (`.*?) \|.*?(\d[\d.]* [MG]B)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    stated = {name: size for cell, size in rows for name in re.findall("`(.*?)`", cell)}
    assert stated == sizes


def python_blocks() -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("code", python_blocks(), ids=lambda code: code.strip().splitlines()[-1][:40])
def test_readme_python_runs(code: str) -> None:
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert ran.returncode == 0 and ran.stdout.strip(), ran.stderr


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_examples_in_docstrings(path: Path) -> None:
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    assert not doctest.testmod(module).failed
