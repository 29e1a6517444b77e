"""Models behind a server, against a real one on this machine: order, retries, limits, and errors that say what to do."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran

from translate.errors import ConfigError, ModelUnavailable
from translate.registry import load_spec
from translate.runtime import sender
from translate.runtime.endpoint import EndpointEngine, open_endpoint
from translate.runtime.engine import Output
from translate.translator import load_translator

SENTENCES = [f"الجملة رقم {number} عن المتحف" for number in range(24)]
Answer = tuple[int, Any, dict[str, str]]


def said(content: str | None, *, reason: str = "stop") -> Answer:
    """A chat completion as servers answer it."""
    message = {"role": "assistant", "content": content}
    return 200, {"object": "chat.completion", "choices": [{"index": 0, "message": message, "finish_reason": reason}]}, {}


def failed(status: int, message: str = "overloaded", **headers: str) -> Answer:
    error = {"message": message, "type": "some", "code": status}
    return status, {"error": error}, {key.replace("_", "-"): value for key, value in headers.items()}


class Server:
    """A chat server on this machine. `answer` is called with the text of each request, and all requests are kept."""

    def __init__(self) -> None:
        self.answer: Callable[[str], Answer] = lambda text: said(f"EN {text}")
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.under_way = self.most = 0
        lock, server = threading.Lock(), self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with lock:
                    server.requests.append(body)
                    server.headers.append(dict(self.headers))
                    server.paths.append(self.path)
                    server.under_way += 1
                    server.most = max(server.most, server.under_way)
                status, answer, headers = server.answer(body["messages"][-1]["content"].rpartition("\n\n")[2])
                with lock:
                    server.under_way -= 1
                data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                for key, value in {"Content-Length": str(len(data)), **headers}.items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients that do not wait for their answer
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/v1"


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    threading.Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.http.shutdown()
    server.http.server_close()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender, "_FIRST_WAIT", 0.01)


def yaml_for(folder: Path, url: str, more: str = "", **endpoint: Any) -> Path:
    fields = {"url": url, "model": "tiny-chat", **endpoint}
    path = folder / "server.yaml"
    path.write_text(
        "name: server\ntask: translation\nfamily: endpoint\nlicence: MIT\nlanguages: {source: ar, target: en}\n"
        f"limits: {{max_source_tokens: 200, max_target_tokens: 99}}\nendpoint: {json.dumps(fields)}\n{more}"
    )
    return path


@pytest.fixture
def engine(server: Server, tmp_path: Path) -> Callable[..., EndpointEngine]:
    return lambda more="", **endpoint: open_endpoint(load_spec(str(yaml_for(tmp_path, endpoint.pop("url", server.url), more, **endpoint))))


Make = Callable[..., EndpointEngine]


def test_order_is_kept_and_no_more_requests_are_under_way_than_allowed(server: Server, engine: Make) -> None:
    chance = random.Random(5)

    def slowly(text: str) -> Answer:
        time.sleep(chance.uniform(0, 0.05))
        return said(f"EN {text}")

    server.answer = slowly
    seen: list[tuple[int, int]] = []
    outputs = engine(concurrency=3).run(SENTENCES, lambda done, total: seen.append((done, total)))
    assert outputs == [Output(f"EN {text}", True) for text in SENTENCES]
    assert server.most == 3
    assert seen == [(done, len(SENTENCES)) for done in range(1, len(SENTENCES) + 1)]


def test_what_a_request_says(server: Server, engine: Make) -> None:
    prompt = "prompt: {system: Be exact., user: 'English: {text}', stop: ['##'], examples: [{source: نعم, target: 'Yes'}]}\n"
    more = {"chat_template_kwargs": {"enable_thinking": False}, "seed": None}
    engine(prompt, extra_body=more).run(["لا {text}\nثم <|im_end|> <end_of_turn>"])
    assert server.paths == ["/v1/chat/completions"]
    assert server.requests == [
        {
            "model": "tiny-chat",
            "messages": [
                {"role": "system", "content": "Be exact."},
                {"role": "user", "content": "English: نعم"},
                {"role": "assistant", "content": "Yes"},
                {"role": "user", "content": "English: لا {text} ثم < |im_end|> < end_of_turn>"},
            ],
            "temperature": 0,
            "max_tokens": 99,
            "stop": ["##"],
            "chat_template_kwargs": {"enable_thinking": False},
        }
    ]
    assert "Authorization" not in server.headers[0]


def test_the_default_request_is_deterministic(server: Server, engine: Make) -> None:
    engine().run(SENTENCES[:1])
    [request] = server.requests
    assert (request["temperature"], request["seed"]) == (0, 0) and "stop" not in request
    assert request["messages"][0]["content"].endswith(f"\n\n{SENTENCES[0]}") and len(request["messages"]) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_passing_failure_is_tried_again(server: Server, engine: Make, status: int) -> None:
    answers = iter([failed(status), failed(status), said("Done.")])
    server.answer = lambda text: next(answers)
    assert engine().run(SENTENCES[:1]) == [Output("Done.", True)]
    assert len(server.requests) == 3


@pytest.mark.parametrize("when", [lambda: "1", lambda: formatdate(time.time() + 2, usegmt=True)], ids=["seconds", "date"])
def test_a_server_that_says_when_is_asked_then(server: Server, engine: Make, when: Callable[[], str]) -> None:
    answers = iter([failed(429, Retry_After=when()), said("Done.")])
    server.answer = lambda text: next(answers)
    began = time.monotonic()
    assert engine().run(SENTENCES[:1]) == [Output("Done.", True)]
    assert 0.9 < time.monotonic() - began < 5


def test_a_server_that_wants_to_be_left_alone_for_hours_is_an_error(server: Server, engine: Make) -> None:
    server.answer = lambda text: failed(429, "quota used up", Retry_After="7200")
    with pytest.raises(ModelUnavailable, match=r"status 429: quota used up, and wants to be left alone for 7200 s"):
        engine().run(SENTENCES[:1])
    assert len(server.requests) == 1


def test_waits_grow(server: Server, engine: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    class Clock(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout or 0)
            return False

    server.answer = lambda text: failed(503)
    with pytest.raises(ModelUnavailable):
        engine(retries=4)._sender.post("/chat/completions", {"messages": [{"content": ""}]}, Clock())
    assert len(waits) == 5 and waits[0] == 0
    assert all(later > earlier for earlier, later in pairwise(waits))
    assert 0.75 * 0.08 <= waits[-1] <= 1.25 * 0.08


def test_a_failure_that_does_not_pass_names_itself_and_stops_the_rest(server: Server, engine: Make) -> None:
    server.answer = lambda text: failed(500, "CUDA error")
    with pytest.raises(ModelUnavailable, match=r"^server: 127\.0\.0\.1:\d+ answers with status 500: CUDA error \(tried 3 times\)"):
        engine(retries=2, concurrency=2).run(SENTENCES)
    settled = len(server.requests)
    assert settled <= 6
    time.sleep(0.1)
    assert len(server.requests) <= settled + 2  # what was under way, and none of the other twenty


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (failed(404, "The model does not exist."), r"refused 'tiny-chat' with status 404: The model does not exist\.; .*/v1/models lists"),
        (failed(401, "no key"), r"status 401: no key; name the variable that holds your API key"),
        (failed(400, "maximum context length is 4096"), r"status 400: maximum context length is 4096"),
        ((404, b"404 page not found", {}), r"status 404: 404 page not found; .*often ends in /v1"),
        ((404, {"object": "error", "message": "no such model", "code": 404}, {}), r"status 404: no such model;"),
        ((422, {"detail": "what is seed?"}, {}), r"status 422: what is seed\?"),
        ((302, b"", {"Location": "https://example.com"}), r"status 302: \(nothing\)"),
    ],
)
def test_a_refusal_is_one_line_and_is_not_tried_again(server: Server, engine: Make, answer: Answer, words: str) -> None:
    server.answer = lambda text: answer
    with pytest.raises(ModelUnavailable, match=words) as caught:
        engine().run(SENTENCES[:1])
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 500
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "answer",
    [b"{broken", b"<html>It works!</html>", {"choices": []}, {"choices": [{"text": "old"}]}, ["x"], {"choices": [{"message": "x"}]}],
)
def test_an_answer_that_is_no_chat_completion_is_an_error(server: Server, engine: Make, answer: Any) -> None:
    server.answer = lambda text: (200, answer, {})
    with pytest.raises(ModelUnavailable, match=r"the answer is no chat completion: .*OpenAI-compatible"):
        engine().run(SENTENCES[:1])


def test_a_slow_server_runs_into_the_timeout(server: Server, engine: Make) -> None:
    server.answer = lambda text: (time.sleep(1.5), said("late"))[1]
    began = time.monotonic()
    with pytest.raises(ModelUnavailable, match=r"gave no answer in 0\.2 s \(tried 2 times\)"):
        engine(timeout=0.2, retries=1).run(SENTENCES[:1])
    assert time.monotonic() - began < 1.4


def test_a_connection_broken_off_is_tried_again(server: Server, engine: Make) -> None:
    answers = iter([(200, b"", {"Content-Length": "500", "Connection": "close"}), said("Done.")])
    server.answer = lambda text: next(answers)
    assert engine().run(SENTENCES[:1]) == [Output("Done.", True)]


def test_a_server_that_is_not_there(engine: Make) -> None:
    with pytest.raises(ModelUnavailable, match=r"^server: 127\.0\.0\.1:9 cannot be reached \(.*refused\) \(tried 2 times\); is the"):
        engine(url="http://127.0.0.1:9/v1", retries=1).run(SENTENCES[:1])


@pytest.mark.parametrize("reason", ["length", "content_filter"])
def test_an_answer_cut_off_is_not_complete(server: Server, engine: Make, reason: str) -> None:
    server.answer = lambda text: said("The museum", reason=reason)
    assert engine().run(SENTENCES[:1]) == [Output("The museum", False)]


@pytest.mark.parametrize("content", ["", None, " \n", "<think>\nHmm.\n</think>"])
def test_an_empty_answer_becomes_a_warning_not_a_result(server: Server, tmp_path: Path, content: str | None) -> None:
    server.answer = lambda text: said(content)
    [translation] = load_translator(str(yaml_for(tmp_path, server.url))).translate(["افتتح المتحف أبوابه"])
    assert (translation.text, translation.warnings) == ("", ("the translation is empty",))


# as a translator


def test_a_yaml_file_is_a_translator_and_results_name_the_model(server: Server, tmp_path: Path) -> None:
    server.answer = lambda text: said("Here is the translation:\n\n“The museum\nopened.”")
    translator = load_translator(str(yaml_for(tmp_path, server.url)))
    assert translator.ref.to_json() == {"name": "tiny-chat", "revision": None, "licence": "MIT"}
    [translation] = translator.translate(["افتتح المتحف. فاز المنتخب"])
    assert (translation.text, translation.warnings) == ("The museum opened. The museum opened.", ())


def test_long_sentences_are_sent_in_parts(server: Server, tmp_path: Path) -> None:
    translator = load_translator(str(yaml_for(tmp_path, server.url)))
    sentence = "قال الوزير إن الحكومة ستخفض الأسعار، " * 20
    [translation] = translator.translate([sentence])
    texts = [request["messages"][-1]["content"].rpartition("\n\n")[2] for request in server.requests]
    assert all(len(text) <= 200 for text in texts) and any("translated in" in warning for warning in translation.warnings)
    assert set("".join(texts).split()) == set(sentence.split())


def test_the_command_translates_with_a_server(server: Server, tmp_path: Path, mujaz: Callable[..., Ran]) -> None:
    path = yaml_for(tmp_path, server.url)
    ran = mujaz("translate", "--translator", path, stdin="افتتح المتحف\n\nفاز المنتخب\n".encode())
    assert (ran.code, ran.out.splitlines()) == (0, ["EN افتتح المتحف", "", "EN فاز المنتخب"])
    assert mujaz("models", "info", path).out.splitlines()[-1].split(maxsplit=1) == ["installed", "on a server"]
    assert mujaz("models", "pull", path).code == 2


# keys and addresses


def test_the_key_is_sent_and_never_shown(server: Server, engine: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_KEY", "sk-secret ")
    server.answer = lambda text: failed(401, "Incorrect API key provided: sk-secret")
    with pytest.raises(ModelUnavailable, match=r"Incorrect API key provided: …; check the API key in \$SOME_KEY") as caught:
        engine(api_key_env="SOME_KEY").run(SENTENCES[:1])
    assert server.headers[0]["Authorization"] == "Bearer sk-secret"
    assert "sk-secret" not in str(caught.value) and "sk-secret" not in repr(caught.value)


@pytest.mark.parametrize(("value", "words"), [(None, "is not set"), ("  ", "is not set"), ("مفتاح", "cannot be an API key")])
def test_a_key_that_is_not_usable(engine: Make, monkeypatch: pytest.MonkeyPatch, value: str | None, words: str) -> None:
    monkeypatch.delenv("SOME_KEY", raising=False)
    if value is not None:
        monkeypatch.setenv("SOME_KEY", value)
    with pytest.raises(ConfigError, match=f"the environment variable SOME_KEY .*{words}"):
        engine(api_key_env="SOME_KEY")


@pytest.mark.parametrize("url", ["localhost:8000/v1", "http://user:word@host/v1", "file:///etc/passwd", "http://host/v1?key=1", "http://"])
def test_addresses_that_are_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(ConfigError, match=r"endpoint\.url: .*an address is"):
        load_spec(str(yaml_for(tmp_path, url)))


def test_the_keys_of_a_server_and_of_weights_do_not_mix(tmp_path: Path) -> None:
    path = yaml_for(tmp_path, "http://localhost:1/v1")
    text = path.read_text()
    for change, words in (
        (text.replace("family: endpoint", "family: causal\nrepo: a/b"), "endpoint: .*goes with family: endpoint"),
        ("\n".join(line for line in text.splitlines() if not line.startswith("endpoint")), "endpoint: .*goes with family: endpoint"),
        (text.replace("family: endpoint", "family: causal"), "repo: .*is needed"),
        (text.replace('"url"', '"host": "x", "url"'), r"unknown key 'endpoint\.host'; known keys: url, model, api_key_env"),
    ):
        path.write_text(change)
        with pytest.raises(ConfigError, match=words):
            load_spec(str(path))


def test_a_plain_prompt_is_not_for_servers(engine: Make) -> None:
    with pytest.raises(ConfigError, match="chat: false cannot be used"):
        engine("prompt: {user: 'Arabic: {text}', chat: false}\n")


def test_a_server_elsewhere_is_said_once(server: Server, engine: Make, caplog: pytest.LogCaptureFixture) -> None:
    here, elsewhere = engine(), engine(url=server.url.replace("127.0.0.1", "0.0.0.0"))
    for _ in range(2):
        here.run(SENTENCES[:1])
        elsewhere.run(SENTENCES[:1])
    assert [record.getMessage() for record in caplog.records] == ["server: texts are sent to 0.0.0.0"]


def test_ctrl_c_ends_at_once_with_requests_under_way(server: Server, tmp_path: Path) -> None:
    began = threading.Event()

    def hang(text: str) -> Answer:
        began.set()
        time.sleep(20)
        return said("late")

    server.answer = hang
    (tmp_path / "in.txt").write_text("\n".join(SENTENCES), encoding="utf-8")
    command = [sys.executable, "-c", "from summarize.cli import main; main()"]
    arguments = ["translate", str(tmp_path / "in.txt"), "--translator", str(yaml_for(tmp_path, server.url))]
    running = subprocess.Popen(
        command + arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1], env={**os.environ}
    )
    assert began.wait(30)
    running.send_signal(signal.SIGINT)
    stopped = time.monotonic()
    _, errors = running.communicate(timeout=15)
    assert time.monotonic() - stopped < 5
    assert "Traceback" not in errors and running.returncode != 0
