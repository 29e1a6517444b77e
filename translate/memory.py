"""Translation memory: what an engine once made of a piece of text is kept on disk and not made again, for wire stories repeat."""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b, sha256
from pathlib import Path

from translate.model_folder import commit_of
from translate.runtime.engine import Engine, Output, Progress
from translate.spec import Generation, ModelSpec
from translate.store import own_cache

log = logging.getLogger(__name__)

LIMIT = 500_000_000
"""Bytes on disk: about two million sentences."""

_FORMAT = 1  # raise it when the same settings give other outputs than before, e.g. after a change to how sources are encoded
_WAIT = 5.0  # seconds for another process to end its writing, which takes milliseconds
_ROWS = 1000  # written at once, so that nobody waits long
_CHECKSUM = 8  # bytes before each text: SQLite itself does not notice when a text's bytes are damaged
_SMALL = 1_000_000  # bytes of a file that is read rather than trusted to its date
_FRESH = 3600 * 10**9  # nanoseconds in which a use is not noted again, so that mere reading seldom writes

# The rollback journal that SQLite begins with rather than WAL: reads and writes here are short and seconds apart, so WAL would
# gain nothing, and it does not work on network file systems, where many home folders are.
_TABLE = """
    PRAGMA auto_vacuum = INCREMENTAL;
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS pieces (id INTEGER PRIMARY KEY, key BLOB UNIQUE, target BLOB, used INTEGER);
    CREATE INDEX IF NOT EXISTS by_use ON pieces (used);
    COMMIT;
"""


