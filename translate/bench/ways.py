"""The ways of translating that are compared, each in a process of its own: `python -m translate.bench.ways WAY FOLDER`.

A process reads numbers of beams from standard input, a line each, and answers each with a line of JSON: the seconds that the
sentences took, and the most memory that the process has had so far.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from translate.bench.model import Scale, build_model, sentences
from translate.engines import open_engine
from translate.optimize import optimize
from translate.registry import load_spec
from translate.runtime.ct2 import choose_ct2_device
from translate.runtime.loading import load_tokenizer
from translate.spec import Generation, ModelSpec

Way = Callable[[Sequence[str], int], object]
"""Translates texts with a number of beams."""

_BATCHES = (4, 8, 16, 32)  # sentences at once, tried by hand for the best


def prepare(folder: Path, scale: Scale) -> None:
    """Write the model, and its conversions by mujaz (in mujaz's cache) and by hand (beside it)."""
    build_model(folder, scale)
    if not _has_ct2():
        return
    spec = load_spec(str(folder))
    optimize(spec, folder, choose_ct2_device("cpu"))
    from ctranslate2.converters import TransformersConverter

    TransformersConverter(str(folder)).convert(str(folder / "by-hand"), quantization="int8")


def loop(folder: Path, scale: Scale) -> Way:
    """What most people write: transformers' `generate` in float32, one sentence at a time."""
    import torch
    from transformers import MarianMTModel, MarianTokenizer

    tokenizer, model = MarianTokenizer.from_pretrained(folder), MarianMTModel.from_pretrained(folder)

    def run(texts: Sequence[str], beams: int) -> list[str]:
        with torch.no_grad():
            return [
                tokenizer.decode(
                    model.generate(
                        **tokenizer(text, return_tensors="pt"),
                        num_beams=beams,
                        max_new_tokens=scale.new_tokens,
                        min_new_tokens=scale.new_tokens,
                    )[0],
                    skip_special_tokens=True,
                )
                for text in texts
            ]

    return run


def ours(engine: str, folder: Path, scale: Scale) -> Way:
    """mujaz with one of its engines, as it is without any option."""
    opened = open_engine(_spec(folder, scale), folder, engine=engine, device="cpu").engine
    return lambda texts, beams: opened.run(texts, generation=Generation(num_beams=beams))


def by_hand(folder: Path, scale: Scale) -> Way:
    """CTranslate2 called by hand, the texts already turned into tokens, with the best size of batches for each number of beams."""
    import ctranslate2

    tokenizer = load_tokenizer(folder, family="marian", name="bench")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    model = ctranslate2.Translator(str(folder / "by-hand"), "cpu", compute_type="int8", inter_threads=cores, intra_threads=1)
    tokens: dict[tuple[str, ...], list[list[str]]] = {}
    best: dict[int, int] = {}

    def translate(texts: Sequence[str], beams: int, size: int) -> Any:
        sources = tokens.setdefault(tuple(texts), [tokenizer.convert_ids_to_tokens(tokenizer(text)["input_ids"]) for text in texts])
        lengths = {"max_decoding_length": scale.new_tokens, "min_decoding_length": scale.new_tokens}
        return model.translate_batch(sources, beam_size=beams, max_batch_size=size, max_input_length=0, **lengths)

    def run(texts: Sequence[str], beams: int) -> object:
        if beams not in best:
            best[beams] = min(_BATCHES, key=lambda size: _seconds(lambda: translate(texts, beams, size)))
        return translate(texts, beams, best[beams])

    return run


def _spec(folder: Path, scale: Scale) -> ModelSpec:
    spec = load_spec(str(folder))
    return spec.model_copy(update={"limits": spec.limits.model_copy(update={"max_target_tokens": scale.new_tokens})})


def _has_ct2() -> bool:
    from importlib.util import find_spec

    return find_spec("ctranslate2") is not None


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak() -> int:
    """The most memory that this process has had so far, in bytes."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main(way: str, folder: Path, scale: Scale) -> None:
    """Serve one way; see the module."""
    if way == "prepare":
        prepare(folder, scale)
        return
    makers: dict[str, Callable[[], Way]] = {
        "loop": lambda: loop(folder, scale),
        "torch": lambda: ours("torch", folder, scale),
        "ct2": lambda: ours("ct2", folder, scale),
        "raw_ct2": lambda: by_hand(folder, scale),
    }
    run = makers[way]()
    texts = sentences(scale, load_tokenizer(folder, family="marian", name="bench"))
    for line in sys.stdin:
        beams = int(line)
        run(texts if way == "raw_ct2" else texts[:4], beams)  # what is made once is not part of the speed
        seconds = _seconds(partial(run, texts, beams))
        print(json.dumps({"seconds": seconds, "peak": peak()}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Scale(**json.loads(sys.argv[3])))
