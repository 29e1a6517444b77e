"""What every command shares: results to stdout or a file that is never left half-written, notes and errors on stderr."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TextIO, TypeVar

from translate.errors import OutputError

Item = TypeVar("Item")


def note(line: str) -> None:
    """Say one line on stderr: a warning, a hint, something that the user should know but a program should not read."""
    sys.stderr.write(f"mujaz: {' '.join(line.split())}\n")
    sys.stderr.flush()


class Results:
    """Where a command's results go: stdout, or a file named by `-o`. A context manager; only `write` is needed inside.

    A file is written beside its final name (`OUT.partial`) and moved there when all is done, so that a failure never
    destroys what was there before; where nothing was written at all, that stays. When the work breaks off (Ctrl-C, an
    error), what was made so far stays in `OUT.partial`, which is said on stderr.

    Args:
        out: the path, or None or "-" for stdout.

    Raises:
        OutputError: on entering, writing or leaving: the file cannot be written, or the disk is full.
    """

    def __init__(self, out: str | None) -> None:
        self._target = Path(out) if out and out != "-" else None
        self._name = out if self._target else "standard output"
        # /dev/null, a pipe, a terminal: nothing to protect, and never to be replaced by a file
        self._direct = self._target is not None and self._target.exists() and not self._target.is_file()
        self._stream: TextIO = sys.stdout
        self._empty = True

    def __enter__(self) -> Results:
        if self._target:
            with self._plainly():
                self._stream = (self._target if self._direct else self._partial).open("w", encoding="utf-8")
        return self

    def write(self, text: str) -> None:
        """Write `text` and hand it to the operating system, so that an interruption loses no finished result."""
        with self._plainly():
            self._stream.write(text)
            self._stream.flush()
            self._empty = False

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if not self._target:
            return
        if kind is None:
            with self._plainly():
                self._stream.close()
                if not self._direct and not (self._empty and self._target.exists()):
                    self._partial.replace(self._target)
                    return
        if self._direct:
            return
        with suppress(OSError):
            self._stream.close()
        self._keep_or_remove()

    @property
    def _partial(self) -> Path:
        assert self._target
        return self._target.with_name(self._target.name + ".partial")

    def _keep_or_remove(self) -> None:
        with suppress(OSError):
            if self._partial.stat().st_size:
                note(f"{self._partial}: holds the results made so far")
            else:
                self._partial.unlink()

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:  # `mujaz … | head`: the command's end deals with it
            raise
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise OutputError("the disk is full", where=self._name, hint="free some space or write elsewhere with -o") from error
            raise OutputError(f"cannot be written ({error.strerror or error})", where=self._name) from error


def refuse_overwriting(out: str | None, inputs: Iterable[str]) -> None:
    """Make sure that a command does not write over what it reads.

    Raises:
        OutputError: `out` is one of the input files.
    """
    if out is None or not Path(out).is_file():
        return
    if any(Path(path).is_file() and Path(path).samefile(out) for path in inputs):
        raise OutputError("is also an input, and would be lost", where=out, hint="write to another file with -o")


def close_stdout_quietly() -> None:
    """After a closed pipe: keep Python from complaining a second time when it flushes stdout at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def exit_code(done: int, failed: int) -> int:
    """The exit code after `done` results and `failed` inputs: 0 all done, 1 some failed, 2 the only input was unusable."""
    if not failed:
        return 0
    return 2 if done == 0 and failed == 1 else 1


def progress(items: Iterable[Item], *, unit: str) -> Iterator[Item]:
    """The same items, with a progress bar on stderr when that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from tqdm import tqdm

    yield from tqdm(items, unit=f" {unit}", file=sys.stderr, delay=1, leave=False)


@contextmanager
def counting(*, unit: str, shown: bool = True) -> Iterator[Callable[[int, int], None] | None]:
    """A function to tell how many are done and of how many, for a bar on stderr; None where that is no terminal, or not `shown`."""
    if not (shown and sys.stderr.isatty()):
        yield None
        return
    from tqdm import tqdm

    with tqdm(unit=f" {unit}", file=sys.stderr, delay=1, leave=False) as bar:

        def tell(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield tell
