"""The model registry: configs/models/*.yaml, a user's own YAML file or a local model folder, as frozen ModelSpecs."""

from __future__ import annotations

import difflib
import json
import re
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, PositiveInt, ValidationInfo, field_validator

from translate.errors import ConfigError, ModelUnavailable
from translate.settings import read_settings, validated

Task = Literal["summarization", "translation", "crosslingual"]

_COMMIT = re.compile(r"[0-9a-f]{40}")


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Languages(_Frozen):
    """Source and target language, in the codes of the model's own family (arb_Arab for NLLB, ar_AR for mBART-50)."""

    source: str
    target: str


class Limits(_Frozen):
    """How many tokens, special ones included, the model takes and gives."""

    max_source_tokens: PositiveInt
    max_target_tokens: PositiveInt


class Generation(_Frozen):
    """Search parameters. What is left out is as the model's own generation_config.json has it."""

    num_beams: PositiveInt | None = None
    no_repeat_ngram_size: int | None = Field(default=None, ge=0)
    repetition_penalty: PositiveFloat | None = None
    length_penalty: float | None = None
    early_stopping: bool | None = None


class Example(_Frozen):
    """A worked example for a prompt: a text and the answer wanted for it."""

    source: str
    target: str


class Prompt(_Frozen):
    """What a causal model or a server is asked."""

    user: str
    """The request, with `{text}` where the text goes (best at the end, after a line break). A summarizer's may also have
    `{sentences}`, here and in `system`, for how many are wanted."""
    system: str | None = None
    examples: tuple[Example, ...] = ()
    stop: tuple[str, ...] = ()
    """Strings that end an answer. A plain prompt without any stops at the end of the line."""
    chat: bool = True
    """Whether the request goes into the model's chat template; false for models that only continue a text."""

    @field_validator("user")
    @classmethod
    def _has_one_place(cls, user: str) -> str:
        if user.count("{text}") != 1:
            raise ValueError("needs {text} exactly once, where the text goes")
        return user


class Endpoint(_Frozen):
    """A server with an OpenAI-compatible API: vLLM, Ollama, llama.cpp and others."""

    url: str
    """Where its API begins, e.g. http://localhost:8000/v1; requests go to `url`/chat/completions."""
    model: str
    """The model's name as the server knows it."""
    api_key_env: str | None = None
    """The environment variable that holds the API key, if the server wants one."""
    timeout: PositiveFloat = 120.0
    """Seconds to wait for each answer, and the longest wait before a retry."""
    concurrency: PositiveInt = 4
    """Requests under way at the same time."""
    retries: int = Field(default=4, ge=0)
    """How often a request that failed for a passing reason is sent again."""
    extra_body: dict[str, Any] = {}
    """More fields for each request, over mujaz's own; null leaves a field out."""

    @field_validator("url")
    @classmethod
    def _is_address(cls, url: str) -> str:
        if not re.fullmatch(r"https?://[^/@\s?#]+(/[^@\s?#]*)?", url):
            raise ValueError("an address is http(s)://HOST[:PORT]/PATH, without a name, password or query in it")
        return url.rstrip("/")


class ModelSpec(_Frozen):
    """Everything known about a model before its weights are loaded. The fields are the keys of its YAML file."""

    name: str
    task: Task
    family: str
    """Which file of translate/families knows the model's conventions."""
    repo: str = Field(default="", validate_default=True)
    """The hub repository; or a folder (for causal models also a .gguf file), when it starts with `/`, `./`, `../` or `~`
    (relative to the YAML file). An endpoint has none."""
    revision: str | None = None
    """A hub commit. None: the commit of `main` when the model is pulled, which is recorded then."""
    licence: str | None = None
    commercial_use: bool | None = None
    """Whether the licence allows commercial use; None where that is not known."""
    languages: Languages
    limits: Limits
    generation: Generation = Generation()
    prompt: Prompt | None = None
    """For causal models and endpoints; None: the prompt of translate/runtime/prompts.py."""
    endpoint: Endpoint | None = Field(default=None, validate_default=True)
    notes: str = ""
    source: str = ""
    """Where the facts in the file come from."""
    size: PositiveInt | None = None
    """Megabytes to download."""
    draft: bool = False
    """Whether what it writes is a draft: marked as one in every result, and taken by "auto" only where there is nothing better."""

    @field_validator("revision")
    @classmethod
    def _is_commit(cls, revision: str | None) -> str | None:
        if revision is not None and not _COMMIT.fullmatch(revision):
            raise ValueError("a revision is a full commit hash (40 hexadecimal digits) or null")
        return revision

    @field_validator("repo")
    @classmethod
    def _has_weights(cls, repo: str, info: ValidationInfo) -> str:
        if not repo and info.data.get("family") != "endpoint":
            raise ValueError("the hub repository or folder of the weights is needed")
        return repo

    @field_validator("endpoint")
    @classmethod
    def _has_server(cls, endpoint: Endpoint | None, info: ValidationInfo) -> Endpoint | None:
        if (endpoint is not None) != (info.data.get("family") == "endpoint"):
            raise ValueError("this key goes with family: endpoint, and with no other")
        return endpoint

    @property
    def folder(self) -> Path | None:
        """The model's folder (or .gguf file) when `repo` is a path, None when it is a hub repository."""
        return Path(self.repo).expanduser() if self.repo.startswith(("/", ".", "~")) or Path(self.repo).is_absolute() else None


