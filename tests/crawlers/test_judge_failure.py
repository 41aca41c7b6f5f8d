"""The outcome of a request without an answer, by what the downloader raised."""

from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectionLost, NoRouteError
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from crawlers.failures import NoAnswer, RecordingFailed, Withheld
from crawlers.job import Job, read_job
from crawlers.judge_answer import Judgement
from crawlers.judge_failure import judge_failure
from tests.crawlers.sample_jobs import write_job


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return read_job(write_job(tmp_path, ["https://bazar.example/"], timeout=60.0))


def caused_by(cause: Exception) -> NoAnswer:
    error = NoAnswer("https://bazar.example/")
    error.__cause__ = cause
    return error


def broken_connection() -> DownloadFailedError:
    error = DownloadFailedError("[<twisted.python.failure.Failure ...>]")
    error.__cause__ = ResponseFailed([Failure(ConnectionLost("reset by peer"))])
    return error


@pytest.mark.parametrize(
    ("cause", "outcome", "reason"),
    [
        (DownloadTimeoutError("x"), "unreachable", "bazar.example did not answer within 60 seconds"),
        (CannotResolveHostError("x"), "unreachable", "the name bazar.example cannot be resolved"),
        (DownloadConnectionRefusedError("x"), "unreachable", "bazar.example refuses the connection"),
        (ResponseDataLossError(), "unreachable", "bazar.example broke its answer off"),
        (
            broken_connection(),
            "unreachable",
            "the connection to bazar.example failed: Connection to the other",
        ),
        (NoRouteError(113), "unreachable", "the connection to bazar.example failed: NoRouteError"),
        (UnicodeError("label too long"), "unreachable", "UnicodeError: label too long"),
        (DownloadCancelledError("x"), "too_large", "bazar.example answered with more than 1000000 bytes"),
    ],
)
def test_what_the_downloader_raised_names_the_reason(
    job: Job, cause: Exception, outcome: str, reason: str
) -> None:
    judgement = judge_failure(caused_by(cause), "bazar.example", job)
    assert judgement is not None
    assert judgement.outcome == outcome
    assert reason in judgement.reason
    assert "<" not in judgement.reason


def test_a_request_that_was_withheld_carries_its_outcome(job: Job) -> None:
    judgement = Judgement("left_allowed_hosts", "elsewhere")
    assert judge_failure(Withheld(judgement), "bazar.example", job) is judgement


def test_a_request_that_scrapy_gives_up_was_redirected_too_often(job: Job) -> None:
    judgement = judge_failure(IgnoreRequest("max redirections reached"), "bazar.example", job)
    assert judgement is not None and judgement.outcome == "redirect_loop"


@pytest.mark.parametrize("status", [None, 200])
@pytest.mark.parametrize(
    "error", [ValueError("ours"), KeyError("ours"), RecordingFailed("disk full"), OSError()]
)
def test_a_fault_of_ours_is_no_outcome(job: Job, error: Exception, status: int | None) -> None:
    assert judge_failure(error, "bazar.example", job, status) is None
