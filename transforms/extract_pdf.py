"""Text of a PDF policy as Markdown: headings, items and tables kept; page numbers and running lines taken off.

Read from positions, sizes and weights of letters, so the limits are those of print:
- Headings are lines larger than the running text, or bold lines that read as titles; levels follow size, then weight.
  A document set in one size and weight has none of its own (split_clauses still reads numbered titles).
- Columns are told from tables by how full their lines are; cells by drawn lines or by three aligned rows. A table
  without lines whose cells wrap is read line by line.
- Running lines stand in the outer fifth of the page and come back on half of the pages. A header on one page stays.
- A word cut at a line's end is made whole by what the rest of the document writes; a rare compound may lose its hyphen.
- Links keep their label only. Form fields, annotations and text inside pictures are not read. Letter-spaced words and
  accents drawn as signs of their own are read as the file has them.
- At most 500 pages, 200,000 characters a page, 5,000,000 in all; drawn lines beyond 20,000 objects a page are ignored.
  What PDFium spends on unpacking a hostile file is not bounded here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from transforms.extraction_rules import ExtractionError
from transforms.join_hyphens import read_hyphens
from transforms.pdf_blocks import build_blocks, read_body
from transforms.pdf_lines import Line, add_drawn_bullets, cut_segments
from transforms.pdf_page import Page, Word
from transforms.pdf_placing import place_lines
from transforms.pdf_regions import Region, order_regions
from transforms.pdf_running import keep_aside, remove_running
from transforms.pdf_structure import structure_blocks
from transforms.pdf_tables import find_tables
from transforms.read_pdf import PdfFile, pdfium_version, read_pdf
from transforms.write_pdf_markdown import write_blocks

# Raised when the same file gives another text: a change of ours is never announced as one of the platform's.
PDF_REVISION = 1
# Parts of the pages, of a page's area, of the characters.
_SCANNED = 0.5
_FULL_PICTURE = 0.5
_UNREADABLE = 0.2


@dataclass(frozen=True, slots=True)
class PdfText:
    """Markdown of a PDF. `running` are the headers and footers taken off, each once; warnings are for people."""

    markdown: str
    pages: int
    running: tuple[str, ...]
    warnings: tuple[str, ...]


@cache
def pdf_extractor_version() -> str:
    """What decides that the same file gives the same text: our revision, the binding and its build of PDFium."""
    return f"{PDF_REVISION} ({pdfium_version()})"


def extract_pdf(data: bytes) -> PdfText:
    """Text of a PDF's bytes.

    Raises:
        ExtractionError: not a PDF, damaged, encrypted or too large; no text, or on less than half of the pages that
            hold anything (a scan); letters that stand for no characters.
    """
    file = read_pdf(data)
    body, running = remove_running(file.pages)
    aside, watermarks = keep_aside(file.pages)
    scanned = [page.number + 1 for page, words in zip(file.pages, body, strict=True) if _is_scan(page, words)]
    _refuse_unreadable(file.pages, body, scanned)
    regions = [
        region
        for page, words, lines in zip(file.pages, body, aside, strict=True)
        for region in _lay_out(page, words, lines)
    ]
    joiner = read_hyphens(text for region in regions for text in _texts(region))
    size, is_bold = read_body(regions)
    blocks = build_blocks(place_lines(regions, size), size)
    markdown = write_blocks(structure_blocks(blocks, size, is_bold, joiner), joiner)
    return PdfText(f"{markdown}\n", len(file.pages), running + watermarks, tuple(_warn(file, scanned)))


def _is_scan(page: Page, words: list[Word]) -> bool:
    """Whether a page shows a picture and no text of its own; a stamp over a full picture is none."""
    if not page.graphics.images:
        return False
    return not words and (not page.words or page.graphics.image_share >= _FULL_PICTURE)


def _refuse_unreadable(pages: list[Page], body: list[list[Word]], scanned: list[int]) -> None:
    filled = sum(bool(words) for words in body)
    if not filled or len(scanned) > _SCANNED * (len(scanned) + filled):
        without = len(pages) - filled
        raise ExtractionError(f"no text layer on {without} of {len(pages)} pages (a scan?)")
    characters = sum(page.characters for page in pages)
    unmapped = sum(page.unmapped for page in pages)
    if unmapped > _UNREADABLE * characters:
        raise ExtractionError(
            f"{unmapped} of {characters} letters of the PDF stand for no character (its fonts lack a map)"
        )


def _lay_out(page: Page, words: list[Word], aside: list[Line]) -> list[Region]:
    marked = add_drawn_bullets(words, page.graphics.dots)
    tables, rest = find_tables(page, marked)
    regions = order_regions(page.number, cut_segments(rest), tables)
    if aside:
        edges = min(line.x0 for line in aside), max(line.x1 for line in aside)
        regions.append(Region(page.number, tuple(aside), *edges))
    return regions


def _texts(region: Region) -> list[str]:
    texts: list[str] = []
    for item in region.items:
        if isinstance(item, Line):
            texts.append(item.text)
        else:
            texts += [line for row in item.rows for cell in row for line in cell]
    return texts


def _warn(file: PdfFile, scanned: list[int]) -> list[str]:
    warnings = []
    if scanned:
        warnings.append(
            f"no text layer on pages {', '.join(map(str, scanned))} (scans?): what they show is missing"
        )
    if empty := [page.number + 1 for page in file.pages if not page.characters and not page.graphics.images]:
        warnings.append(f"nothing on pages {', '.join(map(str, empty))}")
    if lost := sum(page.unmapped for page in file.pages):
        warnings.append(f"{lost} characters are lost in encoding (U+FFFD)")
    if hidden := sum(page.hidden > page.characters / 2 for page in file.pages):
        warnings.append(f"text of {hidden} pages is invisible: a machine may have read it from pictures")
    if not file.may_copy:
        warnings.append("the PDF asks that its text not be copied")
    return warnings