class Preference(BaseModel):
    """The order in which `auto` looks for a model that is installed, from configs/preference.yaml."""

    translators: tuple[str, ...]
    drafts: tuple[str, ...]
    summarizers: tuple[str, ...]


@lru_cache
def preference() -> Preference:
    """Names of models, the best first."""
    with resources.as_file(resources.files("configs") / "preference.yaml") as path:
        return read_settings(path, Preference)


def by_preference(task: Task) -> list[ModelSpec]:
    """The registry's models for a task: the preferred ones in their order, then the others by name."""
    order = {name: place for place, name in enumerate(preference().translators + preference().drafts + preference().summarizers)}
    return sorted(all_specs(task), key=lambda spec: (order.get(spec.name, len(order)), spec.name))


@lru_cache
def _registry() -> dict[str, ModelSpec]:
    with resources.as_file(resources.files("configs") / "models") as folder:
        specs = [read_settings(path, ModelSpec) for path in sorted(folder.glob("*.yaml"))]
    return {spec.name: spec for spec in specs}


def all_specs(task: Task | None = None) -> list[ModelSpec]:
    """The registry's models by name, or those for one task."""
    return [spec for spec in _registry().values() if task in (None, spec.task)]


def load_spec(name_or_path: str) -> ModelSpec:
    """The model that a NAME of the registry, a YAML file or a local model folder stands for; a name wins over a path.

    Raises:
        ConfigError: the YAML file is missing or not usable, or the folder's config.json is not.
        ModelUnavailable: there is no such name, file or folder, or the folder holds a kind of model that mujaz cannot use.
    """
    if name_or_path in _registry():
        return _registry()[name_or_path]
    path = Path(name_or_path).expanduser()
    if path.suffix in (".yaml", ".yml"):
        return _from_yaml(path)
    if path.is_dir():
        return _from_own_file(path) if (path / OWN_FILE).is_file() else _from_folder(path)
    if path.suffix == ".gguf" and path.is_file():
        return _local(path, "causal")
    close = difflib.get_close_matches(name_or_path, _registry(), n=1, cutoff=0.5)
    hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(_registry())}; or give a YAML file or a model folder"
    raise ModelUnavailable("no such model", where=name_or_path, hint=hint)


def _from_yaml(path: Path) -> ModelSpec:
    spec = read_settings(path, ModelSpec)
    if spec.folder is None:
        return spec
    return spec.model_copy(update={"repo": str((path.parent / spec.folder).resolve())})


OWN_FILE = "mujaz.yaml"
"""A model's YAML file inside its own folder, as `mujaz finetune` writes it: licence, language codes, limits and prompt."""


def _from_own_file(path: Path) -> ModelSpec:
    """The spec that a folder brings along. It may speak of the folder itself only: not send texts to a server, nor load other files."""
    spec = _from_yaml(path / OWN_FILE)
    if spec.folder is None or spec.folder != path.resolve():
        raise ConfigError("is about another model than its folder's", where=str(path / OWN_FILE), hint="its repo must be ./")
    return spec


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


def _from_folder(path: Path) -> ModelSpec:
    """A spec for a folder with config.json: family, limits and commit are read from it, the licence is unknown."""
    config = _read_json(path / "config.json")
    family = _family_of(path, config)
    spec = _local(path, family, positions=config.get("max_position_embeddings"))
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


def _local(path: Path, family: str, *, positions: Any = None) -> ModelSpec:
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
    return folder.name if folder.parent.name == "snapshots" and _COMMIT.fullmatch(folder.name) else None


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
