"""Judge one declaration: what its pages gave, what each selector fits, and whether the text can be this policy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charter.documents import Document
from charter.platforms import Platform
from crawlers.manifest import GOT_BYTES, FetchRecord
from pipeline.check_keys import declaration_key, selector_key
from pipeline.check_model import CheckedDocument, CheckedPage, CheckedSelector, Finding, Origin, worst
from pipeline.check_reading import Reading, differing_lines
from transforms.detect_language import detect_language
from transforms.find_phrases import find_missing_phrases
from transforms.split_clauses import split_clauses
from transforms.try_selectors import TriedSelector

# The shortest policy of the recorded histories has 547 characters.
MIN_CHARS = 200
# Less than this of the version in force: a selector may have come to fit a part only.
KEPT_SHARE = 0.5
# Lines long enough to be no list of words, and how many of them must differ for a text to be printed once.
LONG_LINE, MIN_LONG_LINES, DISTINCT_SHARE = 40, 6, 0.6
HEAD_LINES = 15
DIFFERING_LINES = 8
# Said better by the judgement of each selector.
_ABOUT_SELECTORS = re.compile(r'select ".*" fits nothing$|^select .* fits nothing in the page$')
_ABOUT_ROBOTS = ("robots_forbidden", "robots_unreachable")


def check_document(
    platform: Platform,
    document: Document,
    first: Reading,
    again: Reading | None,
    origin: Origin,
    length_in_force: int = 0,
) -> CheckedDocument:
    """Check one document by what was read of it; `again` is what a second fetch gave, `length_in_force` the number of
    characters of the version in force (0: none)."""
    text = first.text or ""
    clauses = split_clauses(text) if text else ()
    differing = differing_lines(text, again.text) if again and again.text is not None else ()
    findings = (
        *_judge_fetches(document, first),
        *_judge_selectors(document, first),
        *_judge_extraction(document, first),
        *_judge_text(document, first),
        *_judge_length(document, first, length_in_force),
        *_judge_stability(document, again, differing),
        *_judge_address(platform, document),
    )
    return CheckedDocument(
        document_id=document.id,
        title=document.title,
        state=document.state,
        level=worst(findings),
        findings=findings,
        pages=tuple(_page(record, origin) for record in first.pages),
        selectors=tuple(_selector(tried) for tried in first.tried),
        char_count=None if first.text is None else len(text),
        clause_count=None if first.text is None else len(clauses),
        language=document.language,
        language_found=detect_language(text),
        must_contain=document.must_contain,
        same_twice=None if again is None or again.text is None else not differing,
        differing=differing[:DIFFERING_LINES],
        head=tuple(line for line in text.splitlines() if line.strip())[:HEAD_LINES],
    )


def _judge_fetches(document: Document, first: Reading) -> Iterator[Finding]:
    declared = document.declaration.pages if document.declaration else ()
    for record in first.pages:
        if record.outcome not in GOT_BYTES:
            key = declaration_key(document, record.page, "fetch")
            yield Finding(level="broken", fault="fetch", what=f"{record.outcome}: {record.reason}", key=key)
    seen = {record.page for record in first.pages}
    for number, page in enumerate(declared):
        if number not in seen:
            what = f"the crawl ended before {page.fetch} was fetched"
            yield Finding(level="broken", fault="fetch", what=what)


def _judge_selectors(document: Document, first: Reading) -> Iterator[Finding]:
    found = {tried.page for tried in first.tried if tried.role == "select" and tried.count}
    for tried in first.tried:
        if tried.count:
            continue
        is_fatal = bool(tried.error) or (tried.role == "select" and tried.page not in found)
        yield Finding(
            level="broken" if is_fatal and first.text is None else "warning",
            fault=tried.role,
            what=tried.error or f'{tried.role} "{tried.selector}" fits nothing in the page',
            key=selector_key(document, tried.page, tried.role, tried.number),
        )


def _judge_extraction(document: Document, first: Reading) -> Iterator[Finding]:
    is_told = any(not tried.count for tried in first.tried) and _ABOUT_SELECTORS.search(first.error)
    key = declaration_key(document, 0, "select")
    if first.offers:
        offered = ", ".join(f"{selector} ({size:,} characters)" for selector, size in first.offers)
        yield Finding(
            level="broken", fault="select", what=f"none is declared; the page has {offered}", key=key
        )
    elif first.error and not is_told:
        is_empty = "without text" in first.error
        yield Finding(level="broken", fault="empty" if is_empty else "extraction", what=first.error, key=key)
    for warning in first.warnings:
        if not _ABOUT_SELECTORS.search(warning):
            yield Finding(level="warning", fault="guessed", what=warning)


def _judge_text(document: Document, first: Reading) -> Iterator[Finding]:
    if first.text is None:
        return
    found = detect_language(first.text)
    if found and found != document.language:
        what = f"the text is in {found!r}, declared is {document.language!r}"
        yield Finding(level="broken", fault="language", what=what, key="language")
    for phrase in find_missing_phrases(first.text, document.must_contain):
        key = f"must_contain.{document.must_contain.index(phrase)}"
        yield Finding(level="broken", fault="must_contain", what=f'the text lacks "{phrase}"', key=key)


def _judge_length(document: Document, first: Reading, in_force: int) -> Iterator[Finding]:
    if first.text is None:
        return
    key, size = declaration_key(document, 0, "select"), len(first.text)
    if size < MIN_CHARS:
        yield Finding(
            level="broken", fault="short", what=f"only {size} characters: {first.text.strip()!r}", key=key
        )
    elif size < KEPT_SHARE * in_force:
        what = f"{size:,} characters, the version in force has {in_force:,}"
        yield Finding(level="warning", fault="shrunk", what=what, key=key)
    lines = [line for line in first.text.splitlines() if len(line) >= LONG_LINE]
    if len(lines) >= MIN_LONG_LINES and len(set(lines)) < DISTINCT_SHARE * len(lines):
        what = f"{len(lines) - len(set(lines))} of {len(lines)} long lines stand there again: rendered twice?"
        yield Finding(level="warning", fault="repeated", what=what, key=key)


def _judge_stability(
    document: Document, again: Reading | None, differing: Sequence[str]
) -> Iterator[Finding]:
    if again is not None and again.text is None:
        failed = "; ".join(f"{page.outcome}: {page.reason}" for page in again.pages if page.reason)
        what = f"the second fetch gave no text: {again.error or failed or 'it was cut short'}"
        yield Finding(level="warning", fault="unstable", what=what)
    elif differing:
        lines = "one line" if len(differing) == 1 else f"{len(differing)} lines"
        key = declaration_key(document, 0, "remove")
        yield Finding(
            level="warning", fault="unstable", what=f"two fetches in a row differ in {lines}", key=key
        )


def _judge_address(platform: Platform, document: Document) -> Iterator[Finding]:
    is_immutable = any(obstacle.kind == "immutable_asset" for obstacle in platform.obstacles)
    declaration = document.declaration
    if not is_immutable or document.format != "pdf" or declaration is None:
        return
    if not any(page.follow_link for page in declaration.pages):
        what = "the address changes with its content: a new text would not be seen here"
        key = declaration_key(document, 0, "follow_link")
        yield Finding(level="warning", fault="immutable_address", what=what, key=key)


def _page(record: FetchRecord, origin: Origin) -> CheckedPage:
    robots = ""
    if origin != "captures":
        is_allowed = record.warc_file is not None
        robots = record.reason if record.outcome in _ABOUT_ROBOTS else "allows it" if is_allowed else ""
    return CheckedPage(
        url=record.url,
        final_url=record.final_url,
        outcome=record.outcome,
        reason=record.reason,
        observed_at=record.observed_at,
        robots=robots,
    )


def _selector(tried: TriedSelector) -> CheckedSelector:
    return CheckedSelector(
        page=tried.page,
        role=tried.role,
        selector=tried.selector,
        count=tried.count,
        samples=tried.samples,
    )
