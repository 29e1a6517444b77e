"""Search with a model that was converted for CTranslate2: in int8 on a CPU or in half precision on a GPU, without torch."""

from __future__ import annotations

import json
import logging
import os
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from typing import Any

from translate.errors import ConfigError, MissingExtra, ModelUnavailable
from translate.runtime.batching import in_order, token_batches
from translate.runtime.ct2_search import search_options
from translate.runtime.device import DeviceChoice, is_out_of_memory
from translate.runtime.engine import Hypothesis, Progress
from translate.runtime.generate import BATCH_TOKENS_CPU, BATCH_TOKENS_GPU
from translate.spec import Generation, ModelSpec

log = logging.getLogger(__name__)

_FACTS = "mujaz.json"

# How many hypotheses (sentences times beams) a batch has at most. On a CPU small batches are enough, leave work for every core, and
# need little memory. Core seconds for 64 sentences of 12 to 60 tokens, 40 new ones each, with opus-mt's size in int8, by rows: 4
# beams: 8: 10.9, 16: 7.25, 32: 7.1, 64: 9.3; 1 beam: 4: 4.6, 8: 3.1, 16: 2.5, 32: 2.4. Peak of the process with 2 workers and 4
# beams: 8: 272 MB, 16: 311, 32: 386.
_ROWS_CPU = 16
_ROWS_GPU = 1024  # by calculation, not measured

_AHEAD = 4  # batches for each worker that are handed over before the first is done, so that none waits for the others

_DTYPES = {"cpu": ("int8", "float32"), "cuda": ("float16", "bfloat16", "int8", "float32")}


