"""A model made ready for CTranslate2: converted once into mujaz's cache, compared with the original, and only then used."""

from __future__ import annotations

import errno
import json
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any, Final

from translate.errors import ConfigError, MissingExtra, ModelUnavailable, OutputError
from translate.families import family_for
from translate.families.base import Family
from translate.families.causal import Causal
from translate.model_folder import commit_of
from translate.runtime.causal import causal_generator
from translate.runtime.ct2_convert import convert, decoder_start, facts_of
from translate.runtime.ct2_engine import ct2_generator
from translate.runtime.ct2_search import unsupported
from translate.runtime.device import DeviceChoice
from translate.runtime.engine import TokenGenerator
from translate.runtime.generate import Seq2SeqGenerator
from translate.runtime.loading import LoadedModel, load_causal, load_seq2seq, load_tokenizer
from translate.spec import ModelSpec
from translate.store import own_cache

log = logging.getLogger(__name__)

CONVERTIBLE: Final = ("marian", "nllb", "m2m100", "mbart50", "mbart", "t5", "causal")
"""Families that the CTranslate2 engine runs."""

_FORMAT = 1  # raise it when conversions made before must not be used any more

# How far the log-probability of a sentence may be from the original's, in nats per token.
_TOLERANCE: Final[Mapping[str, float]] = MappingProxyType({"float32": 0.001, "float16": 0.05, "bfloat16": 0.1, "int8": 0.3})

_SENTENCES: Final = (
    "افتتح الوزير صباح اليوم معرض الكتاب في العاصمة.",
    "وقالت الشرطة إن ثلاثة أشخاص أصيبوا في حادث سير على الطريق الساحلي مساء أمس.",
    "ارتفعت أسعار النفط بنسبة 2.5 في المئة بعد إعلان خفض الإنتاج.",
    "لماذا تأخر وصول المساعدات إلى القرى المتضررة من الزلزال؟",
    "وأكد رئيس الوزراء أن الحكومة لن ترفع الضرائب هذا العام، لكنها ستراجع الإنفاق العام خلال الأشهر الستة المقبلة.",
    "فاز الفريق بهدفين مقابل هدف واحد.",
    "ويرى خبراء أن التغير المناخي يهدد زراعة القمح في حوض البحر المتوسط، حيث تراجعت كميات الأمطار في السنوات الأخيرة.",
    "قرأت الكتاب كله.",
)


@dataclass(frozen=True, slots=True)
class _Sample:
    """What the original makes of a sentence: token ids without the start and the end, and the log-probability per token."""

    source: list[int]
    target: list[int]
    score: float


def converted(spec: ModelSpec, folder: Path, dtype: str) -> Path:
    """Where the conversion of a model is, or would be: the name says of which weights, in which precision.

    And into which language: some models say it by the token that the decoder starts with, which is part of a conversion.
    """
    weights = commit_of(folder) or _fingerprint(folder)
    parts = (spec.name, spec.languages.target, weights[:12], dtype, f"v{_FORMAT}")
    return own_cache() / "ct2" / "-".join(re.sub(r"[^A-Za-z0-9._-]", "_", part) for part in parts)


def own_search(folder: Path) -> dict[str, Any]:
    """The search parameters that a model comes with; none for a .gguf file."""
    file = folder / "generation_config.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else {}


def check_search(spec: ModelSpec, folder: Path) -> None:
    """Say before a long conversion that CTranslate2 would not search as the model is to be searched.

    Raises:
        ConfigError: it would not.
    """
    if problem := unsupported(own_search(folder), spec.generation):
        raise ConfigError(f"CTranslate2 cannot search with {problem}", where=spec.name, hint="use --engine torch")


