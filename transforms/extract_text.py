"""Pages of a document to Markdown under its declaration, each as what its bytes are: HTML or a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from transforms.extract_html import extract_html
from transforms.extract_pdf import extract_pdf, pdf_extractor_version
from transforms.extraction_rules import Extraction, ExtractionError, ExtractionRules, SelectorHits, Snapshot
from transforms.filters import check_filters, filter_text
from transforms.recognise_format import media_type, recognise_format

_PDF_TYPES = ("application/pdf", "application/x-pdf")
_HTML_TYPES = ("text/html", "application/xhtml+xml")


def extract_text(
    pages: Sequence[Snapshot | bytes | str], rules: ExtractionRules | Sequence[ExtractionRules]
) -> Extraction:
    """Markdown of a document's pages, in order, separated by an empty line. A `str` is HTML.

    `rules` hold for every page, or are given one for each page. A PDF is read whole: `select`, `remove` and the
    filters of parsed pages mean nothing to it.

    Raises:
        ExtractionError: no pages, or other rules than pages; a page that is neither HTML nor a PDF; a selection that
            fits nothing or has no text, or none declared for HTML; a selector that is not CSS; a filter that does not
            exist; a PDF without text. Selector or filter is named, and the page if there are several.
    """
    each = [rules] * len(pages) if isinstance(rules, ExtractionRules) else list(rules)
    if not pages or len(each) != len(pages):
        raise ExtractionError(f"{len(pages)} pages for {len(each)} sets of rules")
    texts: list[str] = []
    hits: list[SelectorHits] = []
    warnings: list[str] = []
    versions: dict[str, None] = {}
    for number, (page, page_rules) in enumerate(zip(pages, each, strict=True)):
        prefix = f"page {number + 1} ({page_rules.base_url}): " if len(pages) > 1 else ""
        try:
            extraction = _extract_page(page, page_rules, number)
        except ExtractionError as error:
            raise ExtractionError(f"{prefix}{error}") from None
        texts.append(extraction.markdown)
        hits += extraction.selector_hits
        warnings += [prefix + warning for warning in extraction.warnings]
        versions[extraction.extractor_version] = None
    return Extraction("\n\n".join(texts) + "\n", tuple(hits), tuple(warnings), "; ".join(versions))


def _extract_page(page: Snapshot | bytes | str, rules: ExtractionRules, number: int) -> Extraction:
    check_filters(rules.filters)
    if isinstance(page, str):
        return extract_html(page, rules, number)
    snapshot = Snapshot(page) if isinstance(page, bytes) else page
    declared = media_type(snapshot.content_type)
    if recognise_format(snapshot) == "pdf":
        return _extract_pdf(snapshot, rules, declared)
    if not rules.select:
        raise ExtractionError(
            "HTML came where a PDF is declared: no select says what of the page is the policy"
        )
    extraction = extract_html(snapshot, rules, number)
    surprises = []
    if declared in _PDF_TYPES:
        surprises.append(f"the answer is declared as {declared} but is HTML")
    if urlsplit(rules.base_url).path.lower().endswith(".pdf"):
        surprises.append("HTML came from the address of a PDF")
    return _add_warnings(extraction, surprises)


def _extract_pdf(snapshot: Snapshot, rules: ExtractionRules, declared: str) -> Extraction:
    read = extract_pdf(snapshot.body)
    text = filter_text(read.markdown.strip(), rules.filters)
    surprises = []
    if declared in _HTML_TYPES:
        surprises.append(f"the answer is declared as {declared} but is a PDF")
    if rules.select:
        surprises.append("a PDF came where HTML is declared: it is read whole, without select and remove")
    return Extraction(text, (), (*surprises, *read.warnings), f"PDF {pdf_extractor_version()}")


def _add_warnings(extraction: Extraction, warnings: Sequence[str]) -> Extraction:
    return Extraction(
        extraction.markdown,
        extraction.selector_hits,
        (*warnings, *extraction.warnings),
        extraction.extractor_version,
    )
