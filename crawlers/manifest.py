"""What a crawl found: the manifest, one JSON line per fetch, and the closed list of outcomes.

The verdict that each outcome leads to is in docs/crawling.md; a test keeps table and list the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, get_args

from pydantic import StrictInt, ValidationError

from charter.strict import Moment, Strict, Text

Outcome = Literal[
    "fetched",  # 2xx with a body of its own
    "not_modified",  # 304: the snapshot known already
    "gone",  # 404 or 410
    "refused",  # 401, 403, 406, 451: the site does not want this client
    "robots_forbidden",  # robots.txt answers 401 or 403, or forbids the address
    "robots_unreachable",  # robots.txt answers 429 or 5xx, or not at all
    "challenged",  # a challenge or block page, whatever its status
    "login_required",  # a login wall
    "script_required",  # a shell that asks for JavaScript
    "consent_only",  # nothing but a request for consent
    "busy",  # 429
    "server_error",  # 5xx
    "unreachable",  # no answer: name, connection, time
    "left_allowed_hosts",  # the declared address or a redirect lies outside the platform's own hosts
    "private_address",  # the host lies on an address that is not a public one
    "link_missing",  # the page does not have the link to the document that is declared
    "redirect_loop",  # too many redirects
    "too_large",  # more bytes than the job allows, as sent, unpacked or in the headers
    "not_rendered",  # declared selectors never appeared, the browser failed, or there is none
    "unexpected_answer",  # any other status, an answer without a body, or an error page with a status of success
]
OUTCOMES: tuple[str, ...] = get_args(Outcome)
GOT_BYTES = ("fetched", "not_modified")
# Worth another try within the hour; the others are answers.
TRANSIENT = ("busy", "server_error", "unreachable", "robots_unreachable", "not_rendered")


class FetchRecord(Strict):
    """One attempt to fetch one page of a document.

    `page` counts from 0 in the order of the declaration, `attempt` from 1. `observed_at` is the moment of the answer,
    or the one that a replay server states. `snapshot_hash` is the SHA-256 (hex) of the body after content decoding;
    `snapshot_file`/`snapshot_offset`/`snapshot_record_id` name the WARC response record that holds those bytes, an
    earlier one for a 304 or a revisit. `warc_file`/`warc_offset`/`warc_record_id` name the record of this very answer
    (None when there was no answer). Files are relative to the data folder. `payload_digest` is `sha256:<hex>` of the
    body as transferred.

    `evidence` is what speaks for a block, a wall or a shell. `rendered`: a browser made the page, in `render_ms`
    milliseconds beside the exchanges; bytes, digests and records are then those of its DOM, whose WARC record names the
    answer that it was made from.
    """

    document_id: StrictInt
    page: StrictInt
    attempt: StrictInt
    url: Text
    final_url: str = ""
    observed_at: Moment
    started_at: Moment
    elapsed_ms: StrictInt
    http_status: StrictInt | None = None
    outcome: Outcome
    reason: Text
    evidence: tuple[str, ...] = ()
    media_type: str = ""
    byte_count: StrictInt = 0
    etag: str = ""
    last_modified: str = ""
    snapshot_hash: str | None = None
    payload_digest: str = ""
    snapshot_file: str | None = None
    snapshot_offset: StrictInt | None = None
    snapshot_record_id: str | None = None
    warc_file: str | None = None
    warc_offset: StrictInt | None = None
    warc_record_id: str | None = None
    rendered: bool = False
    render_ms: StrictInt = 0

    def __str__(self) -> str:
        return f"{self.outcome}: {self.url} ({self.reason})"


def read_manifest(file: Path) -> list[FetchRecord]:
    """Fetches of a manifest in the order they ended; none when there is no manifest yet.

    A last line that a killed process did not finish is left out: its fetch will be done again.

    Raises:
        ValueError: another line is not a fetch; file and line are named.
    """
    if not file.is_file():
        return []
    lines = file.read_bytes().split(b"\n")
    complete, _unfinished = lines[:-1], lines[-1]
    records = []
    for number, line in enumerate(complete, start=1):
        try:
            records.append(FetchRecord.model_validate_json(line))
        except ValidationError as error:
            raise ValueError(f"{file}:{number}: not a fetch: {error}") from None
    return records


def group_fetches(records: Iterable[FetchRecord]) -> dict[int, list[FetchRecord]]:
    """Fetches of each document, in the order they ended."""
    found: dict[int, list[FetchRecord]] = {}
    for record in records:
        found.setdefault(record.document_id, []).append(record)
    return found


def latest_fetches(records: list[FetchRecord]) -> dict[tuple[int, int], FetchRecord]:
    """The last attempt at each page, by (document id, page)."""
    return {(record.document_id, record.page): record for record in records}
