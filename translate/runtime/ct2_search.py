"""Search parameters of transformers as options of CTranslate2, where both give the same hypotheses."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from translate.errors import ConfigError
from translate.spec import Generation

# What changes the outcome of a search, is not in `search_options`, and the values with which it changes nothing.
_OTHERS: Final[Mapping[str, tuple[Any, ...]]] = MappingProxyType(
    {
        "begin_suppress_tokens": (None, []),
        "encoder_no_repeat_ngram_size": (None, 0),
        "encoder_repetition_penalty": (None, 1.0),
        "exponential_decay_length_penalty": (None,),
        "min_length": (None, 0),
        "min_new_tokens": (None, 0),
        "num_beam_groups": (None, 1),
        "penalty_alpha": (None, 0.0),
        "repetition_penalty": (None, 1.0),
        "sequence_bias": (None, []),
    }
)


def unsupported(own: Mapping[str, Any], generation: Generation) -> str | None:
    """Which search parameter CTranslate2 does not have, or has with another meaning; None when all is well.

    Args:
        own: the model's generation_config.json.
        generation: parameters that win over it.
    """
    search = {**own, **generation.model_dump(exclude_none=True)}
    for key, neutral in _OTHERS.items():
        if search.get(key) not in neutral:
            return f"{key}: {search[key]}"
    if (search.get("num_beams") or 1) == 1:
        return None
    # It ends the search for a sentence when as many hypotheses are finished as there are beams, which transformers calls
    # early_stopping: true. That is also what mujaz does on torch where nothing else is said.
    if search.get("early_stopping") not in (None, True):
        return f"early_stopping: {search['early_stopping']}"
    # It takes what is banned out before the softmax, so that the rest of the probabilities sums to one.
    if search.get("no_repeat_ngram_size") and not search.get("renormalize_logits"):
        return "no_repeat_ngram_size without renormalize_logits: true"
    return None


def search_options(
    own: Mapping[str, Any], generation: Generation, once: Generation | None = None, *, size: int, where: str
) -> dict[str, Any]:
    """Keyword arguments for `ctranslate2.Translator.translate_batch`.

    Args:
        own: the model's generation_config.json.
        generation: parameters that win over it.
        once: parameters for one call, that win over both. Of these it does the nearest thing that CTranslate2 can do.
        size: how many tokens the model has; what is banned and beyond them cannot be written anyway.
        where: the model's name, for errors.

    Raises:
        ConfigError: a parameter without a counterpart.
    """
    if problem := unsupported(own, generation):
        raise ConfigError(f"CTranslate2 cannot search with {problem}", where=where, hint="use --engine torch")
    search = {**own, **generation.model_dump(exclude_none=True), **(once.model_dump(exclude_none=True) if once else {})}
    banned = [*(search.get("bad_words_ids") or []), *([token] for token in search.get("suppress_tokens") or [])]
    penalty = search.get("length_penalty")
    return {
        "beam_size": search.get("num_beams") or 1,
        "length_penalty": 1.0 if penalty is None else penalty,
        "no_repeat_ngram_size": search.get("no_repeat_ngram_size") or 0,
        "repetition_penalty": search.get("repetition_penalty") or 1.0,
        "suppress_sequences": [[str(token) for token in sequence] for sequence in banned if max(sequence) < size] or None,
    }
