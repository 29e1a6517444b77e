"""JSON posted to a server until it answers: timeouts, and retries that wait longer each time."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from threading import Event
from typing import Any
from urllib.parse import urlsplit

from translate.errors import ModelUnavailable
from translate.spec import Endpoint

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})  # worth another try; llama.cpp says 503 while it loads its model
_FIRST_WAIT = 0.5  # seconds, doubled with each retry
_CONNECT_TIMEOUT = 10.0  # seconds; an answer may take long, to be there at all should not
_LONGEST_EXCERPT = 200  # characters of a server's own words in an error


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered: its status, the bytes after the headers, and the seconds it asks to wait, if it does."""

    status: int
    body: bytes
    wait: float | None = None


class Sender:
    """Posts to one server, from any number of threads.

    Args:
        endpoint: where, how patiently, and how often again.
        key: the API key, sent as a bearer token.
        name: the model's name, for errors.
    """

    def __init__(self, endpoint: Endpoint, key: str | None, *, name: str) -> None:
        from urllib3 import PoolManager, Timeout

        self.host = urlsplit(endpoint.url).netloc
        self._endpoint, self._key, self._name = endpoint, key, name
        self._headers = {"Content-Type": "application/json", "User-Agent": "mujaz"} | ({"Authorization": f"Bearer {key}"} if key else {})
        self._timeout = Timeout(connect=min(_CONNECT_TIMEOUT, endpoint.timeout), read=endpoint.timeout)
        self._pool = PoolManager(maxsize=endpoint.concurrency)

    def post(self, path: str, body: dict[str, Any], stopped: Event) -> Reply:
        """Post JSON and return the answer, whatever its status, unless that may pass: then it is tried again.

        Args:
            path: where, below the endpoint's url.
            body: the JSON.
            stopped: ends the waiting between tries.

        Raises:
            ModelUnavailable: no answer, or a status that did not pass, after all retries; or the server asks for a longer
                wait than the endpoint's timeout.
        """
        from urllib3.exceptions import HTTPError

        data, trouble, wait = json.dumps(body).encode(), "", 0.0
        for attempt in range(self._endpoint.retries + 1):
            if stopped.wait(wait):
                break
            wait = _FIRST_WAIT * 2**attempt * random.uniform(0.75, 1.25)  # threads that failed together come back apart
            try:
                reply = self._send(path, data)
            except HTTPError as error:
                trouble = _said(error, self._endpoint.timeout)
                continue
            if reply.status not in _PASSING:
                return reply
            trouble = f"answers with status {reply.status}: {self.excerpt(reply)}"
            wait = wait if reply.wait is None else reply.wait
            if wait > self._endpoint.timeout:
                raise ModelUnavailable(f"{self.host} {trouble}, and wants to be left alone for {wait:.0f} s", where=self._name)
        hint = f"is the server running, and is {self._endpoint.url} its address?"
        raise ModelUnavailable(f"{self.host} {trouble} (tried {attempt + 1} times)", where=self._name, hint=hint)

    def excerpt(self, reply: Reply) -> str:
        """The beginning of the server's own words, without the API key, which some repeat."""
        words = " ".join(_message(reply.body).split())
        return (words.replace(self._key, "…") if self._key else words)[:_LONGEST_EXCERPT] or "(nothing)"

    def _send(self, path: str, data: bytes) -> Reply:
        from urllib3.exceptions import InvalidHeader
        from urllib3.util import Retry

        response = self._pool.request(
            "POST", self._endpoint.url + path, body=data, headers=self._headers, timeout=self._timeout, retries=False
        )
        try:
            wait = Retry().get_retry_after(response)  # seconds or a date
        except InvalidHeader:
            wait = None
        return Reply(response.status, response.data, wait)


def _said(error: Exception, timeout: float) -> str:
    """A failed connection in words."""
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, ReadTimeoutError, SSLError

    if isinstance(error, ReadTimeoutError):
        return f"gave no answer in {timeout:g} s"
    if isinstance(error, NewConnectionError | ConnectTimeoutError | SSLError):
        return f"cannot be reached ({str(error).rpartition(': ')[2]})"
    return f"broke the connection off ({error})"


def _message(body: bytes) -> str:
    """What a server says of an error: the message in its JSON, in the shapes that servers use, or the whole body."""
    text = body.decode("utf-8", errors="replace")
    try:
        found = json.loads(text)
    except ValueError:
        return text
    for key in ("error", "message", "detail"):
        if isinstance(found, dict) and key in found:
            found = found[key]
    return found if isinstance(found, str) else text
