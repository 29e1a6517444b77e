"""The same work for many items on a few threads: results in order, the first error ends it, and so does Ctrl-C at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TypeVar

from translate.runtime.batching import in_order
from translate.runtime.engine import Progress

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_parallel(
    work: Callable[[Item, Event], Result], items: Sequence[Item], *, workers: int, progress: Progress | None = None
) -> list[Result]:
    """Do `work` for each item on up to `workers` threads.

    The threads are daemons, and nobody waits for those still at work when it ends early: a ThreadPoolExecutor would hold the
    interpreter until the last request has its answer or its timeout.

    Args:
        work: called with an item and an event, which is set once the results are no longer wanted.
        items: what to work on.
        workers: how many threads.
        progress: told after each item.

    Returns:
        One result for each item, in order.

    Raises:
        Exception: the first that `work` raised; no further item is begun then.
    """
    waiting: SimpleQueue[int] = SimpleQueue()
    for index in range(len(items)):
        waiting.put(index)
    finished: SimpleQueue[tuple[int, Result] | Exception] = SimpleQueue()
    stopped = Event()

    def serve() -> None:
        while not stopped.is_set():
            try:
                index = waiting.get_nowait()
            except Empty:
                return
            try:
                finished.put((index, work(items[index], stopped)))
            except Exception as error:
                finished.put(error)
                stopped.set()  # here, not only by who waits for it: until then this thread would begin another item
                return

    for _ in range(min(workers, len(items))):
        Thread(target=serve, daemon=True).start()
    done: list[tuple[int, Result]] = []
    try:
        while len(done) < len(items):
            result = finished.get()
            if isinstance(result, Exception):
                raise result
            done.append(result)
            if progress:
                progress(len(done), len(items))
    finally:
        stopped.set()
    return in_order(done, count=len(items))
