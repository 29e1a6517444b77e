"""Which summarizers there are, and a name, YAML file or model folder made into one."""

from __future__ import annotations

import difflib
import logging
from pathlib import Path

from summarize.abstractive import AbstractiveSummarizer
from summarize.written import Target
from translate import store
from translate.errors import ConfigError, ModelUnavailable
from translate.families import find_family
from translate.model_folder import commit_of
from translate.optimize import CONVERTIBLE, own_search
from translate.registry import all_specs, by_preference, load_spec
from translate.runtime.ct2_search import unsupported
from translate.spec import ModelSpec
from translate.types import ModelRef

log = logging.getLogger(__name__)

EXTRACTIVE = "extractive"
_PROMPTED = ("causal", "endpoint")


def find_spec(name: str) -> ModelSpec:
    """The summarization model that a name of the registry, a YAML file or a model folder stands for.

    A folder or .gguf file of a causal model does not say what it is for; here it is for summaries.

    Raises:
        ModelUnavailable: there is no such model.
        ConfigError: it is a model for something else, or its YAML file is not usable.
    """
    names = known()
    if name not in {spec.name for spec in all_specs()} and not Path(name).suffix and not Path(name).expanduser().exists():
        close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
        meant = f"did you mean {close[0]}? " if close else ""
        raise ModelUnavailable(
            "no such summarizer", where=name, hint=f"{meant}known: {', '.join(names)} (mujaz models pull NAME fetches one); or a folder"
        )
    spec = load_spec(name)
    if spec.task == "translation" and not (spec.family == "causal" and spec.folder is not None and spec.prompt is None):
        raise ConfigError(f"is a model for {spec.task}, not for summaries", where=spec.name, hint=f"known: {', '.join(names)}")
    return spec


def known() -> list[str]:
    """The names that `--summarizer` takes, the best first, `extractive` before all."""
    return [EXTRACTIVE, *(spec.name for spec in (*by_preference("summarization"), *by_preference("crosslingual")))]


def writes(spec: ModelSpec) -> tuple[Target, ...]:
    """The languages that a model writes about Arabic; a causal model for which nothing else is said writes what it is asked for."""
    if spec.task == "translation":
        return ("ar", "en")
    return ("en",) if spec.task == "crosslingual" else ("ar",)


def reads_english(spec: ModelSpec) -> bool:
    """Whether a model makes an English summary of an English text: mT5 writes in the language it reads, or in English."""
    return spec.family == "t5" or (spec.family in _PROMPTED and "en" in writes(spec))


def installed(language: Target) -> list[ModelSpec]:
    """The registry's models on this machine that write a language, the best first."""
    specs = by_preference("summarization" if language == "ar" else "crosslingual")
    return [spec for spec in specs if spec.endpoint is None and store.locate(spec) is not None]


def load_summarizer(
    spec: ModelSpec, language: Target, *, engine: str = "auto", device: str = "auto", dtype: str = "auto", download: bool = False
) -> AbstractiveSummarizer:
    """Load a summarization model that is on this machine, or find the way to one on a server.

    Args:
        spec: the model, see `find_spec`.
        language: what it is to write.
        engine: what runs it, see `translate.engines.open_engine`.
        device: likewise.
        dtype: likewise.
        download: whether a model that is not here may be downloaded; nothing else touches the network.

    Raises:
        ModelUnavailable: it is not on this machine (the error has the command that gets it), or cannot be loaded.
        ConfigError: its YAML file, prompt, language codes, `engine`, `device` or `dtype` are not usable.
        MissingExtra: the packages for models are not installed.
    """
    from summarize.causal import open_causal_writer, open_endpoint_writer
    from summarize.seq2seq import open_seq2seq

    if spec.endpoint:
        ref = ModelRef(spec.endpoint.model, None, spec.licence, spec.commercial_use)
        return AbstractiveSummarizer(spec, ref=ref, writer=open_endpoint_writer(spec, language), language=language)
    find_family(spec.family, where=spec.name)
    folder = store.locate(spec)
    if folder is None:
        if not download:
            raise store.missing(spec)
        folder = store.pull(spec)
    if (engine == "ct2" or dtype == "int8") and (problem := _beyond_ct2(spec, folder)):  # meant for the translator
        log.warning("%s: CTranslate2 cannot %s; going on with torch", spec.name, problem)
        engine, dtype = "torch", "auto" if dtype == "int8" else dtype
    if spec.family == "causal":
        writer = open_causal_writer(spec, folder, language, engine=engine, device=device, dtype=dtype)
    else:
        writer = open_seq2seq(spec, folder, engine=engine, device=device, dtype=dtype)
    ref = ModelRef(spec.name, commit_of(folder) or spec.revision, spec.licence, spec.commercial_use)
    return AbstractiveSummarizer(spec, ref=ref, writer=writer, language=language)


def _beyond_ct2(spec: ModelSpec, folder: Path) -> str | None:
    """What CTranslate2 cannot do that a model needs."""
    if spec.family not in CONVERTIBLE:
        return f"run models of the family {spec.family}"
    search = unsupported(own_search(folder), spec.generation)
    return search and f"search with {search}"
