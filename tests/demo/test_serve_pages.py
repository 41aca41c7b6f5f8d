"""The replay server, asked over HTTP: dates, validators, faults, what is shown once, robots.txt."""

from __future__ import annotations

import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from demo.page_archive import PageArchive
from demo.serve_pages import PageServer, serving
from tests.conftest import ROOT
from tests.demo.make_rounds import ANNEX, CHANGE, HOST, ROUNDS, TERMS, read, step, write_rounds

FIRST, SECOND, THIRD, _ = ROUNDS
Steps = dict[str, object] | None


@contextmanager
def served(folder: Path, *steps: Steps, **others: object) -> Iterator[PageServer]:
    with serving(PageArchive(read(write_rounds(folder, *steps, **others)))) as server:  # type: ignore[arg-type]
        yield server


def ask(server: PageServer, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def seconds_after(response: HTTPResponse, moment: str) -> float:
    seen = parsedate_to_datetime(response.headers["Memento-Datetime"])
    return (seen - parsedate_to_datetime("Mon, 02 Mar 2026 06:00:00 GMT")).total_seconds() - 7 * 86400 * (
        ROUNDS.index(moment)
    )


def test_a_page_is_the_one_of_its_round_and_dated_so(tmp_path: Path) -> None:
    with served(tmp_path, step(edits=[CHANGE])) as server:
        for moment, rate in ((FIRST, "12 %"), (SECOND, "14 %")):
            response, body = ask(server, f"/{moment}/{TERMS}")
            assert response.status == 200
            assert seconds_after(response, moment) == 0
            assert response.headers["Content-Type"] == "text/html; charset=utf-8"
            assert rate in body.decode()


def test_a_repeated_request_is_one_second_later_and_head_is_not_a_request(tmp_path: Path) -> None:
    with served(tmp_path, None) as server:
        assert seconds_after(ask(server, f"/{FIRST}/{TERMS}", "HEAD")[0], FIRST) == 0
        later = [seconds_after(ask(server, f"/{FIRST}/{TERMS}")[0], FIRST) for _ in range(3)]
        assert later == [0, 1, 2]
        # Another page, and another round, begin anew.
        assert seconds_after(ask(server, f"/{FIRST}/{ANNEX}")[0], FIRST) == 0
        assert seconds_after(ask(server, f"/{SECOND}/{TERMS}")[0], SECOND) == 0


def test_the_latest_state_is_observed_now_and_without_what_was_shown_once(tmp_path: Path) -> None:
    once = step(edits=[CHANGE], once=True, expect={"verdict": "oscillation"})
    with served(tmp_path, None, once) as server:
        response, body = ask(server, f"/latest/{TERMS}")
        assert response.status == 200
        assert "Memento-Datetime" not in response.headers
        assert "12 %" in body.decode()


def test_known_bytes_are_answered_304_by_etag_or_by_date(tmp_path: Path) -> None:
    with served(tmp_path, None, step(edits=[CHANGE])) as server:
        response, _ = ask(server, f"/{FIRST}/{TERMS}")
        etag, modified = response.headers["ETag"], response.headers["Last-Modified"]
        for headers in (
            {"If_None_Match": etag},
            {"If_None_Match": f'"other", W/{etag}'},
            {"If_Modified_Since": modified},
        ):
            response, body = ask(server, f"/{SECOND}/{TERMS}", **headers)
            assert (response.status, body) == (304, b"")
            assert response.headers["ETag"] == etag
            assert "Memento-Datetime" in response.headers
            response, body = ask(server, f"/{THIRD}/{TERMS}", **headers)
            assert response.status == 200
            assert "14 %" in body.decode()
        # The entity tag decides where both are given.
        response, _ = ask(server, f"/{FIRST}/{TERMS}", If_None_Match='"other"', If_Modified_Since=modified)
        assert response.status == 200
        assert ask(server, f"/{FIRST}/{TERMS}", If_Modified_Since="yesterday")[0].status == 200


def test_a_living_frame_has_no_validators_and_other_bytes_each_time(tmp_path: Path) -> None:
    with served(tmp_path, None, frame="living") as server:
        answers = [ask(server, f"/{FIRST}/{TERMS}", If_None_Match="*") for _ in range(2)]
        assert {response.status for response, _ in answers} == {200}
        assert {response.headers["ETag"] for response, _ in answers} == {None}
        assert answers[0][1] != answers[1][1]


def test_what_is_shown_once_is_taken_back_at_the_second_request(tmp_path: Path) -> None:
    once = step(edits=[CHANGE], once=True, expect={"verdict": "oscillation"})
    with served(tmp_path, once) as server:
        first, before = ask(server, f"/{SECOND}/{TERMS}")
        # The bytes that were shown once are no longer the page's, so their validator is not known any more.
        second, after = ask(server, f"/{SECOND}/{TERMS}", If_None_Match=first.headers["ETag"])
        assert "14 %" in before.decode()
        assert second.status == 200
        assert "12 %" in after.decode()
        assert second.headers["ETag"] == ask(server, f"/{FIRST}/{TERMS}")[0].headers["ETag"]


@pytest.mark.parametrize(
    ("fault", "status", "shown"),
    [
        ("challenge", 200, "Vérifiez que vous êtes humain"),
        ("emptied", 200, "Tout accepter"),
        ("unavailable", 503, "503 Service Unavailable"),
        ("gone", 410, "410 Gone"),
    ],
)
def test_a_fault_lasts_one_round(tmp_path: Path, fault: str, status: int, shown: str) -> None:
    expect = {"verdict": "quarantined", "incident": "x"}
    with served(tmp_path, step(answer=fault, expect=expect), None) as server:
        known = ask(server, f"/{FIRST}/{TERMS}")[0].headers["ETag"]
        response, body = ask(server, f"/{SECOND}/{TERMS}", If_None_Match=known)
        assert response.status == status
        assert shown in body.decode()
        assert "La commission" not in body.decode()
        assert seconds_after(response, SECOND) == 0
        assert ask(server, f"/{THIRD}/{TERMS}", If_None_Match=known)[0].status == 304
        assert ask(server, f"/{SECOND}/{ANNEX}")[0].status == 200


def test_an_emptied_page_may_leave_a_line(tmp_path: Path) -> None:
    expect = {"verdict": "quarantined", "incident": "x"}
    with served(tmp_path, step(answer="emptied", left="Bientôt de retour.", expect=expect)) as server:
        assert "<p>Bientôt de retour.</p>" in ask(server, f"/{SECOND}/{TERMS}")[1].decode()


def test_robots_txt_allows_everything_forbids_a_page_or_is_missing(tmp_path: Path) -> None:
    expect = {"verdict": "policy_blocked", "outcome": "robots_forbidden", "incident": "robots.txt"}
    with served(tmp_path, step(answer="robots_forbids", expect=expect)) as server:
        response, body = ask(server, f"/{FIRST}/https://{HOST}/robots.txt")
        assert (response.status, body.decode()) == (200, "User-agent: *\nDisallow:\n")
        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert seconds_after(response, FIRST) == 0
        _, body = ask(server, f"/{SECOND}/https://{HOST}/robots.txt")
        assert body.decode() == "User-agent: *\nDisallow: /vendre/conditions\n"
    with served(tmp_path, without_robots=[HOST]) as server:
        response, _ = ask(server, f"/{FIRST}/https://{HOST}/robots.txt")
        assert response.status == 404
        assert seconds_after(response, FIRST) == 0


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (f"/{FIRST}/https://elsewhere.example/", "No such host in this archive: elsewhere.example"),
        (f"/{FIRST}/https://{HOST}/elsewhere", "No such page in this archive"),
        (f"/{FIRST}/https://{HOST}/vendre/annexe", "No such page in this archive"),
        (f"/2031-01-01T00:00:00Z/{TERMS}", f"there are {FIRST}, {SECOND}, latest"),
        (f"/2026-03-02T06:00:00/{TERMS}", "No round of 2026-03-02T06:00:00"),
        ("/favicon.ico", "No round of favicon.ico"),
    ],
)
def test_what_the_archive_does_not_have_is_told(tmp_path: Path, path: str, told: str) -> None:
    with served(tmp_path, None) as server:
        response, body = ask(server, path)
        assert response.status == 404
        assert told in body.decode()


