"""PDF bytes to pages of positioned words, through PDFium. Every handle of the C library is closed before it returns.

PDFium is not thread-safe: a process reads one document at a time.
"""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from transforms.extraction_rules import ExtractionError
from transforms.pdf_graphics import read_graphics
from transforms.pdf_letters import LOST, group_by_angle, join_letters, read_letters
from transforms.pdf_page import Page, Word, view_page

MAX_PAGES = 500
MAX_PAGE_CHARACTERS = 200_000
MAX_CHARACTERS = 5_000_000
_HEAD, _TAIL = 1024, 4096
_MAY_COPY = 1 << 4
_WHY = {
    pdfium.FPDF_ERR_FORMAT: "is damaged: its structure cannot be read",
    pdfium.FPDF_ERR_PASSWORD: "is encrypted: it opens with a password only",
    pdfium.FPDF_ERR_SECURITY: "is encrypted in a way that PDFium does not know",
}
_PDFIUM = threading.Lock()


@dataclass(frozen=True, slots=True)
class PdfFile:
    """Pages in order. `may_copy`: its author lets text be copied out of it."""

    pages: list[Page]
    may_copy: bool


def pdfium_version() -> str:
    """Version of the binding and of the PDFium build that it loaded."""
    binding, library = pypdfium2.version.PYPDFIUM_INFO, pypdfium2.version.PDFIUM_INFO
    return f"pypdfium2 {binding.version}, PDFium {library.build}"


def read_pdf(data: bytes) -> PdfFile:
    """Pages of a PDF.

    Raises:
        ExtractionError: not a PDF, cut short, damaged, encrypted, or larger than the limits of this module.
    """
    if b"%PDF-" not in data[:_HEAD]:
        raise ExtractionError(f"not a PDF: it starts with {data[:24]!r}")
    if b"%%EOF" not in data[-_TAIL:]:
        raise ExtractionError("the PDF is damaged: it is cut short (no %%EOF at its end)")
    with _PDFIUM:
        try:
            with pypdfium2.PdfDocument(data) as document:
                return _read_document(document)
        except pypdfium2.PdfiumError as error:
            why = _WHY.get(error.err_code or -1, f"is damaged: {error}")
            raise ExtractionError(f"the PDF {why}") from None


def _read_document(document: Any) -> PdfFile:
    count = len(document)
    if count > MAX_PAGES:
        raise ExtractionError(f"the PDF has {count} pages: at most {MAX_PAGES} are read")
    pages: list[Page] = []
    total = 0
    for number in range(count):
        try:
            with closing(document[number]) as page, closing(page.get_textpage()) as text:
                pages.append(_read_page(number, page, text))
        except pypdfium2.PdfiumError:
            raise ExtractionError(
                f"the PDF is damaged: page {number + 1} of {count} cannot be read"
            ) from None
        total += pages[-1].characters
        if total > MAX_CHARACTERS:
            raise ExtractionError(f"the PDF has more than {MAX_CHARACTERS} characters")
    return PdfFile(pages, bool(pdfium.FPDF_GetDocPermissions(document.raw) & _MAY_COPY))


def _read_page(number: int, page: Any, text: Any) -> Page:
    count = text.count_chars()
    if count > MAX_PAGE_CHARACTERS:
        raise ExtractionError(
            f"page {number + 1} has {count} characters: at most {MAX_PAGE_CHARACTERS} are read"
        )
    letters = read_letters(text.raw, count)
    by_angle = group_by_angle(letters)
    box = page.get_bbox()
    views: list[list[Word]] = []
    for angle, found in by_angle.items():
        frame = view_page(box, angle)
        words = join_letters(found, frame, angle)
        seen = [word for word in words if word.x1 > 0 and word.x0 < frame.width and 0 < word.y < frame.height]
        views.append(seen)
    frame = view_page(box, next(iter(by_angle), 0))
    return Page(
        number,
        frame.width,
        frame.height,
        views[0] if views else [],
        [view for view in views[1:] if view],
        read_graphics(page.raw, frame),
        len(letters),
        sum(letter.text == LOST for letter in letters),
        sum(letter.style.is_hidden for letter in letters),
    )
