"""A block as plain text with what its marks said: the value between reading blocks and building clauses."""

from __future__ import annotations

from dataclasses import dataclass, replace

from transforms.read_blocks import LEADING_BULLET, Block, BlockKind
from transforms.strip_markdown import is_only_link, is_wholly_bold, strip_markdown


@dataclass(frozen=True, slots=True)
class Piece:
    """One block, plain. `columns` are the plain column names of a table row."""

    kind: BlockKind
    text: str
    links: tuple[str, ...] = ()
    level: int = 0
    indent: int = 0
    is_ordered: bool = False
    is_bold: bool = False
    is_only_link: bool = False
    columns: str = ""

    def extend(self, other: Piece) -> Piece:
        """This piece with the other's text and links after its own."""
        return replace(self, text=f"{self.text} {other.text}", links=self.links + other.links, is_bold=False)


def read_pieces(blocks: list[Block]) -> list[Piece]:
    """Blocks as pieces. A block without a letter or digit holds nothing to compare: its links go to the one before."""
    pieces: list[Piece] = []
    for block in blocks:
        text, links = _read_row(block) if block.kind == "row" else strip_markdown(block.raw)
        if not any(character.isalnum() for character in text):
            if links and pieces:
                pieces[-1] = replace(pieces[-1], links=pieces[-1].links + links)
            continue
        raw, kind = block.raw, block.kind
        bullet = LEADING_BULLET.match(text)
        if bullet and kind != "row":
            text, kind = text[bullet.end() :], "item" if kind == "paragraph" else kind
        pieces.append(
            Piece(
                kind,
                text,
                links,
                block.level,
                block.indent,
                block.is_ordered,
                block.kind != "row" and is_wholly_bold(raw),
                is_only_link(raw),
                " | ".join(filter(None, (strip_markdown(column)[0] for column in block.columns))),
            )
        )
    return pieces


def _read_row(block: Block) -> tuple[str, tuple[str, ...]]:
    cells = [strip_markdown(cell) for cell in block.cells]
    text = " | ".join(text for text, _ in cells if text)
    return text, tuple(link for _, links in cells for link in links)
