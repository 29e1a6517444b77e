"""The keys of a pipeline YAML file, which are also the options of `mujaz summarize` and of `summarize.summarize`."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, PositiveInt

from summarize.result import Style
from translate.spec import Generation

Language = Literal["ar", "en", "both"]
Strategy = Literal["auto", "summarize-translate", "translate-summarize", "direct"]


class PipelineConfig(BaseModel):
    """How an article becomes a summary. Every key may be left out.

    >>> PipelineConfig(sentences=2).to
    'both'
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    summarizer: str = "extractive"
    """ "extractive", which needs no model; a registry name, a YAML file, a model folder; or "auto": the best one that is installed."""
    translator: str = "auto"
    """A registry name, a YAML file, a model folder, or "auto": the best one that is installed."""
    strategy: Strategy = "auto"
    """What comes first. "direct" needs a model that writes English about Arabic, and is what "auto" means for one;
    for any other it means "summarize-translate"."""
    sentences: PositiveInt = 3
    """How many sentences a summary has (at most, where a model writes it)."""
    style: Style = "paragraph"
    """The summary's form. "headline" is one short line and "lead" at most two sentences, whatever `sentences` says."""
    to: Language = "both"
    """The summary's language."""
    engine: Literal["auto", "torch", "ct2"] = "auto"
    """What runs the translator: torch, or CTranslate2, which "auto" takes on a CPU where it is installed."""
    device: str = "auto"
    """cpu, cuda, cuda:1, mps or auto."""
    dtype: Literal["auto", "float32", "bfloat16", "float16", "int8"] = "auto"
    """Precision of the models' weights; int8 with CTranslate2 only."""
    glossary: str | None = None
    """A CSV file of Arabic terms and the English that must stand for them."""
    retry: tuple[Generation, ...] = ()
    """Search parameters with which sentences that fail a check are translated again, e.g. `[{num_beams: 8}]`."""
    memory: bool = True
    """Whether translations are kept on disk and not made twice."""
