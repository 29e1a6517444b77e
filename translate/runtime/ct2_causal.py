"""Search with a causal model that was converted for CTranslate2: prompts in, answers out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from translate.errors import ModelUnavailable
from translate.runtime.causal import room_for_source
from translate.runtime.ct2 import Ct2Generator
from translate.runtime.device import DeviceChoice
from translate.runtime.engine import Hypothesis
from translate.runtime.prompts import cut_at_stop
from translate.spec import ModelSpec


class Ct2CausalGenerator(Ct2Generator):
    """A converted causal model with its search parameters settled; greedy unless the spec or the model wants beams.

    Args:
        folder: what `translate.optimize.optimize` made.
        spec: limits and search parameters.
        choice: device and precision.
        overhead: tokens of each source that are the prompt's, and say nothing about the length of the answer.
        stop: strings that end an answer.
        decode: token ids to text, to look for them.

    Raises:
        ConfigError, ModelUnavailable: as `Ct2Generator`.
    """

    kind = "Generator"

    def __init__(
        self,
        folder: Path,
        spec: ModelSpec,
        choice: DeviceChoice,
        *,
        overhead: int,
        stop: Sequence[str],
        decode: Callable[[Sequence[int]], str],
    ) -> None:
        super().__init__(folder, spec, choice)
        self._overhead, self._stop, self._decode = overhead, stop, decode
        self.max_source_tokens = room_for_source(self.max_source_tokens, self._max_target_tokens, self._facts.positions)

    def score(self, sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]]) -> list[float]:
        """The log-probability per token, the end included, of one answer for each prompt."""
        # CTranslate2 (4.8) cannot score more tokens than a model's sliding window has, though it can write them.
        whole = [[str(token) for token in (*source, *target, self._facts.ends[0])] for source, target in zip(sources, targets, strict=True)]
        try:
            results = self._model.score_batch(whole, max_input_length=0)
        except ValueError as error:
            what = f"its conversion cannot be compared with the original ({error})"
            raise ModelUnavailable(what, where=self._name, hint="use --engine torch") from error
        each = [result.log_probs[-len(target) - 1 :] for result, target in zip(results, targets, strict=True)]
        return [sum(scores) / len(scores) for scores in each]

    def _batches(self, sources: Sequence[Sequence[int]], beams: int) -> list[list[int]]:
        """As the base class; with beams only prompts of one length together, for CTranslate2 counts what is longer as answer."""
        if beams == 1:
            return super()._batches(sources, beams)
        lengths: dict[int, list[int]] = {}
        for index, source in enumerate(sources):
            lengths.setdefault(len(source), []).append(index)
        return [
            [group[place] for place in batch]
            for group in lengths.values()
            for batch in super(Ct2CausalGenerator, self)._batches([sources[index] for index in group], beams)
        ]

    def _start(self, sources: Sequence[Sequence[int]], options: Mapping[str, Any]) -> Any:
        longest = min(self._max_target_tokens, 2 * (max(map(len, sources)) - self._overhead) + 32)
        watched = {"callback": _stopping(len(sources), self._decode, self._stop)} if self._stop and options["beam_size"] == 1 else {}
        return self._model.generate_batch(
            [[str(token) for token in source] for source in sources],
            max_length=longest,
            min_length=0,
            end_token=list(self._facts.ends),
            return_end_token=True,
            include_prompt_in_result=False,
            asynchronous=True,
            **watched,
            **options,
        )

    def _tokens(self, result: Any) -> list[str]:
        best: list[str] = result.sequences[0]
        return best

    def _hypothesis(self, tokens: list[str]) -> Hypothesis:
        """Up to the end token. An answer with a stop string in it is complete as well."""
        hypothesis = super()._hypothesis(tokens)
        complete = hypothesis.complete or cut_at_stop(self._decode(hypothesis.ids), self._stop)[1]
        return Hypothesis(hypothesis.ids, complete)


def _stopping(count: int, decode: Callable[[Sequence[int]], str], stop: Sequence[str]) -> Callable[[Any], bool]:
    """Says at each token of each of `count` answers whether there is a stop string in it.

    It must not hold the generator: CTranslate2 lets go of it in one of its own threads, which cannot then end the others.
    """
    answers: list[list[int]] = [[] for _ in range(count)]

    def stopped(step: Any) -> bool:
        answers[step.batch_id].append(step.token_id)
        return cut_at_stop(decode(answers[step.batch_id]), stop)[1]

    return stopped
