"""Ctrl-C and a scheduler's SIGTERM end the work at the next safe place instead of in the middle of it."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any

from translate.errors import MujazError

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupted(MujazError):
    """The user ended the work; what was done is kept."""

    exit_code = 130


class Interrupts:
    """A context manager: inside it the first signal is remembered, a second one acts at once."""

    def __init__(self) -> None:
        self.requested = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Interrupts:
        if threading.current_thread() is threading.main_thread():  # elsewhere Python takes no handlers
            self._before = {number: signal.signal(number, self._remember) for number in _SIGNALS}
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def check(self) -> None:
        """Raises Interrupted when a signal has come."""
        if self.requested:
            raise Interrupted("interrupted")

    def _remember(self, number: int, frame: FrameType | None) -> None:
        if self.requested:
            raise KeyboardInterrupt
        self.requested = True
