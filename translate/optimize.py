"""A model made ready for CTranslate2: converted once into mujaz's cache, compared with the original, and only then used."""

from __future__ import annotations

import errno
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
from translate.families import find_family
from translate.families.base import Family
from translate.registry import ModelSpec, commit_of
from translate.runtime.ct2 import Ct2Generator, Facts
from translate.runtime.device import DeviceChoice
from translate.runtime.generate import Seq2SeqGenerator
from translate.runtime.loading import LoadedModel, load_seq2seq, load_tokenizer
from translate.store import own_cache

log = logging.getLogger(__name__)

CONVERTIBLE: Final = ("marian", "nllb", "m2m100", "mbart50")
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
    """Where the conversion of a model is, or would be: the name says of which weights, in which precision."""
    weights = commit_of(folder) or _fingerprint(folder)
    return own_cache() / "ct2" / f"{re.sub(r'[^A-Za-z0-9._-]', '_', spec.name)}-{weights[:12]}-{dtype}-v{_FORMAT}"


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
    loaded = load_seq2seq(folder, DeviceChoice("cpu", "float32", "the original for a conversion"), name=spec.name)
    family = find_family(spec.family, where=spec.name)(loaded.tokenizer, spec.languages, name=spec.name)
    facts = _facts(loaded, spec.family)
    other = find_family(spec.family, where=spec.name)(
        load_tokenizer(folder, family=spec.family, name=spec.name), spec.languages, name=spec.name
    )
    if other.encode(_SENTENCES) != family.encode(_SENTENCES):
        raise ModelUnavailable("its tokenizer is not the one of its family", where=spec.name, hint="use --engine torch")
    samples = _samples(loaded, spec, family, facts)
    _convert(loaded, folder, made, facts, spec, choice.dtype)  # it may scale the original's weights in place
    del loaded
    model = Ct2Generator(made, spec, choice, forced_bos_id=family.forced_bos_id)
    scores = model.score([sample.source for sample in samples], [sample.target for sample in samples])
    worst = max(abs(score - sample.score) for score, sample in zip(scores, samples, strict=True))
    log.info("%s in %s: log-probabilities differ by at most %.4f per token", spec.name, choice.dtype, worst)
    if not worst <= _TOLERANCE[choice.dtype]:  # also when it is no number at all
        what = f"its conversion to {choice.dtype} is not used: what it writes differs from the original ({worst:.2f} nats a token)"
        raise ModelUnavailable(what, where=spec.name, hint="use --engine torch")


def _facts(loaded: LoadedModel, family: str) -> Facts:
    config = loaded.model.config
    rows = loaded.model.get_output_embeddings().weight.shape[0]
    if family == "marian":  # the last one only starts the decoder, and CTranslate2 has another way of doing so
        if config.pad_token_id != rows - 1:
            raise ModelUnavailable("its padding token is not the last one, as CTranslate2 wants it", where=loaded.model.name_or_path)
        rows -= 1
    generation = loaded.model.generation_config.to_diff_dict()
    return Facts(generation, int(loaded.tokenizer.eos_token_id), rows, getattr(config, "max_position_embeddings", None))


def _samples(loaded: LoadedModel, spec: ModelSpec, family: Family, facts: Facts) -> list[_Sample]:
    sources = family.encode(_SENTENCES)
    hypotheses = Seq2SeqGenerator(loaded, spec, forced_bos_id=family.forced_bos_id).generate(sources)
    return [
        _Sample(source, hypothesis.ids, _score(loaded.model, source, hypothesis.ids, facts))
        for source, hypothesis in zip(sources, hypotheses, strict=True)
    ]


def _score(model: Any, source: Sequence[int], target: Sequence[int], facts: Facts) -> float:
    """Log-probability per token, the end included, of a target by the original."""
    import torch

    start = model.generation_config.decoder_start_token_id
    with torch.inference_mode():
        decoder = torch.tensor([[model.config.decoder_start_token_id if start is None else start, *target]])
        logits = model(input_ids=torch.tensor([source]), decoder_input_ids=decoder).logits[0, :, : facts.size]
        each = logits.log_softmax(-1).gather(-1, torch.tensor([*target, facts.eos])[:, None])
    return float(each.mean())


def _convert(loaded: LoadedModel, folder: Path, made: Path, facts: Facts, spec: ModelSpec, dtype: str) -> None:
    from ctranslate2.converters import TransformersConverter

    class Converter(TransformersConverter):  # type: ignore[misc]
        """Takes the model that is loaded and checked already, and calls its tokens by their numbers."""

        def load_model(self, *_: Any, **__: Any) -> Any:
            if spec.family == "mbart50":  # what transformers always does, and the converter (4.8) wants to read in the config
                loaded.model.config.normalize_before = loaded.model.config.normalize_embedding = True
            return loaded.model

        def load_tokenizer(self, *_: Any, **__: Any) -> Any:
            return _Numbers(loaded.tokenizer, facts.size)

        def _load(self) -> Any:
            result = super()._load()
            if spec.family == "mbart50":  # it knows mBART-50 by the tokenizer's name in config.json, which not every model has there
                result.config.decoder_start_token = str(loaded.model.config.decoder_start_token_id)
            return result

    try:
        Converter(str(folder)).convert(str(made), quantization="int8_float32" if dtype == "int8" else dtype)
    except OSError:
        raise
    except Exception as error:  # whatever the converter runs into in a model that it does not know
        hint = "use --engine torch"
        raise ModelUnavailable(f"cannot be converted ({type(error).__name__}: {error})", where=spec.name, hint=hint) from error
    facts.write(made)


class _Numbers:
    """What the converter asks a tokenizer, answered with numbers instead of names.

    Names are not safe: of some vocabularies transformers 5 gives them in another order than the weights have them, or twice.
    """

    def __init__(self, tokenizer: Any, size: int) -> None:
        self._size = size
        self.eos_token, self.unk_token, self.pad_token = map(str, (tokenizer.eos_token_id, tokenizer.unk_token_id, tokenizer.pad_token_id))
        self.bos_token = self.eos_token  # not all have one, and no family of `CONVERTIBLE` uses it
        self.special_tokens_map: dict[str, Any] = {}

    def get_vocab(self) -> dict[str, int]:
        return {str(index): index for index in range(self._size)}

    def convert_ids_to_tokens(self, index: int) -> str:
        return str(index)


def _move(made: Path, place: Path) -> None:
    try:
        made.rename(place)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        # Another process was quicker; ours is thrown away with the scratch folder.


def _fingerprint(folder: Path) -> str:
    """Changes when a file of the folder does."""
    files = sorted((path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in folder.iterdir() if path.is_file())
    return sha256(repr(files).encode()).hexdigest()
