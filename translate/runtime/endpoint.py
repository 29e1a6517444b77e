"""The engine for models behind an OpenAI-compatible server (vLLM, Ollama, llama.cpp): a chat request for each piece of text."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Sequence
from dataclasses import asdict
from threading import Event
from typing import Any
from urllib.parse import urlsplit

from translate.errors import ConfigError, ModelUnavailable
from translate.runtime.engine import Output, Progress
from translate.runtime.prompts import TRANSLATE, Clean, clean_answer, messages, one_line, stops, without_markup
from translate.runtime.sender import Reply, Sender
from translate.runtime.workers import in_parallel
from translate.spec import Endpoint, Generation, ModelSpec, Prompt

log = logging.getLogger(__name__)


class EndpointEngine:
    """A model behind a server. Nothing is sent before the first `run`.

    Args:
        spec: the model; its `endpoint` says where the server is.
        prompt: what is asked.
        clean: takes an answer and the text it is about, and gives what counts of it.

    Raises:
        ConfigError: the API key's environment variable is not set, or the prompt is not one for chat.
    """

    def __init__(self, spec: ModelSpec, prompt: Prompt, clean: Clean = clean_answer) -> None:
        assert spec.endpoint is not None, "a spec without an endpoint"
        if not prompt.chat:
            raise ConfigError("a server applies its own chat template, so a prompt with chat: false cannot be used", where=spec.name)
        self._name, self._limits, self._prompt, self._endpoint = spec.name, spec.limits, prompt, spec.endpoint
        self._sender = Sender(spec.endpoint, _key(spec.endpoint, spec.name), name=spec.name)
        self._clean, self._said = clean, False

    def fits(self, text: str) -> bool:
        """Whether the text has no more characters than `max_source_tokens`. The server's tokenizer is not known here, and
        today's make fewer tokens of Arabic than it has characters; the prompt is not counted."""
        return len(one_line(text)) <= self._limits.max_source_tokens

    def run(self, texts: Sequence[str], progress: Progress | None = None, *, generation: Generation | None = None) -> list[Output]:
        """Send a request for each text, several at a time.

        Args:
            texts: as in the protocol.
            progress: told after each answer.
            generation: not used, servers have no beam search.

        Raises:
            ModelUnavailable: the server cannot be reached, or refuses a request, or fails even after retries.
        """
        self._say_where()

        def ask(text: str, stopped: Event) -> Output:
            return self._output(self._sender.post("/chat/completions", self._body(text), stopped), text)

        return in_parallel(ask, texts, workers=self._endpoint.concurrency, progress=progress)

    def _say_where(self) -> None:
        """Once, if texts leave this machine."""
        host = urlsplit(self._endpoint.url).hostname or ""
        if not self._said and host not in ("localhost", "::1") and not host.startswith("127."):
            log.warning("%s: texts are sent to %s", self._name, host)
        self._said = True

    def _body(self, text: str) -> dict[str, Any]:
        fields = {
            "model": self._endpoint.model,
            "messages": [asdict(message) for message in messages(self._prompt, without_markup(one_line(text)))],
            "temperature": 0,
            "seed": 0,
            "max_tokens": self._limits.max_target_tokens,
            "stop": list(stops(self._prompt)) or None,
            **self._endpoint.extra_body,
        }
        return {key: value for key, value in fields.items() if value is not None}

    def _output(self, reply: Reply, text: str) -> Output:
        """What the model wrote, or an error for anything but a chat completion."""
        if reply.status != 200:
            raise self._refused(reply)
        try:
            [choice, *_] = json.loads(reply.body)["choices"]
            content, ended = choice["message"].get("content") or "", choice.get("finish_reason") == "stop"
            return Output(one_line(self._clean(content, text)), ended)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            hint = f"{self._endpoint.url} must be where an OpenAI-compatible API begins, which often ends in /v1"
            raise ModelUnavailable(
                f"the answer is no chat completion: {self._sender.excerpt(reply)}", where=self._name, hint=hint
            ) from error

    def _refused(self, reply: Reply) -> ModelUnavailable:
        variable = self._endpoint.api_key_env
        hints = {
            401: f"check the API key in ${variable}" if variable else "name the variable that holds your API key: endpoint.api_key_env",
            403: f"the API key in ${variable} may not do this" if variable else None,
            404: f"{self._endpoint.url}/models lists what is there; the url often ends in /v1",
        }
        what = f"{self._sender.host} refused {self._endpoint.model!r} with status {reply.status}: {self._sender.excerpt(reply)}"
        return ModelUnavailable(what, where=self._name, hint=hints.get(reply.status))


def open_endpoint(spec: ModelSpec) -> EndpointEngine:
    """The engine for a translator behind a server; see EndpointEngine for what it raises."""
    return EndpointEngine(spec, spec.prompt or TRANSLATE)


def _key(endpoint: Endpoint, name: str) -> str | None:
    if endpoint.api_key_env is None:
        return None
    key = os.environ.get(endpoint.api_key_env, "").strip()
    if not (key and key.isascii() and key.isprintable()):
        fault = "is not set" if not key else "holds what cannot be an API key"
        raise ConfigError(
            f"the environment variable {endpoint.api_key_env} {fault}", where=name, hint="the server's API key is taken from it"
        )
    return key
