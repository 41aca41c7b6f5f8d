"""PDF files of invented terms, laid out as policies are: margins, running lines, hanging lists, columns, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import BytesIO

from fpdf import FPDF, Align
from fpdf.enums import AccessPermission, EncryptionMethod
from PIL import Image

from transforms.extract_pdf import extract_pdf
from transforms.split_clauses import split_clauses

MARGIN = 20.0
LINE = 5.0
BODY = 10.0


NOTICE = (
    "Le Vendeur professionnel est informé de toute modification des présentes au moins trente jours avant son entrée "
    "en vigueur, par courriel et sur son tableau de bord, dans la langue du contrat et sans aucun frais."
)
FEES = (
    "La commission est calculée sur le prix de vente, frais de livraison compris, et prélevée sur chaque reversement "
    "que Bazar de Brume effectue au profit du Vendeur, déduction faite des avoirs accordés aux acheteurs."
)
RANKING = (
    "Le classement des offres dépend de la pertinence de leur titre, de la ponctualité des expéditions et du taux de "
    "réclamations constaté au cours des soixante derniers jours, à l’exclusion de toute rémunération."
)


def words(text: str) -> list[str]:
    """Words of a text, without their signs."""
    return re.findall(r"\w+", text)


def words_of_clauses(data: bytes) -> list[str]:
    """Words of the clauses that a PDF's text is split into."""
    return [word for clause in split_clauses(extract_pdf(data).markdown) for word in words(clause.text)]


class PolicyPdf(FPDF):
    """A page of A4 (millimetres) with helpers for what policies hold. `header_text` and `footer_text` run on each page.

    "{page}" and "{pages}" in them are the numbers. Lines of the same kind have the same height on all pages.
    """

    def __init__(self, header_text: str = "", footer_text: str = "", pages: int = 0) -> None:
        super().__init__(format="A4")
        self.core_fonts_encoding = "windows-1252"
        self.header_text, self.footer_text, self.page_total = header_text, footer_text, pages
        self.notes: dict[int, str] = {}
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + 5)
        self.set_font("Helvetica", size=BODY)
        self.add_page()

    def header(self) -> None:
        self._run(self.header_text, 8.0)
        self.set_y(MARGIN)

    def footer(self) -> None:
        self._run(self.notes.get(self.page_no(), ""), -22.0)
        self._run(self.footer_text, -12.0)

    def _run(self, text: str, height: float) -> None:
        if text:
            self.set_y(height)
            self.set_font("Helvetica", size=8)
            self.cell(0, 4, text.format(page=self.page_no(), pages=self.page_total), align=Align.C)
            self.set_font("Helvetica", size=BODY)

    def add_title(self, text: str, size: float = 16.0, bold: bool = True) -> None:
        self.set_font("Helvetica", "B" if bold else "", size)
        self.multi_cell(0, size * 0.5, text, new_x="LMARGIN", new_y="NEXT", align=Align.L)
        self.ln(2)
        self.set_font("Helvetica", size=BODY)

    def add_paragraph(self, text: str, justified: bool = True, space: float = 2.5) -> None:
        align = Align.J if justified else Align.L
        self.multi_cell(0, LINE, text, align=align, new_x="LMARGIN", new_y="NEXT")
        self.ln(space)

    def add_lines(self, *lines: str) -> None:
        """Lines as they are, each from the left edge."""
        for line in lines:
            self.cell(0, LINE, line, new_x="LMARGIN", new_y="NEXT")
        self.ln(2.5)

    def add_item(self, mark: str, text: str, depth: int = 1) -> None:
        """An item with its mark in the margin of a hanging text."""
        left = MARGIN + 6.0 * (depth - 1)
        self.set_x(left)
        self.cell(6, LINE, mark)
        self.set_left_margin(left + 6)
        self.multi_cell(0, LINE, text, align=Align.L, new_x="LMARGIN", new_y="NEXT")
        self.set_left_margin(MARGIN)
        self.set_x(MARGIN)

    def add_columns(self, *columns: Iterable[str]) -> None:
        """Paragraphs of each column, side by side from here on; all must fit on the page."""
        top, bottom = self.get_y(), self.get_y()
        gutter = 8.0
        width = (self.epw - gutter * (len(columns) - 1)) / len(columns)
        for place, paragraphs in enumerate(columns):
            self.set_y(top)
            for paragraph in paragraphs:
                self.set_x(MARGIN + place * (width + gutter))
                self.multi_cell(width, LINE, paragraph, align=Align.J, new_x="LEFT", new_y="NEXT")
                self.ln(2)
            bottom = max(bottom, self.get_y())
        self.set_xy(MARGIN, bottom)

    def add_framed_table(self, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        with self.table(col_widths=tuple(widths), line_height=LINE, text_align="LEFT") as table:
            for row in rows:
                cells = table.row()
                for cell in row:
                    cells.cell(cell)

    def add_bare_rows(self, rows: Sequence[Sequence[str]], width: float) -> None:
        for row in rows:
            for cell in row:
                self.cell(width, LINE, cell)
            self.ln(LINE)
        self.ln(3)

    def add_scan(self) -> None:
        """A picture over the whole page."""
        self.image(Image.new("L", (60, 80), 200), x=0, y=0, w=self.w, h=self.h)

    def protect(self, user_password: str = "", *, may_copy: bool = True) -> None:
        allowed = AccessPermission.all() if may_copy else AccessPermission.PRINT_LOW_RES
        self.set_encryption("owner", user_password, EncryptionMethod.RC4, allowed)

    def write_bytes(self) -> bytes:
        return bytes(self.output())


def draw_glyphs(text: str, codes: Sequence[int], maps: dict[int, str]) -> bytes:
    """A PDF of one line whose font maps each code to characters of our choice ("ﬁ", soft hyphen, none at all)."""
    shown = bytes(codes).hex()
    lines = "\n".join(f"<{code:02x}> <{mapped.encode('utf-16-be').hex()}>" for code, mapped in maps.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(maps)} beginbfchar\n{lines}\nendbfchar\nendcmap end end"
    )
    content = f"BT /F1 12 Tf 72 700 Td ({text}) Tj <{shown}> Tj ET"
    widths = " ".join(["500"] * 256)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /TrueType /BaseFont /Invented /FirstChar 0 /LastChar 255"
        f" /Widths [{widths}] /ToUnicode 6 0 R >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    out = BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()
