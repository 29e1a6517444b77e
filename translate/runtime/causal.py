"""The engine for causal language models on torch: prompts in, answers out, in left-padded batches."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.errors import ConfigError
from translate.families.causal import Causal
from translate.runtime.device import DeviceChoice
from translate.runtime.engine import Hypothesis, Output, Progress, TokenGenerator
from translate.runtime.generate import Seq2SeqGenerator
from translate.runtime.loading import LoadedModel, load_causal
from translate.runtime.prompts import TRANSLATE, Clean, clean_answer, cut_at_stop, one_line, stops
from translate.spec import Generation, ModelSpec

if TYPE_CHECKING:
    import torch

_LEAST_ROOM = 64  # tokens that a prompt must leave for a sentence
# Twice what translation models get: here the prompt counts too, and each step reads all weights once, however many sentences
# wait for it. By calculation; the machine was never quiet enough to measure.
_BATCH_TOKENS_CPU = 2048


class CausalGenerator(Seq2SeqGenerator):
    """Greedy search, unless the spec wants beams, with a model that continues its own input.

    Args:
        loaded: the model.
        spec: its limits and search parameters.
        overhead: tokens of each source that are the prompt's, and say nothing about the length of the answer.
        stop: strings that end an answer.
    """

    def __init__(self, loaded: LoadedModel, spec: ModelSpec, *, overhead: int, stop: Sequence[str]) -> None:
        super().__init__(loaded, spec)
        if self._device == "cpu":
            self._budget = _BATCH_TOKENS_CPU
        self._tokenizer, self._overhead, self._stop = loaded.tokenizer, overhead, stop
        config = self._model.generation_config
        own = config.eos_token_id if isinstance(config.eos_token_id, list) else [config.eos_token_id]
        self._ends = {end for end in (*own, self._tokenizer.eos_token_id) if end is not None}
        pad = self._tokenizer.pad_token_id
        self._pad = min(self._ends) if pad is None else pad
        config.eos_token_id, config.pad_token_id = sorted(self._ends), self._pad
        config.temperature = config.top_p = config.top_k = None  # for sampling, which is off
        positions = getattr(self._model.config.get_text_config(), "max_position_embeddings", None)
        self.max_source_tokens = room_for_source(self.max_source_tokens, self._max_target_tokens, positions)

    def _search(self, sources: Sequence[Sequence[int]], config: Any) -> list[Hypothesis]:
        import torch
        from transformers import StoppingCriteriaList

        width = max(map(len, sources))
        ids = torch.tensor([[self._pad] * (width - len(source)) + [*source] for source in sources])
        mask = torch.tensor([[0] * (width - len(source)) + [1] * len(source) for source in sources])
        config = copy.deepcopy(config)
        config.max_new_tokens = min(self._max_target_tokens, 2 * (width - self._overhead) + 32)
        with torch.inference_mode():
            rows = self._model.generate(
                input_ids=ids.to(self._device),
                attention_mask=mask.to(self._device),
                generation_config=config,
                stopping_criteria=StoppingCriteriaList([self._stopping(width)] if self._stop else []),
            ).tolist()
        assert len(rows) == len(sources), f"{len(rows)} hypotheses for {len(sources)} sources"
        return [self._hypothesis(row[width:]) for row in rows]

    def _stopping(self, width: int) -> Any:
        """Says of each row whether its answer, which begins at `width`, has a stop string in it."""
        import torch

        def stopped(ids: torch.Tensor, scores: Any, **_: Any) -> torch.Tensor:
            answers = self._tokenizer.batch_decode(ids[:, width:], skip_special_tokens=True)
            return torch.tensor([cut_at_stop(answer, self._stop)[1] for answer in answers], device=ids.device)

        return stopped

    def _hypothesis(self, row: list[int]) -> Hypothesis:
        """Up to the first end token. An answer with a stop string in it is complete as well."""
        end = next((place for place, token in enumerate(row) if token in self._ends), None)
        ids = row[:end]
        complete = end is not None or cut_at_stop(self._tokenizer.decode(ids, skip_special_tokens=True), self._stop)[1]
        return Hypothesis(ids, complete)


def room_for_source(source: int, target: int, positions: int | None) -> int:
    """How long a prompt may be, given the limits of both sides and the positions that they share."""
    return source if positions is None else min(source, positions - min(target, positions // 2))


class CausalEngine:
    """A causal model, run by torch or CTranslate2: a prompt around each text, and the answer without what surrounds it.

    Args:
        family: text to ids and back.
        generator: ids to ids.
        clean: takes an answer and the text it is about, and gives what counts of it.
    """

    def __init__(self, family: Causal, generator: TokenGenerator, clean: Clean = clean_answer) -> None:
        self.family, self.generator, self._clean = family, generator, clean

    def fits(self, text: str) -> bool:
        """Whether the text in its prompt is within the model's limit."""
        return len(self.family.encode([text])[0]) <= self.generator.max_source_tokens

    def run(self, texts: Sequence[str], progress: Progress | None = None, *, generation: Generation | None = None) -> list[Output]:
        """Ask, generate, decode, and clean the answers."""
        hypotheses = self.generator.generate(self.family.encode(texts), progress, generation=generation)
        return [Output(self._answer(hypothesis, text), hypothesis.complete) for text, hypothesis in zip(texts, hypotheses, strict=True)]

    def _answer(self, hypothesis: Hypothesis, text: str) -> str:
        answer, _ = cut_at_stop(self.family.decode(hypothesis.ids), stops(self.family.prompt))
        return one_line(self._clean(answer, text))


def open_causal(spec: ModelSpec, folder: Path, choice: DeviceChoice) -> CausalEngine:
    """The engine for a causal model in a folder or a .gguf file, on torch.

    Raises:
        ModelUnavailable: it cannot be loaded.
        ConfigError: the prompt does not go with its chat template, or leaves too little room for a sentence.
        MissingExtra: the packages for models, or for GGUF files, are not installed.
    """
    loaded = load_causal(folder, choice, name=spec.name)
    family = Causal(loaded.tokenizer, spec.languages, name=spec.name, prompt=spec.prompt or TRANSLATE)
    return causal_engine(family, causal_generator(loaded, spec, family))


def causal_generator(loaded: LoadedModel, spec: ModelSpec, family: Causal) -> CausalGenerator:
    """The generator for a loaded model and the prompt that its family carries."""
    return CausalGenerator(loaded, spec, overhead=family.overhead, stop=stops(family.prompt))


def causal_engine(family: Causal, generator: TokenGenerator) -> CausalEngine:
    """The engine, if its prompt leaves room.

    Raises:
        ConfigError: it does not.
    """
    if family.overhead + _LEAST_ROOM > generator.max_source_tokens:
        what = f"its prompt takes {family.overhead} of {generator.max_source_tokens} tokens, which leaves too few for a sentence"
        raise ConfigError(what, where=family.name, hint="shorten the prompt or raise max_source_tokens")
    return CausalEngine(family, generator)