class Memory:
    """A file of translations, the least recently used of which make room for new ones. Several processes may use it at once.

    Nothing that goes wrong with the file (damage, a lock that is not given up, a full disk, no permission) stops a
    translation: it is said once in the log, and the memory stays empty from then on.

    Args:
        path: the file; `memory.sqlite` in mujaz's cache folder when left out. It and its folder are made by the first `store`.
        limit: how many bytes it may have on disk.
    """

    def __init__(self, path: Path | None = None, *, limit: int = LIMIT) -> None:
        self.path = path or own_cache() / "memory.sqlite"
        self.limit = limit
        self.hits = self.misses = 0
        self._usable = True

    def recall(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """The texts that are known, by key; counted in `hits` and `misses`."""
        known: dict[bytes, str] = {}
        with self._tolerating():
            if self._usable and self.path.is_file():
                with self._connected() as connection:
                    known = _read(connection, keys)
        self.hits += len(known)
        self.misses += len(keys) - len(known)
        return known

    def store(self, texts: Mapping[bytes, str]) -> None:
        """Keep texts under their keys, and forget the least recently used ones where there is no more room."""
        if not (self._usable and texts):
            return
        with self._tolerating():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.touch(mode=0o600)  # translations may be confidential
            with self._connected() as connection:
                connection.executescript(_TABLE)
                now = time.time_ns()
                rows = [(key, _sealed(key, text), now) for key, text in texts.items()]
                for start in range(0, len(rows), _ROWS):
                    with _writing(connection):
                        connection.executemany(
                            "INSERT OR REPLACE INTO pieces (key, target, used) VALUES (?, ?, ?)", rows[start : start + _ROWS]
                        )
                        _make_room(connection, self.limit)
                    connection.executescript("PRAGMA incremental_vacuum")  # `execute` would give back one page only

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection for one use: none is ever shared by threads or carried over a fork."""
        with closing(sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)) as connection:
            yield connection

    @contextmanager
    def _tolerating(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, ValueError) as error:  # ValueError: SQLite's own message is not UTF-8
            self._usable = False
            damaged = not isinstance(error, OSError | sqlite3.OperationalError)
            hint = "; delete it to start anew" if damaged else ""
            log.warning("%s: %s; going on without the translation memory%s", self.path, error, hint)


def _read(connection: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, str]:
    """The texts under the keys, those that are still as they were written; old ones become recently used."""
    known: dict[bytes, str] = {}
    stale, now = [], time.time_ns()
    connection.execute("BEGIN")
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'pieces'").fetchone():
        return known  # another process is about to make it
    for key in keys:
        row = connection.execute("SELECT target, used FROM pieces WHERE key = ?", (key,)).fetchone()
        if row and (text := _unsealed(key, row[0])) is not None:
            known[key] = text
            if not isinstance(row[1], int) or now - row[1] > _FRESH:
                stale.append((now, key))
    connection.execute("COMMIT")
    if stale:
        connection.execute("PRAGMA busy_timeout = 100")
        # Another process writes, or the file is read-only: never mind, it was only about their age.
        with suppress(sqlite3.OperationalError), _writing(connection):
            connection.executemany("UPDATE pieces SET used = ? WHERE key = ?", stale)
    return known


def _make_room(connection: sqlite3.Connection, limit: int) -> None:
    """Delete what was used longest ago until the rest is within the limit, at most a tenth or a few thousand at a time."""
    while _bytes_used(connection) > limit:
        (count,) = connection.execute("SELECT count(*) FROM pieces").fetchone()
        if not count:
            return
        connection.execute(
            "DELETE FROM pieces WHERE id IN (SELECT id FROM pieces ORDER BY used LIMIT ?)", (min(count // 10 + 1, 5 * _ROWS),)
        )


def _bytes_used(connection: sqlite3.Connection) -> int:
    pages, free, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size"))
    return int((pages - free) * size)


@contextmanager
def _writing(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _sealed(key: bytes, text: str) -> bytes:
    plain = text.encode("utf-8", errors="surrogatepass")
    return blake2b(plain, key=key, digest_size=_CHECKSUM).digest() + plain


def _unsealed(key: bytes, blob: object) -> str | None:
    """The text of a stored blob, None when its bytes are not those that were written."""
    if not isinstance(blob, bytes) or blake2b(blob[_CHECKSUM:], key=key, digest_size=_CHECKSUM).digest() != blob[:_CHECKSUM]:
        return None
    return blob[_CHECKSUM:].decode("utf-8", errors="surrogatepass")


class MemoryEngine:
    """An engine that asks the memory first. What it gives is what the engine alone would give.

    Args:
        engine: makes what is not known. Only complete outputs that are not blank are kept.
        memory: where they are kept.
        identity: everything but the text that decides on an output; see `identity_of`.
    """

    def __init__(self, engine: Engine, memory: Memory, identity: str) -> None:
        self._engine, self._memory, self._identity = engine, memory, identity

    def fits(self, text: str) -> bool:
        """As the engine says."""
        return self._engine.fits(text)

    def run(self, texts: Sequence[str], progress: Progress | None = None, *, generation: Generation | None = None) -> list[Output]:
        """Recall what is known, run the rest, and keep it."""
        keys = {text: self._key(text, generation) for text in texts}
        known = self._memory.recall(list(keys.values()))
        done = {text: Output(known[key], complete=True) for text, key in keys.items() if key in known}
        rest = [text for text in keys if text not in done]
        if rest:
            done |= zip(rest, self._engine.run(rest, _shifted(progress, len(done)), generation=generation), strict=True)
        self._memory.store({keys[text]: done[text].text for text in rest if done[text].complete and done[text].text.strip()})
        return [done[text] for text in texts]

    def _key(self, text: str, generation: Generation | None) -> bytes:
        override = generation.model_dump_json(exclude_none=True) if generation else "{}"
        return sha256(json.dumps([_FORMAT, self._identity, override, text]).encode()).digest()


def _shifted(progress: Progress | None, already: int) -> Progress | None:
    return progress and (lambda done, total: progress(done + already, total + already))


def identity_of(spec: ModelSpec, folder: Path | None, runtime: str) -> str:
    """Everything about a model that decides on its outputs: what it is, its weights, its limits and search parameters.

    Args:
        spec: the model; its licence and notes do not matter.
        folder: where its weights are (a folder or one file), None for a model behind a server. A folder of the hub cache is
            known by its commit, any other by its files: the contents of the small ones, size and time of change of the large.
        runtime: what runs it and in which precision.
    """
    facts = spec.model_dump(mode="json", exclude={"licence", "commercial_use", "notes", "source", "size", "repo", "revision"})
    weights = None if folder is None else commit_of(folder) or _fingerprint(folder)
    return json.dumps({**facts, "repo": spec.repo, "weights": weights or spec.revision, "runtime": runtime}, sort_keys=True)


def _fingerprint(folder: Path) -> str:
    digest = sha256()
    for path in [folder] if folder.is_file() else sorted(path for path in folder.iterdir() if path.is_file()):
        facts = path.stat()
        content = path.read_bytes() if facts.st_size <= _SMALL else f"{facts.st_size} {facts.st_mtime_ns}".encode()
        digest.update(f"{path.name} {len(content)} ".encode() + content)
    return digest.hexdigest()
