"""Lead-in sentences: which list a piece belongs to, and the sentence that opens that list."""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.clause_piece import Piece
from transforms.model import ClauseKind
from transforms.read_number import OwnNumber, read_number

MAX_LEAD_CHARS = 300
_ROMAN_LETTERS = frozenset("ivxlc")


def last_sentence(text: str) -> str:
    """The last sentence of a text, at most MAX_LEAD_CHARS characters of it."""
    start = max(text.rfind(mark, 0, -2) for mark in (". ", "; ", "! ", "? "))
    return text[start + 2 if start >= 0 else 0 :][-MAX_LEAD_CHARS:].strip()


@dataclass(slots=True)
class ContextTracker:
    """Walks the pieces of a document in order and says of each its kind and its lead-in sentence."""

    lead: str = ""
    lead_style: str = ""
    marks: list[tuple[str, str]] = field(default_factory=list)
    levels: list[tuple[int, str]] = field(default_factory=list)
    is_run_open: bool = False

    def read(self, piece: Piece, *, is_heading: bool) -> tuple[ClauseKind, str]:
        """Kind and context of the next piece."""
        if is_heading:
            self._close("")
            return "heading", ""
        if piece.kind == "row":
            return "table_row", piece.columns if piece.columns != piece.text else ""
        if piece.kind == "item":
            return "list_item", self._read_item(piece)
        return self._read_paragraph(piece)

    def _close(self, lead: str) -> None:
        self.lead, self.is_run_open = lead, bool(lead)
        self.marks.clear()
        self.levels.clear()

    def _read_item(self, piece: Piece) -> str:
        while self.levels and self.levels[-1][0] >= piece.indent:
            self.levels.pop()
        lead = self.levels[-1][1] if self.levels else self.lead
        self.levels.append((piece.indent, last_sentence(piece.text)))
        return lead

    def _read_paragraph(self, piece: Piece) -> tuple[ClauseKind, str]:
        if self.levels and piece.indent > self.levels[0][0]:
            return "paragraph", self._enclosing_lead(piece.indent)
        own = read_number(piece.text)
        resumes = own.number and _style(own) == self.lead_style
        if self.is_run_open and not resumes and (own.number or piece.text[:1].islower()):
            return "list_item", self._read_run_item(piece, own)
        opens = piece.text.endswith((":", "："))
        self._close(last_sentence(piece.text) if opens else "")
        self.lead_style = _style(own)
        return ("list_item" if own.number and own.depth == 6 else "paragraph"), ""

    def _enclosing_lead(self, indent: int) -> str:
        outer = [lead for level, lead in self.levels if level < indent]
        return outer[-1] if outer else self.lead

    def _read_run_item(self, piece: Piece, own: OwnNumber) -> str:
        """Item of a list that has no list marks ("(a) ...", "i) ..."): nested when the style of its number changes."""
        style = _style(own)
        for index, (known, _) in enumerate(self.marks):
            if known == style:
                del self.marks[index:]
                break
        lead = self.marks[-1][1] if self.marks else self.lead
        if piece.text.endswith(":"):
            self.marks.append((style, last_sentence(piece.text)))
        return lead


def _style(own: OwnNumber) -> str:
    if not own.number:
        return "-"
    if own.number[0].isdigit():
        return f"1:{own.depth}"
    return "i" if len(own.number) > 1 and set(own.number.lower()) <= _ROMAN_LETTERS else "a"
