"""The conversion of a loaded model for CTranslate2, with what its files do not say kept beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from translate.errors import ModelUnavailable
from translate.families.base import Family
from translate.runtime.ct2 import Facts
from translate.runtime.loading import LoadedModel
from translate.spec import ModelSpec


def facts_of(loaded: LoadedModel, family: str) -> Facts:
    """What must be kept beside the weights.

    Args:
        loaded: the model, with its search parameters as its files have them.
        family: its family.

    Raises:
        ModelUnavailable: CTranslate2 could not use its vocabulary.
    """
    config = loaded.model.config.get_text_config()
    rows = loaded.model.get_output_embeddings().weight.shape[0]
    if family == "marian":  # the last one only starts the decoder, and CTranslate2 has another way of doing so
        if config.pad_token_id != rows - 1:
            raise ModelUnavailable("its padding token is not the last one, as CTranslate2 wants it", where=loaded.model.name_or_path)
        rows -= 1
    generation = loaded.model.generation_config.to_diff_dict()
    ends = [loaded.tokenizer.eos_token_id]
    if family == "causal":  # chat models have several, and the one that ends a turn need not be the tokenizer's
        own = generation.get("eos_token_id")
        ends += own if isinstance(own, list) else [own]
    known = [int(end) for end in dict.fromkeys(ends) if end is not None]
    return Facts(generation, known, rows, getattr(config, "max_position_embeddings", None))


def decoder_start(loaded: LoadedModel, family: Family) -> int:
    """The token that a sequence-to-sequence model's decoder starts with."""
    own = (family.decoder_start_id, loaded.model.generation_config.decoder_start_token_id, loaded.model.config.decoder_start_token_id)
    return int(next(token for token in own if token is not None))


def convert(loaded: LoadedModel, family: Family, folder: Path, made: Path, facts: Facts, spec: ModelSpec, dtype: str) -> None:
    """Write a loaded model in CTranslate2's form, and its facts.

    Args:
        loaded: the model in float32. Its weights may be scaled in place.
        family: says what its decoder starts with.
        folder: its files (or file, for GGUF), for config.json.
        made: the folder to make.
        facts: see `facts_of`.
        spec: the model.
        dtype: the weights' precision.

    Raises:
        ModelUnavailable: the converter does not know such a model.
        OSError: no room on the disk.
    """
    from ctranslate2.converters import TransformersConverter

    class Converter(TransformersConverter):  # type: ignore[misc]
        """Takes the model that is loaded and checked already, and calls its tokens by their numbers."""

        def load_model(self, *_: Any, **__: Any) -> Any:
            if spec.family in ("mbart50", "mbart"):  # what transformers always does, and the converter (4.8) wants to read in the config
                loaded.model.config.normalize_before = loaded.model.config.normalize_embedding = True
            if spec.family == "t5":  # with this the converter means that outputs are scaled, which transformers 5 says otherwise
                loaded.model.config.tie_word_embeddings = bool(getattr(loaded.model.config, "scale_decoder_outputs", False))
            return loaded.model

        def load_tokenizer(self, *_: Any, **__: Any) -> Any:
            return _Numbers(loaded.tokenizer, facts.size)

        def _load(self) -> Any:
            result = super()._load()
            # Marian's is no token for it. mBART-50 it knows by the tokenizer's name in config.json, which not every model has there.
            if spec.family not in ("marian", "causal"):
                result.config.decoder_start_token = str(decoder_start(loaded, family))
            return result

    try:
        if folder.is_file():  # GGUF has its config inside
            loaded.model.config.save_pretrained(made.parent / "config")
            folder = made.parent / "config"
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
        self.eos_token = self.bos_token = str(tokenizer.eos_token_id)  # not all have a bos, and mujaz gives it with the source
        self.unk_token, self.pad_token = (
            self.eos_token if index is None else str(index) for index in (tokenizer.unk_token_id, tokenizer.pad_token_id)
        )
        self.chat_template = None
        self.special_tokens_map: dict[str, Any] = {}

    def get_vocab(self) -> dict[str, int]:
        return {str(index): index for index in range(self._size)}

    def convert_ids_to_tokens(self, index: int) -> str:
        return str(index)