def test_an_address_is_found_folded_or_percent_encoded(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        for written in (TERMS.replace("//", "/"), TERMS.replace(":", "%3A").replace("/", "%2F"), ANNEX):
            assert ask(server, f"/{FIRST}/{written}")[0].status == 200, written


def test_head_has_the_headers_and_no_body(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        head, nothing = ask(server, f"/{FIRST}/{TERMS}", "HEAD")
        get, body = ask(server, f"/{FIRST}/{TERMS}")
        assert nothing == b""
        assert head.headers["Content-Length"] == str(len(body))
        assert head.headers["ETag"] == get.headers["ETag"]


def test_the_index_lists_every_round_and_page(tmp_path: Path) -> None:
    with served(tmp_path, None) as server:
        response, body = ask(server, "/")
        assert response.status == 200
        for shown in (f"VIGIE_REPLAY_URL={server.url}/{FIRST}", f'href="/{SECOND}/{ANNEX}"'):
            assert shown in body.decode()


def test_a_port_that_is_taken_is_told_by_number(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        with pytest.raises(OSError, match=f"port {server.server_port} is taken; choose another"):
            PageServer(server.archive, server.server_port)
        done = subprocess.run(
            [sys.executable, "-m", "demo.serve_pages", "--port", str(server.server_port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 2
        assert (
            done.stderr == f"demo.serve_pages: port {server.server_port} is taken; choose another (--port)\n"
        )


def test_a_client_that_hangs_up_leaves_no_trace(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with served(tmp_path) as server:
        for _ in range(3):
            client = socket.create_connection(("127.0.0.1", server.server_port), timeout=10)
            # Closed with a reset, in the middle of a request.
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.sendall(f"GET /{FIRST}/{TERMS} HTTP/1.1\r\nHost: x\r\n".encode())
            client.close()
        assert ask(server, f"/{FIRST}/{TERMS}")[0].status == 200
    assert capfd.readouterr() == ("", "")
