"""How fast translation is on this machine: mujaz's engines against the loop that most people write, and CTranslate2 by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any, Final

from translate.bench.model import Scale
from translate.errors import MujazError

WAYS: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {
        "loop": ("torch", "transformers"),
        "torch": ("torch", "transformers"),
        "ct2": ("torch", "transformers", "ctranslate2"),
        "raw_ct2": ("torch", "transformers", "ctranslate2"),
    }
)
"""The ways that are compared, and the packages that they need. Torch is needed for CTranslate2 to convert the model."""

ROUNDS: Final = 3
BEAMS: Final = (4, 1)


@dataclass(frozen=True, slots=True)
class TranslationSpeed:
    """Seconds for the same sentences, by number of beams and way, and each way's peak memory in bytes; None: not installed."""

    seconds: Mapping[int, Mapping[str, float | None]]
    memory: Mapping[str, int | None]

    def to_json(self) -> dict[str, Any]:
        """As `mujaz eval bench` writes it under `translate`."""
        return {f"beam{beams}": dict(ways) for beams, ways in self.seconds.items()} | {"memory": dict(self.memory)}

    def __str__(self) -> str:
        """A table: seconds, how many times as fast as the loop, memory."""
        lines = []
        for beams, ways in self.seconds.items():
            for way, seconds in ways.items():
                loop, peak = ways["loop"], self.memory[way]
                if seconds is None or loop is None or peak is None:
                    lines.append(f"beam {beams}  {way:8}  not installed")
                else:
                    lines.append(f"beam {beams}  {way:8}  {seconds:7.2f} s  {loop / seconds:5.1f}×  {peak / 1e6:6.0f} MB")
        return "\n".join(lines)


def bench_translation(scale: Scale | None = None, *, rounds: int = ROUNDS) -> TranslationSpeed:
    """Measure. The defaults take about four minutes on two cores.

    Every way runs in a process of its own, so that none finds memory or threads of another. The ways take turns, so that what
    else the machine does falls on all of them; the best of the rounds counts. The loop, which takes as long as all the
    others together, runs once.

    Args:
        scale: sizes; those of opus-mt-ar-en when left out.
        rounds: how often each way runs.

    Raises:
        MujazError: one of the processes failed; it has said why on stderr.
    """
    scale = scale or Scale()
    with TemporaryDirectory(prefix="mujaz-bench-") as scratch, ExitStack() as running:
        folder = Path(scratch) / "model"
        usable = [way for way, packages in WAYS.items() if all(map(find_spec, packages))]
        if usable:
            _Process("prepare", folder, scale).end()
        processes = {way: running.enter_context(_Process(way, folder, scale)) for way in usable}
        seconds: dict[int, dict[str, float | None]] = {beams: dict.fromkeys(WAYS) for beams in BEAMS}
        memory: dict[str, int | None] = dict.fromkeys(WAYS)
        for turn in range(rounds):
            for beams in BEAMS:
                for way, process in processes.items():
                    if turn and way == "loop":
                        continue
                    ran = process.run(beams)
                    best = seconds[beams][way]
                    seconds[beams][way] = ran.seconds if best is None else min(best, ran.seconds)
                    memory[way] = ran.peak
    return TranslationSpeed(seconds, memory)


@dataclass(frozen=True, slots=True)
class _Ran:
    seconds: float
    peak: int


class _Process:
    """A process of `translate.bench.ways`."""

    def __init__(self, way: str, folder: Path, scale: Scale) -> None:
        self._way = way
        command = [sys.executable, "-m", "translate.bench.ways", way, str(folder), json.dumps(asdict(scale))]
        quiet = {"MUJAZ_CACHE": str(folder.parent / "cache"), "TRANSFORMERS_VERBOSITY": "error", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
        path = os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **quiet, "PYTHONPATH": path}
        )

    def run(self, beams: int) -> _Ran:
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write(f"{beams}\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise MujazError("the benchmark broke off", where=self._way)
        return _Ran(**json.loads(answer))

    def end(self) -> None:
        """Wait for a process that needs nothing more."""
        self._process.communicate()
        if self._process.returncode:
            raise MujazError("the benchmark broke off", where=self._way)

    def __enter__(self) -> _Process:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
