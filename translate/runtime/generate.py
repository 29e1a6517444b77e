"""Beam search with a sequence-to-sequence model over any number of sources, in batches that fit the memory."""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from translate.errors import ModelUnavailable
from translate.families.base import Family
from translate.runtime.batching import in_order, token_batches
from translate.runtime.device import is_out_of_memory
from translate.runtime.engine import Hypothesis, Output, Progress, TokenGenerator
from translate.runtime.loading import LoadedModel
from translate.spec import Generation, ModelSpec

log = logging.getLogger(__name__)

# Source tokens of a batch, padding included. On a CPU throughput flattens here: 10.8, 17.3 and 18.9 sentences a second at 160,
# 480 and 1,000 tokens (opus-mt's size, bfloat16, 4 beams, 2 cores). On a GPU, by calculation and not measured: the keys and
# values of NLLB-600M take about 1.6 GB for the source and as much for the target in half precision with 4 beams.
BATCH_TOKENS_CPU = 1024
BATCH_TOKENS_GPU = 8192

# Search parameters that change probabilities behind the softmax, so that they no longer sum to one.
_RESHAPING = (
    "bad_words_ids", "begin_suppress_tokens", "encoder_no_repeat_ngram_size", "encoder_repetition_penalty",
    "exponential_decay_length_penalty", "min_length", "min_new_tokens", "no_repeat_ngram_size", "repetition_penalty", "sequence_bias",
)  # fmt: skip


class Seq2SeqGenerator:
    """A loaded model with its search parameters settled.

    Args:
        loaded: the model.
        spec: its limits and search parameters; what the spec leaves out is as the model's generation_config.json has it.
        forced_bos_id: the token that every target must begin with (a language code), if there is one.
        decoder_start_id: what the decoder starts with, before the target; None: as the model's config says.
    """

    def __init__(
        self, loaded: LoadedModel, spec: ModelSpec, *, forced_bos_id: int | None = None, decoder_start_id: int | None = None
    ) -> None:
        self._model, self._device, self._name = loaded.model, loaded.choice.device, spec.name
        self._budget = BATCH_TOKENS_CPU if self._device == "cpu" else BATCH_TOKENS_GPU
        positions = getattr(loaded.model.config, "max_position_embeddings", None) or spec.limits.max_source_tokens
        self.max_source_tokens: int = min(spec.limits.max_source_tokens, positions)
        self._max_target_tokens: int = min(spec.limits.max_target_tokens, positions)
        self._model.generation_config = _generation_config(loaded.model.generation_config, spec, forced_bos_id, decoder_start_id)
        self._pad: int = loaded.tokenizer.pad_token_id
        self._eos: int = loaded.tokenizer.eos_token_id

    def generate(
        self, sources: Sequence[Sequence[int]], progress: Progress | None = None, *, generation: Generation | None = None
    ) -> list[Hypothesis]:
        """Translate token ids into token ids.

        Args:
            sources: token ids of each source with its special tokens, none longer than `max_source_tokens`.
            progress: told after each batch.
            generation: search parameters for this call only, over those that the generator was made with.

        Returns:
            One hypothesis for each source, in order.

        Raises:
            ModelUnavailable: the memory does not even hold one source by itself.
        """
        assert all(0 < len(source) <= self.max_source_tokens for source in sources), "an empty or too long source"
        config = _consistent(_overridden(self._model.generation_config, generation))
        waiting = _batches(range(len(sources)), sources, self._budget)
        done: list[tuple[int, Hypothesis]] = []
        while waiting:
            batch = waiting[0]
            hypotheses = self._try(batch, sources, config)
            if hypotheses is None:
                self._halve(batch, sources)
                waiting = _batches([index for batch in waiting for index in batch], sources, self._budget)
                continue
            done += zip(batch, hypotheses, strict=True)
            waiting = waiting[1:]
            if progress:
                progress(len(done), len(sources))
        return in_order(done, count=len(sources))

    def _try(self, batch: Sequence[int], sources: Sequence[Sequence[int]], config: Any) -> list[Hypothesis] | None:
        """The hypotheses of one batch, None when the memory was not enough for it."""
        import torch

        try:
            return self._search([sources[index] for index in batch], config)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
        # Only here, outside the handler, is the failed attempt's memory let go.
        if self._device.startswith("cuda"):
            torch.cuda.empty_cache()
        return None

    def _halve(self, batch: Sequence[int], sources: Sequence[Sequence[int]]) -> None:
        tokens = len(batch) * max(len(sources[index]) for index in batch)
        if len(batch) == 1:
            hint = "use a smaller model or another device"
            raise ModelUnavailable(f"there is not enough memory for a sentence of {tokens} tokens", where=self._name, hint=hint)
        self._budget = tokens // 2
        log.warning("%s: out of memory with %d sentences at once, going on with smaller batches", self._name, len(batch))

    def _search(self, sources: Sequence[Sequence[int]], config: Any) -> list[Hypothesis]:
        import torch
        from torch.nn.utils.rnn import pad_sequence

        ids = pad_sequence([torch.tensor(source) for source in sources], batch_first=True, padding_value=self._pad)
        mask = pad_sequence([torch.ones(len(source), dtype=torch.long) for source in sources], batch_first=True)
        config = copy.deepcopy(config)
        # English rarely has more tokens than the Arabic it comes from; twice as many is either a loop or a list of figures.
        config.max_new_tokens = min(self._max_target_tokens, 2 * ids.shape[1] + 32)
        with torch.inference_mode(), _banning_early(self._model, config):
            rows = self._model.generate(
                input_ids=ids.to(self._device),
                attention_mask=mask.to(self._device),
                generation_config=config,
                past_key_values=_cache(self._model.config),
            ).tolist()
        assert len(rows) == len(sources), f"{len(rows)} hypotheses for {len(sources)} sources"
        return [self._hypothesis(row) for row in rows]

    def _hypothesis(self, row: list[int]) -> Hypothesis:
        """Without the start token (which is the end token's twin in some families), and up to the end token."""
        ids = row[1:]
        complete = self._eos in ids
        return Hypothesis(ids[: ids.index(self._eos)] if complete else ids, complete)


