"""A local model folder (or .gguf file) as a ModelSpec: what its config.json says, and what its kind of model is known for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from translate.errors import ModelUnavailable
from translate.settings import validated
from translate.spec import COMMIT, Languages, Limits, ModelSpec

# What a folder does not say: the language codes of each family. A causal model's prompt names the languages.
_FOLDER_LANGUAGES = {
    "marian": Languages(source="ar", target="en"),
    "nllb": Languages(source="arb_Arab", target="eng_Latn"),
    "m2m100": Languages(source="ar", target="en"),
    "mbart50": Languages(source="ar_AR", target="en_XX"),
    "t5": Languages(source="ar", target="ar"),
    "mbart": Languages(source="ar", target="ar"),
    "causal": Languages(source="ar", target="en"),
}
_SUMMARIZERS = ("t5", "mbart")
_LONGEST_SOURCE = 512  # what translation models were trained on, even where there are more positions
_LONGEST_PROMPT = 1024  # for causal models, the prompt included
_LONGEST_SUMMARY = {"t5": 84, "mbart": 128}  # what the known ones were trained on


def spec_of_folder(path: Path) -> ModelSpec:
    """A spec for a folder with config.json: family, limits and commit are read from it, the licence is unknown."""
    config = _read_json(path / "config.json")
    family = _family_of(path, config)
    spec = spec_of_file(path, family, positions=config.get("max_position_embeddings"))
    english = _language_token(config, "english") if family == "t5" else None
    if english is None:
        return spec
    return spec.model_copy(update={"task": "crosslingual", "languages": Languages(source="ar", target=english)})


def _language_token(config: dict[str, Any], language: str) -> str | None:
    """What CrossSum's decoder starts with to write in a language, None in the config of any other model."""
    parameters = config.get("task_specific_params")
    known = parameters.get("langid_map") if isinstance(parameters, dict) else None
    entry = known.get(language) if isinstance(known, dict) else None
    return entry[1] if isinstance(entry, list) and len(entry) == 2 and isinstance(entry[1], str) else None


def spec_of_file(path: Path, family: str, *, positions: Any = None) -> ModelSpec:
    """A spec for a folder, or for a .gguf file, with as many positions as its config says."""
    tokens = _LONGEST_PROMPT if family in ("causal", "mbart") else _LONGEST_SOURCE
    if isinstance(positions, int) and positions > 0:
        tokens = min(tokens, positions)
    longest = _LONGEST_SUMMARY.get(family, _LONGEST_SOURCE)
    spec = {
        "name": path.resolve().name,
        "task": "summarization" if family in _SUMMARIZERS else "translation",
        "family": family,
        "repo": str(path.resolve()),
        "revision": commit_of(path),
        "languages": _FOLDER_LANGUAGES[family],
        "limits": Limits(max_source_tokens=tokens, max_target_tokens=min(tokens, longest)),
        "notes": "local weights; their licence is not known to mujaz",
        "source": str(path),
    }
    return validated(spec, ModelSpec, where=str(path))


def _family_of(path: Path, config: dict[str, Any]) -> str:
    """The family by config.json's model_type. Where two have the same, only the tokenizer tells them apart."""
    kind = config.get("model_type")
    if kind in ("m2m_100", "mbart"):
        tokenizer = _read_json(path / "tokenizer_config.json") if (path / "tokenizer_config.json").is_file() else {}
        made = str(tokenizer.get("tokenizer_class") or config.get("tokenizer_class") or "")
        if kind == "mbart":
            return "mbart" if made.startswith("Barthez") else "mbart50"
        return "nllb" if made.startswith("Nllb") else "m2m100"
    families = {"marian": "marian", "mt5": "t5"}
    if kind in families:
        return families[kind]
    # Gemma 3 and later also read images, and transformers loads them under that name as causal models too.
    names = [str(name) for name in config.get("architectures") or ()]
    if any(name.endswith("ForCausalLM") or (name.startswith("Gemma") and name.endswith("ForConditionalGeneration")) for name in names):
        return "causal"
    raise ModelUnavailable(
        f"holds a model of type {kind!r}, which mujaz cannot use",
        where=str(path),
        hint="usable are Marian, NLLB-200, M2M-100, mBART-50, mT5, AraBART and causal models (Gemma, Qwen, Llama and the like)",
    )


def commit_of(folder: Path) -> str | None:
    """The commit of a folder inside the hub cache (…/snapshots/COMMIT), None for any other folder."""
    folder = folder.absolute()
    return folder.name if folder.parent.name == "snapshots" and COMMIT.fullmatch(folder.name) else None


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelUnavailable(f"is not a model folder: it has no {path.name}", where=str(path.parent)) from error
    except (OSError, ValueError) as error:
        raise ModelUnavailable(f"cannot be read ({error})", where=str(path)) from error
    if not isinstance(content, dict):
        raise ModelUnavailable("is not a JSON object", where=str(path))
    return content
