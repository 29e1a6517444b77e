"""The translation memory: nothing is made twice, nothing wrong is remembered, and nothing about the file stops a translation."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from tiny_models import COMMIT, CORPUS, as_snapshot, tiny_model

from translate.layers import Layers
from translate.memory import Memory, MemoryEngine, identity_of
from translate.registry import load_spec
from translate.runtime.engine import Output, Progress
from translate.spec import Generation, Limits
from translate.translator import load_translator

ROOT = Path(__file__).parents[1]
TEXTS = [f"وصل {number} شخصا إلى المتحف" for number in range(20)]


class Counting:
    """An engine that answers at once and remembers how often it was asked for what."""

    def __init__(self, *, complete: bool = True, suffix: str = "") -> None:
        self.asked: list[str] = []
        self._complete, self._suffix = complete, suffix

    def fits(self, text: str) -> bool:
        return len(text) < 100

    def run(self, texts: Sequence[str], progress: Progress | None = None, *, generation: Generation | None = None) -> list[Output]:
        self.asked += texts
        if progress:
            progress(len(texts), len(texts))
        beams = generation.num_beams if generation else ""
        return [Output(f"EN {text} {beams}{self._suffix}".strip() if "أبيض" not in text else " ", self._complete) for text in texts]


def run(path: Path, texts: Sequence[str], identity: str = "model", **options: object) -> tuple[list[Output], list[str]]:
    """The outputs for texts with a memory at `path`, and what the engine was asked for."""
    engine = Counting(**options)
    return MemoryEngine(engine, Memory(path), identity).run(texts), engine.asked


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "memory.sqlite"


def test_what_was_translated_once_is_not_translated_again(path: Path) -> None:
    plain = Counting().run(TEXTS)
    assert run(path, TEXTS[:12]) == (plain[:12], TEXTS[:12])
    assert run(path, TEXTS) == (plain, TEXTS[12:])
    assert run(path, [TEXTS[3], TEXTS[1], TEXTS[3]]) == ([plain[3], plain[1], plain[3]], [])


def test_hits_misses_and_progress_are_counted(path: Path) -> None:
    run(path, TEXTS[:5])
    memory, seen = Memory(path), []
    MemoryEngine(Counting(), memory, "model").run(TEXTS[:8], lambda done, total: seen.append((done, total)))
    assert (memory.hits, memory.misses) == (5, 3) and seen == [(8, 8)]


def test_other_settings_have_other_translations(path: Path) -> None:
    run(path, TEXTS[:1])
    assert run(path, TEXTS[:1], "another model")[1] == TEXTS[:1]
    engine = Counting()
    remembering = MemoryEngine(engine, Memory(path), "model")
    for _ in range(2):
        assert remembering.run(TEXTS[:1], generation=Generation(num_beams=8)) == [Output(f"EN {TEXTS[0]} 8", True)]
        assert remembering.run(TEXTS[:1]) == [Output(f"EN {TEXTS[0]}", True)]
    assert engine.asked == TEXTS[:1]


def test_only_whole_outputs_are_kept(path: Path) -> None:
    assert run(path, TEXTS[:2], complete=False)[0][0].complete is False
    run(path, ["أبيض"])
    assert run(path, [*TEXTS[:2], "أبيض"])[1] == [*TEXTS[:2], "أبيض"]


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "سطر\nسطر", "ـ" * 1000, "🙂"])
def test_any_text_comes_back_as_it_was(path: Path, text: str) -> None:
    memory, key = Memory(path), sha256(b"x").digest()
    memory.store({key: text})
    assert Memory(path).recall([key]) == {key: text}


def test_the_oldest_make_room_and_the_bound_is_kept(path: Path) -> None:
    limit = 300_000
    memory = Memory(path, limit=limit)
    keys = [sha256(str(number).encode()).digest() for number in range(3000)]
    for start in range(0, len(keys), 100):
        memory.store(dict.fromkeys(keys[start : start + 100], "w" * 200))
        assert sum(file.stat().st_size for file in path.parent.iterdir()) <= limit
    known = memory.recall(keys)
    assert 700 < len(known) < 3000 and set(known) == set(keys[-len(known) :])


def test_what_is_used_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(10**18, 10**19, 2 * 3600 * 10**9))  # two hours go by from one look to the next
    monkeypatch.setattr("translate.memory.time.time_ns", lambda: next(clock))
    memory = Memory(path, limit=100_000)
    favourite = sha256(b"favourite").digest()
    memory.store({favourite: "often asked for"})
    for round_ in range(30):
        memory.store({sha256(f"{round_} {number}".encode()).digest(): "w" * 200 for number in range(50)})
        assert memory.recall([favourite])


def test_a_lower_limit_shrinks_the_file(path: Path) -> None:
    Memory(path).store({sha256(str(number).encode()).digest(): "w" * 200 for number in range(5000)})
    assert path.stat().st_size > 1_000_000
    Memory(path, limit=200_000).store({sha256(b"one more").digest(): "w"})
    assert path.stat().st_size <= 200_000


def _work(path: str, worker: int, texts: list[str], barrier: object) -> None:
    logging.basicConfig(level=logging.WARNING, filename=f"{path}.{worker}.log")
    barrier.wait()
    for start in range(0, len(texts), 10):
        batch = texts[start : start + 10]
        outputs, _ = run(Path(path), batch)
        assert outputs == Counting().run(batch)


def test_several_processes_write_at_once(path: Path) -> None:
    """From no file on, which is when a database is most easily locked."""
    path.parent.mkdir()
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(4)
    texts = [f"نص {number}" for number in range(400)]
    shares = [texts[:250], texts[150:], texts[::-1], texts[::2]]
    workers = [context.Process(target=_work, args=(str(path), worker, share, barrier)) for worker, share in enumerate(shares)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert [log.read_text() for log in path.parent.glob("*.log")] == [""] * 4
    assert run(path, texts) == (Counting().run(texts), [])


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"", b"SQLite format 3\x00" + bytes(4096)])
def test_a_file_that_is_no_memory_stops_nothing(path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert run(path, TEXTS)[0] == Counting().run(TEXTS)
    if content:
        assert len(caplog.records) == 1 and "going on without the translation memory" in caplog.text and str(path) in caplog.text
        assert path.read_bytes() == content


def test_damage_anywhere_never_changes_a_translation(path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    run(path, TEXTS * 1 + [f"نص {number}" for number in range(300)])
    whole, expected, chance, wrong = path.read_bytes(), Counting().run(TEXTS), random.Random(7), 0
    for trial in range(60):
        damaged = bytearray(whole)
        for _ in range(50 if trial % 2 else 3):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        copy = tmp_path / f"{trial}.sqlite"
        copy.write_bytes(damaged[: chance.randrange(len(damaged))] if trial % 10 == 0 else damaged)
        outputs, asked = run(copy, TEXTS)
        assert outputs == expected
        wrong += bool(asked)
    assert wrong  # some of it was really damaged


def test_a_locked_file_is_waited_for_and_then_done_without(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("translate.memory._WAIT", 0.1)
    run(path, TEXTS[:3])
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert run(path, TEXTS)[0] == Counting().run(TEXTS)
    assert len(caplog.records) == 1 and "locked" in caplog.text and "delete" not in caplog.text
    other.execute("ROLLBACK")
    other.close()
    assert run(path, TEXTS[:3])[1] == []


def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    memory = Memory(tmp_path / "file" / "memory.sqlite")
    for _ in range(3):
        assert MemoryEngine(Counting(), memory, "model").run(TEXTS) == Counting().run(TEXTS)
    assert len(caplog.records) == 1


def test_a_full_disk_stops_nothing(path: Path) -> None:
    """With the limit of the process on a file's size in the disk's place: writes fail in the same way."""
    code = (
        "import resource, sys; from pathlib import Path; from test_translate_memory import *\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))\n"
        "texts = [f'text {number} ' * 8 for number in range(500)]\n"
        "assert run(Path(sys.argv[1]), texts)[0] == Counting().run(texts)\n"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    ran = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, env=environment)
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.count("going on without the translation memory") == 1
    assert run(path, TEXTS)[0] == Counting().run(TEXTS)  # and what is there is still usable


def test_nothing_is_made_before_there_is_something_to_keep(own_cache: Path, path: Path) -> None:
    subprocess.run([sys.executable, "-c", "import translate.memory, translate.layers, translate.translator"], check=True, cwd=ROOT)
    memory = Memory()
    assert memory.path == own_cache / "memory.sqlite"
    assert memory.recall([b"key"]) == {} and not own_cache.exists()
    memory.store({b"key" * 8: "text"})
    assert memory.path.is_file() and not (own_cache.stat().st_mode | memory.path.stat().st_mode) & 0o077


def test_the_users_cache_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MUJAZ_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert Memory().path == Path("/somewhere/mujaz/memory.sqlite")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/reader")
    assert Memory().path == Path("/home/reader/.cache/mujaz/memory.sqlite")


def test_all_that_decides_on_an_output_is_in_its_identity(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(tiny_model("nllb"), tmp_path / "model"))
    spec = load_spec(str(folder))
    first = identity_of(spec, folder, "torch float32")
    assert identity_of(load_spec(str(folder)), folder, "torch float32") == first
    assert identity_of(spec.model_copy(update={"licence": "MIT", "notes": "new"}), folder, "torch float32") == first
    others = [
        identity_of(spec, folder, "torch bfloat16"),
        identity_of(spec.model_copy(update={"name": "other"}), folder, "torch float32"),
        identity_of(spec.model_copy(update={"generation": Generation(num_beams=7)}), folder, "torch float32"),
        identity_of(spec.model_copy(update={"limits": Limits(max_source_tokens=9, max_target_tokens=9)}), folder, "torch float32"),
    ]
    for name in ("model.safetensors", "generation_config.json", "tokenizer.json"):
        content = bytearray((folder / name).read_bytes())
        content[-3] ^= 1
        (folder / name).write_bytes(content)
        others.append(identity_of(spec, folder, "torch float32"))
    assert len({first, *others}) == 1 + len(others)


def test_large_weights_are_known_by_size_and_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translate.memory._SMALL", 1000)
    folder = Path(shutil.copytree(tiny_model("nllb"), tmp_path / "model"))
    spec, weights = load_spec(str(folder)), folder / "model.safetensors"
    first = identity_of(spec, folder, "torch float32")
    facts = weights.stat()
    os.utime(weights, ns=(facts.st_atime_ns, facts.st_mtime_ns + 1000))
    assert identity_of(spec, folder, "torch float32") != first
    assert identity_of(spec, weights, "torch float32") != identity_of(spec, folder / "config.json", "torch float32")


def test_a_hub_model_is_known_by_its_commit(empty_cache: Path) -> None:
    spec = load_spec("opus-mt-ar-en")
    folder = as_snapshot(tiny_model("marian"), empty_cache, spec.repo, spec.revision or COMMIT)
    first = identity_of(spec, folder, "torch float32")
    os.utime(folder / "model.safetensors")
    assert identity_of(spec, folder, "torch float32") == first
    moved = Path(shutil.copytree(folder, folder.with_name("f" * 40)))
    assert identity_of(spec, moved, "torch float32") != first


def test_a_real_model_gives_the_same_with_and_without(path: Path) -> None:
    folder = str(tiny_model("marian"))
    plain = load_translator(folder, device="cpu", dtype="float32").translate(CORPUS)
    first = load_translator(folder, device="cpu", dtype="float32", layers=Layers(memory=Memory(path))).translate(CORPUS)
    memory = Memory(path)
    second = load_translator(folder, device="cpu", dtype="float32", layers=Layers(memory=memory)).translate(CORPUS)
    assert plain == first == second
    assert memory.hits and not memory.misses


@pytest.mark.parametrize("command", ["translate", "summarize"])
def test_the_command_remembers_unless_told_not_to(mujaz, own_cache: Path, command: str) -> None:
    text = " ".join(CORPUS[:4]).encode()
    arguments = (command, "--translator", tiny_model("marian"), "--dtype", "float32", "--format", "json")
    without = mujaz(*arguments, "--no-memory", stdin=text)
    assert without.code == 0 and not own_cache.exists()
    first, second = mujaz(*arguments, stdin=text), mujaz(*arguments, stdin=text)
    assert json.loads(without.out) == json.loads(first.out) == json.loads(second.out)
    assert "translation memory" not in first.err and "are from the translation memory" in second.err


def test_an_evaluation_never_measures_the_memory(own_cache: Path) -> None:
    from eval.running.systems import _pipeline
    from summarize.config import PipelineConfig
    from summarize.loaders import article_from_text

    pipeline = _pipeline(PipelineConfig(translator=str(tiny_model("marian")), dtype="float32"))
    assert pipeline(article_from_text(" ".join(CORPUS[:4]))).english and not own_cache.exists()