class Seq2SeqEngine:
    """A sequence-to-sequence model, run by torch or CTranslate2: a family's conventions around a generator.

    Args:
        family: text to ids and back.
        generator: ids to ids.
    """

    def __init__(self, family: Family, generator: TokenGenerator) -> None:
        self.family, self.generator = family, generator

    def fits(self, text: str) -> bool:
        """Whether the text's tokens, with the family's special ones, are within the model's limit."""
        return len(self.family.encode([text])[0]) <= self.generator.max_source_tokens

    def run(self, texts: Sequence[str], progress: Progress | None = None, *, generation: Generation | None = None) -> list[Output]:
        """Encode, generate, decode."""
        hypotheses = self.generator.generate(self.family.encode(texts), progress, generation=generation)
        return [Output(self.family.decode(hypothesis.ids), hypothesis.complete) for hypothesis in hypotheses]


def _batches(indices: Sequence[int], sources: Sequence[Sequence[int]], budget: int) -> list[list[int]]:
    groups = token_batches([len(sources[index]) for index in indices], budget=budget)
    return [[indices[place] for place in group] for group in groups]


def _cache(config: Any) -> Any:
    """A cache of keys and values that leaves those of the source alone when beams change places: all beams share the source."""
    from transformers import DynamicCache, EncoderDecoderCache

    of_source = DynamicCache(config=config)
    of_source.reorder_cache = lambda beams: None
    return EncoderDecoderCache(DynamicCache(config=config), of_source)


def _generation_config(own: Any, spec: ModelSpec, forced_bos_id: int | None, decoder_start_id: int | None) -> Any:
    """The model's own search parameters, overridden by the spec's; deterministic, and with the length left open."""
    config = _overridden(own, spec.generation)
    if forced_bos_id is not None:
        config.forced_bos_token_id = forced_bos_id
    if decoder_start_id is not None:
        config.decoder_start_token_id = decoder_start_id
    config.do_sample, config.num_return_sequences = False, 1
    config.max_length = None  # max_new_tokens rules
    config.forced_eos_token_id = None  # else a translation that is cut off would look complete
    return config


def _overridden(own: Any, generation: Generation | None) -> Any:
    """A copy of search parameters with those that `generation` sets."""
    config = copy.deepcopy(own)
    for key, value in (generation.model_dump(exclude_none=True) if generation else {}).items():
        setattr(config, key, value)
    return config


def _consistent(config: Any) -> Any:
    """Search parameters without those that do nothing, and with the end of the search settled."""
    if (config.num_beams or 1) == 1:
        config.early_stopping = config.length_penalty = None  # else transformers warns that they do nothing
    elif config.early_stopping is None:  # as many hypotheses as beams are enough, as in fairseq and CTranslate2
        config.early_stopping = True
    return config


@contextmanager
def _banning_early(model: Any, config: Any) -> Iterator[None]:
    """Take tokens that must never be written out of the logits, before the softmax, and out of the search parameters.

    transformers does it behind the softmax: it adds a bias to the whole vocabulary, and needs a second softmax for the rest to
    sum to one. For opus-mt that is a sixth of all the work.
    """
    import torch

    sequences = config.bad_words_ids or []
    banned = [*(sequence[0] for sequence in sequences if len(sequence) == 1), *(config.suppress_tokens or [])]
    config.bad_words_ids = [sequence for sequence in sequences if len(sequence) > 1] or None
    config.suppress_tokens = None
    config.renormalize_logits = config.renormalize_logits and any(getattr(config, key) for key in _RESHAPING)
    layer = model.get_output_embeddings()
    never = torch.tensor(banned, dtype=torch.long, device=layer.weight.device)
    hook = layer.register_forward_hook(lambda layer, inputs, logits: logits.index_fill_(-1, never, float("-inf")))
    own, model.generation_config = model.generation_config, config  # where `generate` looks up what is left out
    try:
        yield
    finally:
        hook.remove()
        model.generation_config = own