def choose_ct2_device(device: str = "auto", dtype: str = "auto") -> DeviceChoice:
    """Settle on a device and a precision for CTranslate2.

    Args:
        device: "auto" (the first CUDA GPU, else the CPU), "cpu", "cuda" or "cuda:N".
        dtype: "auto" (int8 on a CPU, float16 on a GPU), "int8", "float32", or on a GPU also "float16" and "bfloat16".

    Raises:
        ConfigError: a device that this machine does not have, or a precision that CTranslate2 does not compute in there.
        MissingExtra: CTranslate2 is not installed.
    """
    if not find_spec("ctranslate2"):
        raise MissingExtra("CTranslate2 models", "fast")
    import ctranslate2

    gpus = ctranslate2.get_cuda_device_count()
    name = ("cuda:0" if gpus else "cpu") if device == "auto" else device
    kind, _, number = name.partition(":")
    if kind not in _DTYPES or (kind == "cpu" and number) or (number and not number.isdecimal()):
        raise ConfigError(f"CTranslate2 has no device {device!r}", hint="use cpu, cuda, cuda:N or auto, or --engine torch")
    if kind == "cuda" and int(number or 0) >= gpus:
        raise ConfigError(f"the device {device} is not available: CTranslate2 sees {gpus or 'no'} CUDA GPU(s)", hint="use cpu or auto")
    if dtype == "auto":
        dtype = _DTYPES[kind][0]
    if dtype not in _DTYPES[kind]:
        raise ConfigError(f"CTranslate2 does not compute in {dtype} on {kind}", hint=f"use {' or '.join(_DTYPES[kind])}, or --engine torch")
    return DeviceChoice(name if number or kind == "cpu" else "cuda:0", dtype, "CTranslate2")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the weights of a converted model do not say, kept in a file beside them.

    Attributes:
        generation: the original's generation_config.json.
        ends: the tokens that end a target.
        size: how many tokens there are. They are called by their numbers, so that no two can have the same name.
        positions: the longest source or target, None where there is no limit.
    """

    generation: dict[str, Any]
    ends: list[int]
    size: int
    positions: int | None

    @classmethod
    def read(cls, folder: Path) -> Facts:
        """The facts of a converted model."""
        return cls(**json.loads((folder / _FACTS).read_text(encoding="utf-8")))

    def write(self, folder: Path) -> None:
        """Put them beside the weights."""
        (folder / _FACTS).write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")


class Ct2Generator:
    """A converted sequence-to-sequence model with its search parameters settled.

    Args:
        folder: what `translate.optimize.optimize` made.
        spec: limits and search parameters; what the spec leaves out is as the model's generation_config.json has it.
        choice: device and precision.
        forced_bos_id: the token that every target must begin with (a language code), if there is one.

    Raises:
        ConfigError: the model is to be searched in a way that CTranslate2 does not have.
        ModelUnavailable: the files are damaged, or there is not enough memory for them.
    """

    kind = "Translator"
    """CTranslate2's class for it."""

    def __init__(self, folder: Path, spec: ModelSpec, choice: DeviceChoice, *, forced_bos_id: int | None = None) -> None:
        self._facts, self._spec, self._name = Facts.read(folder), spec, spec.name
        self._options = self._search(None)
        self._prefix = None if forced_bos_id is None else [str(forced_bos_id)]
        self._ends = {str(end) for end in self._facts.ends}
        positions = self._facts.positions or spec.limits.max_source_tokens
        self.max_source_tokens: int = min(spec.limits.max_source_tokens, positions)
        self._max_target_tokens: int = min(spec.limits.max_target_tokens, positions)
        cpu = choice.device == "cpu"
        self._workers = _workers() if cpu else 1
        self._budget = BATCH_TOKENS_CPU if cpu else BATCH_TOKENS_GPU
        self._rows = _ROWS_CPU if cpu else _ROWS_GPU
        self._model = _open(self.kind, folder, choice, self._workers, spec.name)

    def generate(
        self, sources: Sequence[Sequence[int]], progress: Progress | None = None, *, generation: Generation | None = None
    ) -> list[Hypothesis]:
        """Translate token ids into token ids; as `Seq2SeqGenerator.generate`.

        The batches wait their turn here, and only a few at a time in CTranslate2, so that memory does not grow with their number.
        """
        assert all(0 < len(source) <= self.max_source_tokens for source in sources), "an empty or too long source"
        options = self._search(generation) if generation else self._options
        done: list[tuple[int, Hypothesis]] = []
        running: deque[tuple[list[int], Any]] = deque()
        waiting = deque(self._batches(sources, options["beam_size"]))
        while waiting or running:
            while waiting and len(running) < _AHEAD * self._workers:
                running.append((waiting[0], self._start([sources[index] for index in waiting.popleft()], options)))
            batch, handles = running.popleft()
            done += zip(batch, self._finish([sources[index] for index in batch], handles, options), strict=True)
            if progress:
                progress(len(done), len(sources))
        return in_order(done, count=len(sources))

    def score(self, sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]]) -> list[float]:
        """The log-probability per token, the end included, of one target for each source."""
        texts = [[[str(token) for token in ids] for ids in side] for side in (sources, targets)]
        results = self._model.score_batch(*texts, max_input_length=0)
        return [sum(result.log_probs) / len(result.log_probs) for result in results]

    def _batches(self, sources: Sequence[Sequence[int]], beams: int) -> list[list[int]]:
        """Full batches, but not so full that a worker has nothing to do."""
        most = max(1, self._rows // beams)
        rounds = ceil(len(sources) / (most * self._workers)) or 1
        return token_batches([len(source) for source in sources], budget=self._budget, size=ceil(len(sources) / (rounds * self._workers)))

    def _search(self, generation: Generation | None) -> dict[str, Any]:
        return search_options(self._facts.generation, self._spec.generation, generation, size=self._facts.size, where=self._name)

    def _start(self, sources: Sequence[Sequence[int]], options: Mapping[str, Any]) -> Any:
        """Hand one batch over; returns CTranslate2's promises of results."""
        # English rarely has more tokens than the Arabic it comes from; twice as many is either a loop or a list of figures.
        longest = min(self._max_target_tokens, 2 * max(map(len, sources)) + 32)
        return self._model.translate_batch(
            [[str(token) for token in source] for source in sources],
            [self._prefix] * len(sources) if self._prefix else None,
            max_decoding_length=longest,
            max_input_length=0,  # else it cuts off what is longer than 1,024 tokens, without a word
            min_decoding_length=0,
            return_end_token=True,  # so that it counts in the length penalty, as in transformers
            asynchronous=True,
            **options,
        )

    def _finish(self, sources: Sequence[Sequence[int]], handles: Any, options: Mapping[str, Any]) -> list[Hypothesis]:
        """The results of a batch; of its halves, one after the other, where the memory was not enough for it."""
        try:
            return [self._hypothesis(self._tokens(handle.result())) for handle in handles]
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
        if len(sources) == 1:
            hint = "use a smaller model or another device"
            raise ModelUnavailable(f"there is not enough memory for a sentence of {len(sources[0])} tokens", where=self._name, hint=hint)
        log.warning("%s: out of memory with %d sentences at once, going on with smaller batches", self._name, len(sources))
        half = len(sources) // 2
        self._rows = max(1, half * options["beam_size"])
        return [
            hypothesis
            for part in (sources[:half], sources[half:])
            for hypothesis in self._finish(part, self._start(part, options), options)
        ]

    def _tokens(self, result: Any) -> list[str]:
        best: list[str] = result.hypotheses[0]
        return best

    def _hypothesis(self, tokens: list[str]) -> Hypothesis:
        complete = tokens[-1:] != [] and tokens[-1] in self._ends
        return Hypothesis([int(token) for token in (tokens[:-1] if complete else tokens)], complete)


def _workers() -> int:
    """One for each core that this process may use: with small batches, many single threads beat few that wait for each other."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _open(model: str, folder: Path, choice: DeviceChoice, workers: int, name: str) -> Any:
    import ctranslate2

    kind, _, number = choice.device.partition(":")
    try:
        return getattr(ctranslate2, model)(
            str(folder), kind, device_index=int(number or 0), compute_type=choice.dtype, inter_threads=workers, intra_threads=1
        )
    except (RuntimeError, MemoryError, ValueError) as error:
        if is_out_of_memory(error):
            raise ModelUnavailable("there is not enough memory for it", where=name, hint="use a smaller model or another device") from error
        hint = f"its converted files are in {folder}; delete that folder to convert it again"
        raise ModelUnavailable(f"cannot be loaded ({' '.join(str(error).split())})", where=name, hint=hint) from error
