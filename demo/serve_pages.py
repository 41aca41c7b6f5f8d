"""A replay server of the demo's pages on loopback: `python -m demo.serve_pages --port 8765`.

`/<moment of a round>/<address>` is the address as it stood then, with `Memento-Datetime` (RFC 7089) on every answer;
`/latest/<address>` is the state of the last round, as if it were now. A repeated request of an address within a round
is one second later each time, so that observations keep their order.
"""

from __future__ import annotations

import argparse
import errno
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

from demo.index_pages import index_pages
from demo.page_archive import PLAIN, Answer, PageArchive
from demo.read_rounds import read_rounds

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8765
# Seconds until a server that is told to stop notices.
POLL = 0.05


class PageServer(ThreadingHTTPServer):
    """The archive behind a port of loopback (0: any free one).

    Raises:
        OSError: the port is taken or may not be used; the message names it.
    """

    daemon_threads = True
    # Two servers on one port would answer in turn.
    allow_reuse_port = False

    def __init__(self, archive: PageArchive, port: int = 0) -> None:
        self.archive = archive
        self._requests: Counter[tuple[str, str]] = Counter()
        self._counting = threading.Lock()
        try:
            super().__init__((LOOPBACK, port), _Handler)
        except OSError as error:
            why = (
                "is taken; choose another" if error.errno == errno.EADDRINUSE else f"cannot be used: {error}"
            )
            raise OSError(f"port {port} {why}") from None

    @property
    def url(self) -> str:
        """Address of the index, without a slash at its end."""
        return f"http://{LOOPBACK}:{self.server_port}"

    def replay_url(self, at: datetime) -> str:
        """What VIGIE_REPLAY_URL is for the round of a moment."""
        return f"{self.url}/{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

    def count(self, moment: str, address: str, *, is_repeatable: bool) -> int:
        """The number of this request among those of an address in a round, from 1; HEAD is not one of them."""
        with self._counting:
            self._requests[moment, address] += not is_repeatable
            return max(1, self._requests[moment, address])

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no fault of the server; anything else is shown as ever."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: PageServer
    protocol_version = "HTTP/1.1"
    server_version = "VigieDemo"
    timeout = 60

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, *_: object) -> None:
        """Say nothing: the demo tells what was fetched."""

    def _answer(self) -> None:
        moment, _, address = unquote(self.path).lstrip("/").partition("/")
        archive = self.server.archive
        if not moment:
            self._send(Answer(200, index_pages(archive, self.server.url).encode()), None)
            return
        number = _round_of(archive, moment)
        if number is None:
            known = ", ".join(f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in archive.moments)
            self._send(
                Answer(404, f"No round of {moment}; there are {known}, latest\n".encode(), PLAIN), None
            )
            return
        # Some clients fold the two slashes of an address within a path.
        scheme, _, rest = address.partition(":/")
        address = f"{scheme}://{rest.lstrip('/')}" if rest else address
        is_latest = moment == "latest"
        key = "latest" if is_latest else str(number)
        request = self.server.count(key, address, is_repeatable=self.command == "HEAD")
        seen_at = None if is_latest else archive.moments[number] + timedelta(seconds=request - 1)
        # What was shown once is long over for somebody who looks now; a living frame still lives.
        self._send(archive.answer(address, number, request + is_latest), seen_at)

    def _send(self, answer: Answer, seen_at: datetime | None) -> None:
        is_known = answer.status == 200 and self._is_known(answer)
        self.send_response(304 if is_known else answer.status)
        if seen_at is not None:
            self.send_header("Memento-Datetime", format_datetime(seen_at, usegmt=True))
        if answer.etag:
            self.send_header("ETag", answer.etag)
        if answer.modified is not None:
            self.send_header("Last-Modified", format_datetime(answer.modified, usegmt=True))
        else:
            self.send_header("Cache-Control", "no-store")
        if not is_known:
            self.send_header("Content-Type", answer.media_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD" and not is_known:
            self.wfile.write(answer.body)

    def _is_known(self, answer: Answer) -> bool:
        """Whether the client has these bytes (RFC 9110, 13.2.2: If-None-Match comes before If-Modified-Since)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
            return bool(answer.etag) and (answer.etag in known or "*" in known)
        since = self.headers.get("If-Modified-Since")
        if since is None or answer.modified is None:
            return False
        try:
            return answer.modified <= parsedate_to_datetime(since)
        except (TypeError, ValueError):
            return False


def _round_of(archive: PageArchive, moment: str) -> int | None:
    if moment == "latest":
        return len(archive.moments) - 1
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return archive.moments.index(at) if at.tzinfo and at in archive.moments else None


@contextmanager
def serving(archive: PageArchive, port: int = 0) -> Iterator[PageServer]:
    """A server that answers in a thread of its own until the block ends.

    Raises:
        OSError: the port is taken.
    """
    with PageServer(archive, port) as server:
        thread = threading.Thread(target=server.serve_forever, args=(POLL,), name="demo-pages", daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def main() -> int:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Serve the demo's marketplaces, dated, on loopback.")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    port = parser.parse_args().port
    try:
        server = PageServer(PageArchive(read_rounds()), port)
    except (OSError, ValueError) as error:
        print(f"demo.serve_pages: {error} (--port)", file=sys.stderr)
        return 2
    print(f"{server.url}/  (VIGIE_REPLAY_URL={server.replay_url(server.archive.moments[-1])}); Ctrl-C ends")
    with server, suppress(KeyboardInterrupt):
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
