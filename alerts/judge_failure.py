"""What a failed call to Slack means for the alert and for the rest of the run.

Error words are those of Slack's reference for chat.postMessage and chat.update. Slack says of
`internal_error` and `fatal_error` that part of the operation may have succeeded: the outcome is unknown, like
that of a dropped connection.
"""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from alerts.outbox import FailureOutcome

_STOPS_ALL: Final = frozenset(
    {
        "access_denied",
        "account_inactive",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
_RATE_LIMITED: Final = frozenset({"ratelimited", "rate_limited"})
_UNKNOWN: Final = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
_NEVER_CONNECTED: Final = frozenset({errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH})
_MAX_ERROR: Final = 300


@dataclass(frozen=True, slots=True)
class Failure:
    """Slack's error word, or the connection's error; whether the alert may stand there; whether to go on."""

    error: str
    outcome: FailureOutcome
    stops_all: bool = False


def judge_failure(error: Exception) -> Failure:
    """Judge what slack-sdk raised: SlackApiError, or an error of the connection."""
    if isinstance(error, SlackApiError):
        return _judge_answer(error)
    reason = error.reason if isinstance(error, URLError) else error
    words = f"{type(reason).__name__}: {reason}"[:_MAX_ERROR]
    if isinstance(reason, OSError) and reason.errno in _NEVER_CONNECTED:
        return Failure(words, "later", stops_all=True)
    return Failure(words, "unknown")


def _judge_answer(error: SlackApiError) -> Failure:
    response = error.response
    word = str(response.get("error") or "no error word")[:_MAX_ERROR]
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS or word in _RATE_LIMITED:
        return Failure("ratelimited", "later", stops_all=True)
    if word in _STOPS_ALL:
        return Failure(word, "refused", stops_all=True)
    is_slack_word = re.fullmatch(r"[a-z0-9_]+", word) is not None
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or word in _UNKNOWN or not is_slack_word:
        return Failure(word, "unknown")
    return Failure(word, "refused")
