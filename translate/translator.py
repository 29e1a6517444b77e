"""A model as a translator: texts are cleaned, split into sentences, translated in full batches, put together and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translate.arabic.clauses import split_clauses
from translate.arabic.normalize import normalize
from translate.arabic.sentences import split_sentences
from translate.checks import check
from translate.engines import open_engine
from translate.errors import ConfigError, ModelUnavailable
from translate.families import find_family
from translate.layers import Layers
from translate.model_folder import commit_of
from translate.registry import by_preference, load_spec
from translate.retry import Check
from translate.runtime.endpoint import open_endpoint
from translate.runtime.engine import Engine, Output, Progress
from translate.spec import ModelSpec
from translate.store import BUILT_IN, locate, missing, pull, size_and_licence
from translate.types import ModelRef, Translation

_ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c7\ufb50-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a text: as it stands, and in pieces that the model takes (none when there is nothing to translate)."""

    text: str
    pieces: tuple[str, ...]


class ModelTranslator:
    """A loaded model that translates Arabic into English. Made by `load_translator`.

    Args:
        spec: the model.
        ref: what results say about the model; its revision is the commit that is really in use.
        engine: what runs it.
        check: says what looks wrong in a sentence's translation.
    """

    def __init__(self, spec: ModelSpec, *, ref: ModelRef, engine: Engine, check: Check = check) -> None:
        self.spec, self.ref, self.engine, self._check = spec, ref, engine, check

    def translate(self, texts: Sequence[str], progress: Progress | None = None) -> list[Translation]:
        """Translate each text, sentence by sentence; the sentences of all texts share batches, and equal ones are translated once.

        A text without an Arabic letter stays as it is, but for its digits. A sentence longer than the model takes is
        translated in parts, which is said in `warnings`.

        Args:
            texts: Arabic texts of any length. Line breaks inside a text end a sentence and are not kept; for documents
                see `translate.document`.
            progress: told after each batch how many pieces are done, and of how many.

        Returns:
            One translation for each text, in order.
        """
        plans = [self._plan(text) for text in texts]
        pieces = list(dict.fromkeys(piece for plan in plans for sentence in plan for piece in sentence.pieces))
        done = dict(zip(pieces, self.engine.run(pieces, progress), strict=True))
        return [self._translation(text, plan, done) for text, plan in zip(texts, plans, strict=True)]

    def _plan(self, text: str) -> list[_Sentence]:
        clean = normalize(text)
        return [
            _Sentence(sentence.text, tuple(split_clauses(sentence.text, self.engine.fits)) if _ARABIC_LETTER.search(sentence.text) else ())
            for sentence in split_sentences(clean, keep_quotations=False)
        ]

    def _translation(self, text: str, plan: Sequence[_Sentence], done: dict[str, Output]) -> Translation:
        """A text's translation out of its sentences'. A blank text, which has none, stays as it is."""
        if not plan:
            return Translation(text, text)
        targets = [_target(sentence, done) for sentence in plan]
        warnings = [warning for sentence, target in zip(plan, targets, strict=True) for warning in self._warnings(sentence, target, done)]
        draft = self.ref.draft and any(sentence.pieces for sentence in plan)
        return Translation(text, " ".join(target for target in targets if target), tuple(dict.fromkeys(warnings)), draft)

    def _warnings(self, sentence: _Sentence, target: str, done: dict[str, Output]) -> Iterator[str]:
        if not sentence.pieces:
            return
        if len(sentence.pieces) > 1:
            yield f"a sentence too long for the model was translated in {len(sentence.pieces)} parts"
        if not all(done[piece].complete for piece in sentence.pieces):
            yield "the model did not end its translation, which was cut off"
        yield from self._check(sentence.text, target)


def _target(sentence: _Sentence, done: dict[str, Output]) -> str:
    if not sentence.pieces:
        return normalize(sentence.text, ("digits",))
    return " ".join(text for piece in sentence.pieces if (text := done[piece].text))


def load_translator(
    name: str = "auto",
    *,
    engine: str = "auto",
    device: str = "auto",
    dtype: str = "auto",
    download: bool = False,
    layers: Layers | None = None,
) -> ModelTranslator:
    """Load a translator that is on this machine, or the way to one on a server if its YAML file names it.

    Args:
        name: a name of the registry, a YAML file, a model folder, a .gguf file, or "auto": the first one installed, in the
            order of configs/preference.yaml; where none is, one that writes drafts.
        engine: what runs it, see `translate.engines.open_engine`.
        device: likewise.
        dtype: likewise.
        download: whether a model that is not here may be downloaded; nothing else touches the network.
        layers: a glossary, a second try, a memory; nothing of it when left out.

    Raises:
        ModelUnavailable: it is not on this machine (the error has the command that gets it), or cannot be loaded.
        ConfigError: it is no translator, or its YAML file, language codes, `engine`, `device` or `dtype` are not usable.
        MissingExtra: the packages for models are not installed.
    """
    spec = _first_installed(download) if name == "auto" else load_spec(name)
    if spec.task != "translation":
        raise ConfigError(f"is a model for {spec.task}, not for translation", where=spec.name)
    layers = layers or Layers()
    if spec.endpoint:
        ref = ModelRef(spec.endpoint.model, None, spec.licence, spec.commercial_use, spec.draft)
        server = layers.around_engine(open_endpoint(spec), spec, None, "server")
        return ModelTranslator(spec, ref=ref, engine=server, check=layers.check)
    if spec.family not in BUILT_IN:
        find_family(spec.family, where=spec.name)
    folder = locate(spec)
    if folder is None:
        if not download:
            raise missing(spec)
        folder = pull(spec)
    opened = open_engine(spec, folder, engine=engine, device=device, dtype=dtype)
    layered = layers.around_engine(opened.engine, spec, folder, opened.runtime)
    ref = ModelRef(spec.name, commit_of(folder) or spec.revision, spec.licence, spec.commercial_use, spec.draft)
    return ModelTranslator(spec, ref=ref, engine=layered, check=layers.check)


def installed_translators() -> list[ModelSpec]:
    """The registry's translators that are on this machine, the best first; not those that write drafts."""
    return [spec for spec in by_preference("translation") if not spec.draft and locate(spec) is not None]


def installed_drafts() -> list[ModelSpec]:
    """The translators that write drafts and are usable on this machine, the best first."""
    return [spec for spec in by_preference("translation") if spec.draft and locate(spec) is not None]


def _first_installed(download: bool) -> ModelSpec:
    if installed := installed_translators():
        return installed[0]
    recommended = by_preference("translation")[0]
    if download:
        return recommended
    if drafts := installed_drafts():
        return drafts[0]
    hint = f"mujaz models pull {recommended.name} ({size_and_licence(recommended)})"
    if draft := next((spec for spec in by_preference("translation") if spec.draft), None):
        hint = f"{hint}, or for drafts without a model {missing(draft).hint}"
    raise ModelUnavailable("no translator is on this machine", hint=hint)
