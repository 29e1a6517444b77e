"""What is put around a model: a memory that saves work, a glossary, a second try. Each is an engine around an engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from translate.checks import check
from translate.glossary import Glossary, GlossaryCounter, GlossaryEngine, checking_terms
from translate.glossary_file import read_glossary
from translate.memory import Memory, MemoryEngine, identity_of
from translate.retry import Check, RetryEngine
from translate.runtime.engine import Engine
from translate.spec import Generation, ModelSpec
from translate.store import BUILT_IN
from translate.types import Translator


def layers_for(*, glossary: str | None, retry: Sequence[Generation], memory: bool) -> Layers:
    """The layers that a command or a pipeline file asks for.

    Args:
        glossary: the path of a glossary file.
        retry: see `Layers`.
        memory: whether to use the memory in mujaz's cache folder.

    Raises:
        ConfigError, InputError: the glossary cannot be used; see `read_glossary`.
    """
    return Layers(glossary=read_glossary(glossary) if glossary else None, retry=retry, memory=Memory() if memory else None)


class Layers:
    """The layers that a user wants, and what is to be said about them when the work is done.

    Args:
        glossary: terms to apply.
        retry: search parameters with which sentences that fail a check are translated again, one after the other.
        memory: where translations are looked up and kept.

    Attributes:
        check: says what looks wrong in a sentence's translation.
    """

    def __init__(self, *, glossary: Glossary | None = None, retry: Sequence[Generation] = (), memory: Memory | None = None) -> None:
        self._glossary, self._retry, self._memory = glossary, retry, memory
        self.check: Check = checking_terms(check, glossary) if glossary else check
        self._counter: GlossaryCounter | None = None

    def around_engine(self, engine: Engine, spec: ModelSpec, folder: Path | None, runtime: str) -> Engine:
        """The engine with its layers: the memory innermost, to keep second tries too; the retry outermost, to try all again.

        Args:
            engine: runs the model.
            spec: the model.
            folder: where its weights are; None for one behind a server.
            runtime: see `translate.memory.identity_of`.
        """
        if self._memory and spec.family not in BUILT_IN:  # what ships with mujaz is quicker than a look-up, and changes with it
            engine = MemoryEngine(engine, self._memory, identity_of(spec, folder, runtime))
        if self._glossary:
            engine = GlossaryEngine(engine, self._glossary, self.check)
        if self._retry:
            engine = RetryEngine(engine, self._retry, self.check)
        return engine

    def around_translator(self, translator: Translator) -> Translator:
        """The translator, counting what becomes of the glossary's terms."""
        if not self._glossary:
            return translator
        self._counter = GlossaryCounter(translator, self._glossary)
        return self._counter

    def notes(self) -> Iterator[str]:
        """Lines for stderr at the end: what became of the glossary, and how much was not translated anew."""
        if self._counter:
            yield str(self._counter.outcome)
        if self._memory and self._memory.hits:
            hits, asked = self._memory.hits, self._memory.hits + self._memory.misses
            yield f"{hits} of {asked} sentences are from the translation memory (--no-memory translates them anew)"
