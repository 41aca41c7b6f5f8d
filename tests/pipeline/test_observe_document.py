"""One document in one round, from WARC records: outcome, reason, text, warnings."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fpdf import FPDF
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from charter.declaration import Declaration
from crawlers.job import JobDocument
from crawlers.manifest import GOT_BYTES, OUTCOMES, FetchRecord
from pipeline.observe_document import OBSERVED, WORST_FIRST, Observed, observe_document
from warehouse.read_fetches import Capture

AT = datetime(2025, 2, 3, 6, tzinfo=UTC)
ADDRESS = "https://bazar-de-brume.example/vendre/conditions"
HTML = "text/html; charset=utf-8"
TERMS = (
    "<main><h1>Conditions générales</h1><p>Le Vendeur reçoit un préavis de <b>30\u00a0jours</b>.</p></main>"
)

Keep = Callable[..., FetchRecord]


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    """Write a body as a response record of a WARC file of its own; gives the fetch that brought it."""

    def write(body: str | bytes, content_type: str = HTML, page: int = 0, **changes: Any) -> FetchRecord:
        stored = BytesIO()
        writer = WARCWriter(stored, gzip=True)
        headers = StatusAndHeaders("200 OK", [("Content-Type", content_type)], protocol="HTTP/1.1")
        payload = BytesIO(body.encode() if isinstance(body, str) else body)
        writer.write_record(
            writer.create_warc_record(ADDRESS, "response", payload=payload, http_headers=headers)
        )
        file = f"{len(list(tmp_path.iterdir()))}.warc.gz"
        (tmp_path / file).write_bytes(stored.getvalue())
        place = {"snapshot_file": file, "snapshot_offset": 0}
        return fetch("fetched", page=page, **(place | changes))

    return write


def fetch(outcome: str, page: int = 0, **changes: Any) -> FetchRecord:
    known = {
        "document_id": 7,
        "page": page,
        "attempt": 1,
        "url": ADDRESS,
        "observed_at": AT,
        "started_at": AT,
        "elapsed_ms": 12,
        "outcome": outcome,
        "reason": f"the host said {outcome}",
    }
    return FetchRecord.model_validate(known | changes)


def declare(*pages: dict[str, Any], **rules: Any) -> Declaration:
    wanted = {"combine": list(pages)} if pages else {"fetch": ADDRESS, "select": "main"}
    return Declaration.model_validate(wanted | rules)


def document(declaration: Declaration, *must_contain: str) -> JobDocument:
    return JobDocument(
        document_id=7, name="brume/cgv", language="fr", declaration=declaration, must_contain=must_contain
    )


TWO_PAGES = ({"fetch": ADDRESS, "select": "main"}, {"fetch": f"{ADDRESS}/annexe.pdf"})


def observe(
    folder: Path,
    *fetches: FetchRecord,
    of: JobDocument | None = None,
    capture: Capture | None = None,
) -> Observed:
    return observe_document(of or document(declare()), fetches, folder, capture)


def terms_pdf(*lines: str) -> bytes:
    pdf = FPDF()
    pdf.core_fonts_encoding = "windows-1252"
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    for line in lines:
        pdf.multi_cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def test_a_page_gives_its_text_with_selector_hits_and_the_extractor(tmp_path: Path, keep: Keep) -> None:
    observed = observe(tmp_path, keep(TERMS))
    assert (observed.outcome, observed.reason, observed.at, observed.warnings) == ("text", "", AT, ())
    assert observed.text == "# Conditions générales\n\nLe Vendeur reçoit un préavis de **30 jours**.\n"
    assert json.loads(observed.selector_hits) == [[0, "select", "main", 1]]
    assert "selectolax" in observed.extractor_version


def test_the_header_tells_the_encoding_that_the_page_does_not(tmp_path: Path, keep: Keep) -> None:
    observed = observe(
        tmp_path, keep("<main>žlutý kůň</main>".encode("iso8859-2"), "text/html; charset=ISO-8859-2")
    )
    assert (observed.text, observed.warnings) == ("žlutý kůň\n", ())


def test_a_pdf_is_read_where_a_pdf_is_declared(tmp_path: Path, keep: Keep) -> None:
    declared = declare(fetch=f"{ADDRESS}.pdf", select=[])
    body = terms_pdf("Le Vendeur reçoit un préavis de 30 jours.")
    observed = observe(tmp_path, keep(body, "application/pdf"), of=document(declared))
    assert (observed.outcome, observed.text, observed.warnings) == (
        "text",
        "Le Vendeur reçoit un préavis de 30 jours.\n",
        (),
    )
    assert "PDFium" in observed.extractor_version


def test_html_and_pdf_together_make_one_document(tmp_path: Path, keep: Keep) -> None:
    fetches = (
        keep(TERMS),
        keep(terms_pdf("Annexe : la commission est de 12 %."), "application/pdf", page=1),
    )
    observed = observe(tmp_path, *fetches, of=document(declare(*TWO_PAGES)))
    assert observed.text is not None
    assert observed.text.startswith("# Conditions générales")
    assert observed.text.endswith("\n\nAnnexe : la commission est de 12 %.\n")
    assert "selectolax" in observed.extractor_version and "PDFium" in observed.extractor_version


def test_a_selector_that_fits_nothing_is_an_incident_without_text(tmp_path: Path, keep: Keep) -> None:
    observed = observe(tmp_path, keep("<article>Conditions</article>"))
    assert (observed.outcome, observed.text) == ("quarantined", None)
    assert observed.reason == 'no text: select "main" fits nothing in the page'


def test_an_image_in_place_of_the_page_is_an_incident(tmp_path: Path, keep: Keep) -> None:
    observed = observe(tmp_path, keep(b"\x89PNG\r\n\x1a\n" + bytes(40), "image/png"))
    assert observed.reason == "no text: neither HTML nor PDF but an image (PNG), declared as image/png"


def test_bytes_that_the_archive_lost_are_an_incident(tmp_path: Path, keep: Keep) -> None:
    record = keep(TERMS)
    (tmp_path / str(record.snapshot_file)).unlink()
    observed = observe(tmp_path, record)
    assert observed.outcome == "quarantined" and "no such file" in observed.reason


@pytest.mark.parametrize("phrase", ["Conditions Generales", "PRÉAVIS DE 30 jours", "reçoit un\n préavis"])
def test_case_accents_spaces_and_marks_do_not_hide_a_phrase(tmp_path: Path, keep: Keep, phrase: str) -> None:
    assert observe(tmp_path, keep(TERMS), of=document(declare(), phrase)).outcome == "text"


def test_a_text_without_a_phrase_it_must_contain_waits_for_a_person(tmp_path: Path, keep: Keep) -> None:
    wanted = document(declare(), "préavis", "résiliation", "deux médiateurs")
    observed = observe(tmp_path, keep(TERMS), of=wanted)
    assert observed.outcome == "quarantined"
    assert observed.reason == (
        'the text lacks "résiliation" and "deux médiateurs", which this document must contain'
    )
    assert observed.text is not None and "préavis" in observed.text


def test_the_last_attempt_at_a_page_counts(tmp_path: Path, keep: Keep) -> None:
    later = keep(TERMS, attempt=2)
    assert observe(tmp_path, fetch("busy"), later).outcome == "text"
    assert observe(tmp_path, keep(TERMS), fetch("gone", attempt=2)).outcome == "gone"


@pytest.mark.parametrize(("outcome", "expected"), sorted(OBSERVED.items()))
def test_a_page_without_bytes_is_told_by_its_reason(tmp_path: Path, outcome: str, expected: str) -> None:
    observed = observe(tmp_path, fetch(outcome))
    assert (observed.outcome, observed.reason, observed.text) == (expected, f"the host said {outcome}", None)


@pytest.mark.parametrize(
    ("first", "second", "expected", "reason"),
    [
        ("fetched", "unreachable", "unreachable", "page 2 of 2: the host said unreachable"),
        ("fetched", "", "unreachable", "page 2 of 2: the crawl ended before this page was fetched"),
        ("gone", "gone", "gone", "page 1 of 2: the host said gone"),
        ("fetched", "gone", "quarantined", "page 2 of 2: the host said gone"),
        ("gone", "unreachable", "unreachable", "page 2 of 2: the host said unreachable"),
        ("unreachable", "challenged", "quarantined", "page 2 of 2: the host said challenged"),
        ("challenged", "refused", "policy_blocked", "page 2 of 2: the host said refused"),
    ],
)
def test_no_version_unless_every_page_arrived(
    tmp_path: Path, keep: Keep, first: str, second: str, expected: str, reason: str
) -> None:
    fetches = [keep(TERMS) if first == "fetched" else fetch(first)]
    fetches += [fetch(second, page=1)] if second else []
    observed = observe(tmp_path, *fetches, of=document(declare(*TWO_PAGES)))
    assert (observed.outcome, observed.reason, observed.text) == (expected, reason, None)


def test_every_outcome_has_its_place_among_those_of_several_pages() -> None:
    assert set(OBSERVED.values()) == set(WORST_FIRST)


def test_a_declaration_that_was_not_in_force_at_the_moment_of_the_answer_is_told(
    tmp_path: Path, keep: Keep
) -> None:
    later = declare(valid_from="2025-02-04T00:00:00Z")
    assert observe(tmp_path, keep(TERMS), of=document(later)).warnings == (
        "fetched under a declaration that was not in force at 2025-02-03T06:00:00+00:00",
    )


def test_an_earlier_capture_is_extracted_again_under_changed_rules(tmp_path: Path, keep: Keep) -> None:
    earlier = keep(TERMS.replace("30", "60"))
    first = observe(tmp_path, earlier)
    pages = ((str(earlier.snapshot_file), 0),)
    same = Capture(declare().content_hash, first.extractor_version, "hash", pages)
    assert observe(tmp_path, keep(TERMS), capture=same).previous_text is None
    narrower = document(declare(select="main p"))
    observed = observe(tmp_path, keep(TERMS), of=narrower, capture=same)
    assert observed.technical_reason == "the declaration changed"
    assert observed.previous_text == "Le Vendeur reçoit un préavis de **60 jours**.\n"
    older = Capture(declare().content_hash, "1 (older)", "hash", pages)
    assert observe(tmp_path, keep(TERMS), capture=older).technical_reason == "the extractor changed"


def test_a_page_that_becomes_a_pdf_is_no_change_of_ours(tmp_path: Path, keep: Keep) -> None:
    earlier = keep(TERMS)
    capture = Capture(
        declare().content_hash,
        observe(tmp_path, earlier).extractor_version,
        "hash",
        ((str(earlier.snapshot_file), 0),),
    )
    now = observe(tmp_path, keep(terms_pdf("Conditions"), "application/pdf"), capture=capture)
    assert (now.outcome, now.technical_reason, now.previous_text) == ("text", "", None)
    assert now.warnings == ("a PDF came where HTML is declared: it is read whole, without select and remove",)


def test_every_outcome_of_a_fetch_without_bytes_leads_to_one_of_a_document() -> None:
    assert {*OBSERVED, *GOT_BYTES} == set(OUTCOMES)