def optimize(spec: ModelSpec, folder: Path, choice: DeviceChoice) -> Path:
    """Convert a model for CTranslate2 unless that was done before.

    The conversion is made in a folder beside its place and moved there when it has passed the comparison with the original, so
    that it is there whole or not at all; of two processes that do it at once, one wins and both are served. The original is
    loaded in float32 for this, four bytes a weight.

    Args:
        spec: the model.
        folder: its files.
        choice: device and precision that it will be used in.

    Returns:
        The folder with the converted model.

    Raises:
        ConfigError: CTranslate2 does not do this family, or not this way of searching.
        ModelUnavailable: it cannot be converted, or what came out of it differs from the original.
        MissingExtra: CTranslate2, torch or transformers is not installed.
        OutputError: no room on the disk.
    """
    if spec.family not in CONVERTIBLE:
        hint = f"it runs {', '.join(CONVERTIBLE)}; use --engine torch for others"
        raise ConfigError(f"CTranslate2 does not run the family {spec.family}", where=spec.name, hint=hint)
    if not find_spec("ctranslate2"):
        raise MissingExtra("CTranslate2 models", "fast")
    check_search(spec, folder)
    place = converted(spec, folder, choice.dtype)
    if (place / "model.bin").is_file():
        return place
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".making-", dir=place.parent, ignore_cleanup_errors=True) as scratch:
            made = Path(scratch) / "model"
            _convert_and_compare(spec, folder, made, choice)
            _move(made, place)
    except OSError as error:
        what = "the disk is full" if error.errno == errno.ENOSPC else f"cannot be written ({error.strerror or error})"
        raise OutputError(what, where=str(place), hint="set MUJAZ_CACHE to a folder with more room, or use --engine torch") from error
    return place


def _convert_and_compare(spec: ModelSpec, folder: Path, made: Path, choice: DeviceChoice) -> None:
    original = _Original(spec, folder)
    own = family_for(spec, load_tokenizer(folder, family=spec.family, name=spec.name))
    if own.encode(_SENTENCES) != original.family.encode(_SENTENCES):
        raise ModelUnavailable("its tokenizer is not the one of its family", where=spec.name, hint="use --engine torch")
    samples = original.samples()
    convert(
        original.loaded, original.family, folder, made, original.facts, spec, choice.dtype
    )  # it may scale the original's weights in place
    del original
    scores = ct2_generator(made, spec, choice, own).score([sample.source for sample in samples], [sample.target for sample in samples])
    worst = max(abs(score - sample.score) for score, sample in zip(scores, samples, strict=True))
    log.info("%s in %s: log-probabilities differ by at most %.4f per token", spec.name, choice.dtype, worst)
    if not worst <= _TOLERANCE[choice.dtype]:  # also when it is no number at all
        what = f"its conversion to {choice.dtype} is not used: what it writes differs from the original ({worst:.2f} nats a token)"
        raise ModelUnavailable(what, where=spec.name, hint="use --engine torch")


class _Original:
    """The model as it is, in float32 on the CPU: what it writes, and how probable that is."""

    def __init__(self, spec: ModelSpec, folder: Path) -> None:
        choice = DeviceChoice("cpu", "float32", "the original for a conversion")
        load = load_causal if spec.family == "causal" else load_seq2seq
        self.loaded: LoadedModel = load(folder, choice, name=spec.name)
        self.family: Family = family_for(spec, self.loaded.tokenizer)
        self.facts = facts_of(self.loaded, spec.family)
        self._generator: TokenGenerator = (
            causal_generator(self.loaded, spec, self.family)
            if isinstance(self.family, Causal)
            else Seq2SeqGenerator(self.loaded, spec, forced_bos_id=self.family.forced_bos_id, decoder_start_id=self.family.decoder_start_id)
        )

    def samples(self) -> list[_Sample]:
        sources = self.family.encode(_SENTENCES)
        hypotheses = self._generator.generate(sources)
        return [
            _Sample(source, hypothesis.ids, self._score(source, hypothesis.ids))
            for source, hypothesis in zip(sources, hypotheses, strict=True)
        ]

    def _score(self, source: Sequence[int], target: Sequence[int]) -> float:
        """Log-probability per token, the end included, of a target."""
        import torch

        wanted = torch.tensor([*target, self.facts.ends[0]])
        with torch.inference_mode():
            logits = self.loaded.model(**self._inputs(source, target)).logits[0, -len(wanted) :, : self.facts.size]
            each = logits.log_softmax(-1).gather(-1, wanted[:, None])
        return float(each.mean())

    def _inputs(self, source: Sequence[int], target: Sequence[int]) -> dict[str, Any]:
        import torch

        if isinstance(self.family, Causal):
            return {"input_ids": torch.tensor([[*source, *target]])}
        decoder = [decoder_start(self.loaded, self.family), *target]
        return {"input_ids": torch.tensor([source]), "decoder_input_ids": torch.tensor([decoder])}


def _move(made: Path, place: Path) -> None:
    try:
        made.rename(place)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        # Another process was quicker; ours is thrown away with the scratch folder.


def _fingerprint(folder: Path) -> str:
    """Changes when a file of the folder does."""
    all_files = [folder] if folder.is_file() else folder.iterdir()
    files = sorted((path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in all_files if path.is_file())
    return sha256(repr(files).encode()).hexdigest()
