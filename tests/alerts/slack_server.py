"""A small Slack on loopback: the methods that delivery calls, with Slack's checks, error words and bad days.

It keeps what was posted, so a test asks the channel, not the code, what a person would see.
"""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qs

from tests.alerts.slack_rules import check_blocks, find_metadata_error, find_text_error

TOKEN = "xoxb-loopback-token"
CHANNEL = "C0VIGIE001"
BOT_ID = "B0VIGIE001"
Answer = dict[str, Any]


@dataclass(frozen=True)
class BadMoment:
    """One scripted failure of a method: an HTTP status, an error word, or a connection cut."""

    status: int = 200
    error: str = ""
    retry_after: int | None = None
    cut: Literal["", "before", "after"] = ""


@dataclass
class Workspace:
    """State of the small Slack. `one_a_second` turns on the limit of chat.postMessage."""

    channels: dict[str, list[Answer]] = field(default_factory=lambda: {CHANNEL: []})
    foreign_channels: set[str] = field(default_factory=set)
    script: dict[str, deque[BadMoment]] = field(default_factory=lambda: defaultdict(deque))
    calls: list[str] = field(default_factory=list)
    one_a_second: bool = False
    page_size: int = 100
    last_post: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def messages(self) -> list[Answer]:
        """What stands in the channel, oldest first."""
        return self.channels[CHANNEL]

    def break_once(self, method: str, moment: BadMoment) -> None:
        """Script the next call of a method."""
        self.script[method].append(moment)

    def answer(self, method: str, body: Answer) -> Answer:
        """Answer a well authenticated call."""
        methods = {
            "auth.test": self._test_auth,
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "conversations.history": self._read_history,
        }
        return methods[method](body) if method in methods else _refuse("unknown_method")

    def _test_auth(self, body: Answer) -> Answer:
        return {"ok": True, "bot_id": BOT_ID, "user_id": "U0VIGIE001"}

    def _post(self, body: Answer) -> Answer:
        refusal = self._check_channel(body) or _check_message(body)
        if refusal:
            return refusal
        messages = self.channels[body["channel"]]
        ts = max(time.time(), float(messages[-1]["ts"]) + 0.0001 if messages else 0)
        message = {"type": "message", "bot_id": BOT_ID, "ts": f"{ts:.6f}", "edits": 0, **_kept(body)}
        messages.append(message)
        return {"ok": True, "channel": body["channel"], "ts": message["ts"], "message": message}

    def _update(self, body: Answer) -> Answer:
        refusal = self._check_channel(body) or _check_message(body)
        if refusal:
            return refusal
        for message in self.channels[body["channel"]]:
            if message["ts"] == body.get("ts"):
                if message["bot_id"] != BOT_ID:
                    return _refuse("cant_update_message")
                message.update(_kept(body), edits=message["edits"] + 1)
                return {"ok": True, "channel": body["channel"], "ts": message["ts"]}
        return _refuse("message_not_found")

    def _read_history(self, body: Answer) -> Answer:
        refusal = self._check_channel(body)
        if refusal:
            return refusal
        oldest = float(body.get("oldest") or 0)
        newest_first = [m for m in reversed(self.channels[body["channel"]]) if float(m["ts"]) > oldest]
        start = int(body.get("cursor") or 0)
        end = start + min(int(body.get("limit") or 100), self.page_size)
        hidden = set() if body.get("include_all_metadata") in ("1", "true", True) else {"metadata"}
        page = [
            {key: value for key, value in m.items() if key not in hidden} for m in newest_first[start:end]
        ]
        cursor = str(end) if end < len(newest_first) else ""
        return {"ok": True, "messages": page, "response_metadata": {"next_cursor": cursor}}

    def _check_channel(self, body: Answer) -> Answer | None:
        channel = body.get("channel")
        if channel in self.foreign_channels:
            return _refuse("not_in_channel")
        return None if channel in self.channels else _refuse("channel_not_found")


def _refuse(error: str, complaints: list[str] | None = None) -> Answer:
    return {"ok": False, "error": error, "response_metadata": {"messages": complaints or []}}


def _check_message(body: Answer) -> Answer | None:
    error = find_text_error(body) or find_metadata_error(body.get("metadata"))
    complaints = check_blocks(body.get("blocks") or [])
    if error or complaints:
        return _refuse(error or "invalid_blocks", complaints)
    return None


def _kept(body: Answer) -> Answer:
    return {key: body[key] for key in ("text", "blocks", "metadata") if key in body}


class _Handler(BaseHTTPRequestHandler):
    workspace: Workspace

    def do_POST(self) -> None:
        method = self.path.removeprefix("/api/")
        body = self._read_body()
        with self.workspace.lock:
            self.workspace.calls.append(method)
            script = self.workspace.script[method]
            moment = script.popleft() if script else BadMoment()
            if method == "chat.postMessage" and self.workspace.one_a_second:
                moment = self._pace(moment)
            answer = self._carry_out(moment, method, body)
        if moment.cut:
            self.connection.close()
        else:
            self._reply(moment.status, answer, moment.retry_after)

    def _carry_out(self, moment: BadMoment, method: str, body: Answer) -> Answer:
        if moment.error or moment.status != HTTPStatus.OK:
            return _refuse(moment.error or "internal_error")
        return {} if moment.cut == "before" else self._authenticate(method, body)

    def _authenticate(self, method: str, body: Answer) -> Answer:
        header = self.headers.get("Authorization")
        if header is None:
            return _refuse("not_authed")
        return self.workspace.answer(method, body) if header == f"Bearer {TOKEN}" else _refuse("invalid_auth")

    def _pace(self, moment: BadMoment) -> BadMoment:
        now = time.monotonic()
        if now - self.workspace.last_post < 1:
            return BadMoment(429, "ratelimited", retry_after=1)
        self.workspace.last_post = now
        return moment

    def _read_body(self) -> Answer:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8")
        if (self.headers.get("Content-Type") or "").startswith("application/json"):
            return dict(json.loads(raw)) if raw else {}
        return {key: values[0] for key, values in parse_qs(raw).items()}

    def _reply(self, status: int, answer: Answer, retry_after: int | None = None) -> None:
        payload = json.dumps(answer).encode("utf-8")
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(payload)))
        if retry_after is not None:
            self.send_header("Retry-After", str(retry_after))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: pytest shows what failed."""


@contextmanager
def run_slack(workspace: Workspace) -> Iterator[str]:
    """Serve a workspace on a free loopback port; yields the base URL of its Web API."""
    handler = type("Handler", (_Handler,), {"workspace": workspace})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/api/"
        finally:
            server.shutdown()
            thread.join()
