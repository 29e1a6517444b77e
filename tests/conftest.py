"""What many tests need: the command run in this process, a translator that needs no model, and a machine with no models on it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from summarize.cli import main
from translate.types import ModelRef, Translation

FIXTURES = Path(__file__).parent / "fixtures"
ARTICLES = FIXTURES / "articles"
SHARED = Path(__file__).parents[2] / "shared"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def empty_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees the models of the machine it runs on, or reaches the hub."""
    import huggingface_hub.constants

    cache = tmp_path_factory.mktemp("hub")
    monkeypatch.setenv("HF_HUB_CACHE", str(cache))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(cache))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    return cache


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees or fills the translation memory of the machine it runs on."""
    folder = tmp_path_factory.mktemp("cache") / "mujaz"
    monkeypatch.setenv("MUJAZ_CACHE", str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    """To "auto" every machine is one without the lexicon, unless a test says otherwise."""
    monkeypatch.setattr("translate.translator.installed_drafts", list)


@pytest.fixture
def mujaz(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run `mujaz ARGUMENTS…` in this process, with bytes on standard input."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(int(ended.value.code or 0), captured.out, captured.err)

    return run


class Upper:
    """A translator whose work is easy to check: it puts «EN» before what it was given, and remembers how it was called."""

    ref = ModelRef("upper", "r1", "MIT", True)

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def translate(self, texts: Sequence[str]) -> list[Translation]:
        self.calls.append(list(texts))
        return [Translation(text, f"EN {text}" if text.strip() else text) for text in texts]


@pytest.fixture
def upper() -> Upper:
    return Upper()
