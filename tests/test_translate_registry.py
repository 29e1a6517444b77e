"""The model registry: the shipped YAML files, a user's own file, a model folder, and what is said when they are wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError
from tiny_models import COMMIT, FAMILIES, as_snapshot, tiny_model

from translate.errors import ConfigError, ModelUnavailable
from translate.families import FAMILIES as KNOWN_FAMILIES
from translate.registry import all_specs, load_spec, preference
from translate.spec import ModelSpec
from translate.store import BUILT_IN

OWN = """
name: mine
task: translation
family: nllb
repo: {repo}
languages: {{source: arb_Arab, target: eng_Latn}}
limits: {{max_source_tokens: 128, max_target_tokens: 128}}
"""


def test_the_registry_has_the_translators_of_the_design() -> None:
    assert {spec.name for spec in all_specs("translation")} >= {
        "opus-mt-ar-en",
        "opus-mt-tc-big-ar-en",
        "nllb-200-distilled-600M",
        "nllb-200-distilled-1.3B",
        "nllb-200-3.3B",
        "m2m100_418M",
        "m2m100_1.2B",
        "mbart-large-50-many-to-many-mmt",
    }


@pytest.mark.parametrize("spec", all_specs(), ids=lambda spec: spec.name)
def test_every_entry_is_usable_and_says_what_it_costs(spec: ModelSpec) -> None:
    assert load_spec(spec.name) == spec
    if spec.family in BUILT_IN:
        assert spec.draft and spec.repo == "built-in" and Path(spec.source).is_file()
        return
    assert spec.task != "translation" or spec.family in KNOWN_FAMILIES
    assert spec.size and spec.source.startswith(("https://huggingface.co/", "https://github.com/"))
    assert spec.repo in spec.source or "github" in spec.source
    assert spec.revision or "Not pinned" in spec.notes
    assert (spec.licence is None) == (spec.commercial_use is None) or "not clear" in spec.notes
    assert spec.commercial_use is not True or "NC" not in (spec.licence or "")


def test_preferred_models_are_all_in_the_registry() -> None:
    assert set(preference().translators) == {spec.name for spec in all_specs("translation") if not spec.draft}
    assert set(preference().drafts) == {spec.name for spec in all_specs("translation") if spec.draft}
    others = {spec.name for spec in all_specs() if spec.task != "translation"}
    assert set(preference().summarizers) == others and len(preference().summarizers) == len(others)


def test_a_spec_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        load_spec("opus-mt-ar-en").repo = "someone/else"  # type: ignore[misc]


def test_an_unknown_key_is_named_with_the_file_and_the_valid_keys(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(OWN.format(repo="a/b") + "licens: MIT\n")
    with pytest.raises(ConfigError) as caught:
        load_spec(str(path))
    message = str(caught.value)
    assert "mine.yaml" in message and "'licens'" in message and "\n" not in message
    assert all(key in message for key in ModelSpec.model_fields)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("generation: {beams: 4}", "num_beams"),
        ("revision: main", "commit"),
        ("limits: {max_source_tokens: 0, max_target_tokens: 1}", "max_source_tokens"),
        ("task: sing", "task"),
    ],
)
def test_an_unusable_value_is_one_line(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("\n".join(old for old in OWN.format(repo="a/b").splitlines() if not old.startswith(line.split(":")[0])) + f"\n{line}\n")
    with pytest.raises(ConfigError, match=said) as caught:
        load_spec(str(path))
    assert "\n" not in str(caught.value)


def test_a_missing_yaml_file_is_a_config_error() -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        load_spec("nowhere/mine.yaml")


def test_a_users_file_may_name_a_folder_beside_it(tmp_path: Path) -> None:
    (tmp_path / "weights").mkdir()
    (tmp_path / "mine.yaml").write_text(OWN.format(repo="./weights"))
    spec = load_spec(str(tmp_path / "mine.yaml"))
    assert spec.folder == tmp_path / "weights" and spec.licence is None


def test_a_repository_name_is_never_taken_for_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Helsinki-NLP" / "opus-mt-ar-en").mkdir(parents=True)
    assert load_spec("opus-mt-ar-en").folder is None


def test_a_mistyped_name_gets_a_suggestion() -> None:
    with pytest.raises(ModelUnavailable, match=r"did you mean nllb-200-3\.3B"):
        load_spec("nllb-200-3.3b")
    with pytest.raises(ModelUnavailable, match=r"known: .*opus-mt-ar-en"):
        load_spec("zzzzzz")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_folders_family_is_read_from_its_files(family: str) -> None:
    spec = load_spec(str(tiny_model(family)))
    assert (spec.family, spec.licence, spec.commercial_use, spec.revision) == (family, None, None, None)
    assert spec.limits.max_source_tokens == 256  # the tiny models' positions


def test_a_folder_in_the_hub_cache_has_its_commit_as_revision(tmp_path: Path) -> None:
    assert load_spec(str(as_snapshot(tiny_model("marian"), tmp_path, "a/b"))).revision == COMMIT


def test_a_folder_with_another_kind_of_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert"}))
    with pytest.raises(ModelUnavailable, match="type 'bert'"):
        load_spec(str(tmp_path))
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(ModelUnavailable, match="cannot be read"):
        load_spec(str(tmp_path))
    (tmp_path / "config.json").unlink()
    with pytest.raises(ModelUnavailable, match=r"no config\.json"):
        load_spec(str(tmp_path))


def test_importing_the_translator_loads_no_heavy_package() -> None:
    code = (
        "import sys, translate.translator, translate.document;"
        "print(sorted({'torch', 'transformers', 'numpy', 'huggingface_hub'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
