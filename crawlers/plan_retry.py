"""When a page that failed in passing is asked for again within the same crawl. Pure.

The schedule has no jitter: one crawl asks one host, and a run that is repeated does the same again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crawlers.manifest import Outcome

# Passing failures of the network or the server. A browser that fails is not tried again before the next crawl.
RETRIED: tuple[Outcome, ...] = ("busy", "server_error", "unreachable", "robots_unreachable")
# A host that asks for more is left alone for the rest of the crawl.
MAX_WAIT = 120.0
# A host that is down must not hold up a crawl page by page.
MAX_RETRIES_PER_HOST = 6
# Part of the reason of a failure that another try meets again.
_LASTING = ("certificate verify failed",)


def plan_retry(
    outcome: Outcome, reason: str, retry: int, retries: int, backoff: float, retry_after: float | None
) -> float | None:
    """Seconds to wait before the next try, None where there is none. `retry` counts the tries again so far, `retries`
    those allowed; the wait is `backoff` seconds, doubled each time, or what the host asks for if that is longer."""
    if outcome not in RETRIED or retry >= retries or any(words in reason for words in _LASTING):
        return None
    wait = max(backoff * 2**retry, retry_after or 0.0)
    return wait if wait <= MAX_WAIT else None


def read_retry_after(value: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, given as such or as a date; None where it says nothing."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return max(0.0, (moment - now).total_seconds())
