"""What the lack of an answer means for the page that was asked for: one outcome of the closed list, with its reason."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from twisted.web.client import ResponseFailed

from crawlers.failures import HeadersTooLarge, NoAnswer, PrivateAddress, Withheld
from crawlers.job import Job
from crawlers.judge_answer import Judgement

MAX_REDIRECTS = 5


def judge_failure(
    error: BaseException, host: str, job: Job, last_status: int | None = None
) -> Judgement | None:
    """The outcome of a request that ended in an exception. `last_status` is that of the answer before, if any.

    None for an exception that says nothing of the site: a fault of ours must not pass for an outcome.
    """
    if isinstance(error, Withheld):
        return error.judgement
    if isinstance(error, NoAnswer):
        return _judge_no_answer(error.__cause__, host, job)
    # The only other reason for which Scrapy gives a request of ours up.
    if isinstance(error, IgnoreRequest):
        return Judgement("redirect_loop", f"{host} redirects more than {MAX_REDIRECTS} times")
    if isinstance(error, ValueError) and last_status is not None and 300 <= last_status < 400:
        return Judgement("unexpected_answer", f"{host} redirects to what is no address ({error})")
    return None


def _judge_no_answer(cause: BaseException | None, host: str, job: Job) -> Judgement:
    if isinstance(cause, PrivateAddress):
        return Judgement("private_address", f"{host} lies on {cause}, which is not a public address")
    if any(isinstance(error, HeadersTooLarge) for error in _wrapped(cause)):
        return Judgement("too_large", f"{host} answered with headers that do not end")
    if isinstance(cause, DownloadCancelledError):
        return Judgement("too_large", f"{host} answered with more than {job.max_bytes} bytes")
    if isinstance(cause, DownloadTimeoutError):
        return Judgement("unreachable", f"{host} did not answer within {job.timeout:g} seconds")
    if isinstance(cause, CannotResolveHostError):
        return Judgement("unreachable", f"the name {host} cannot be resolved")
    if isinstance(cause, DownloadConnectionRefusedError):
        return Judgement("unreachable", f"{host} refuses the connection")
    if isinstance(cause, ResponseDataLossError):
        return Judgement("unreachable", f"{host} broke its answer off")
    return Judgement("unreachable", f"the connection to {host} failed: {_describe(cause)}")


def _wrapped(error: BaseException | None) -> list[BaseException]:
    wrapped = error.__cause__ if error is not None else None
    if not isinstance(wrapped, ResponseFailed):
        return []
    return [failure.value for failure in wrapped.reasons if failure.value is not None]


def _describe(error: BaseException | None) -> str:
    """The message of an error, or that of the first of the errors that it only wraps."""
    wrapped = _wrapped(error)
    if wrapped:
        return str(wrapped[0]) or type(wrapped[0]).__name__
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
