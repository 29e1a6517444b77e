"""What is known about a model before its weights are loaded: the keys of its YAML file, checked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, PositiveInt, ValidationInfo, field_validator

Task = Literal["summarization", "translation", "crosslingual"]

COMMIT: Final = re.compile(r"[0-9a-f]{40}")
"""A hub commit."""


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
        if revision is not None and not COMMIT.fullmatch(revision):
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
