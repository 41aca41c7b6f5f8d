"""Size, weight and angle of a PDF's text, read once for each text object of a page."""

from __future__ import annotations

import math
import re
from ctypes import addressof, byref, create_string_buffer
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

# A name decides; what producers write for weight (0, 345 and 415 in three files) does not compare between files.
_BOLD = re.compile(r"bold|black|heavy|demi|[-,]bd|^(?:cm|ec|lm|sf)bx", re.IGNORECASE)
# Names that say nothing ("CIDFont+F2", "F1", "TT0"): then the weight counts.
_NAMELESS = re.compile(r"(?:CIDFont\+)?[A-Z]{1,2}\d{1,3}(?:_\d+)?$")
_PICTURES = re.compile(r"wingding|webding|dingbat", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_FORCE_BOLD = 1 << 18
_HEAVY = 600
_NAME_BYTES = 128


class Font(NamedTuple):
    """What a font says of itself."""

    number: int
    is_bold: bool
    is_pictures: bool


class Style(NamedTuple):
    """How letters are set. `size` in points as seen; `angle` in whole degrees, anticlockwise. A key of 0: none.

    Letters of one key on one page have the same font, size and stretch: each has one width.
    """

    size: float
    angle: int
    is_bold: bool
    is_pictures: bool
    is_hidden: bool
    key: int


NO_STYLE = Style(1.0, 0, False, False, False, 0)


class StyleReader:
    """Styles of the letters of one page, remembered by text object and by font."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._objects: dict[int, Style] = {}
        self._styles: dict[tuple[object, ...], Style] = {}
        self._fonts: dict[int, Font] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._to_matrix = byref(self._matrix)

    def read(self, index: int, last: Style) -> Style:
        """Style of a letter; that of the letter before where PDFium made it up."""
        item = pdfium.FPDFText_GetTextObject(self._text, index)
        if not item:
            return last
        address = addressof(item.contents)
        style = self._objects.get(address)
        if style is None:
            style = self._objects[address] = self._read_object(index, item)
        return style

    def _read_object(self, index: int, item: Any) -> Style:
        matrix = self._matrix
        pdfium.FPDFText_GetMatrix(self._text, index, self._to_matrix)
        size = pdfium.FPDFText_GetFontSize(self._text, index)
        font = self._read_font(pdfium.FPDFTextObj_GetFont(item))
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
        known = (font.number, size, matrix.a, matrix.b, matrix.c, matrix.d, mode)
        if known not in self._styles:
            seen = round(abs(size * math.hypot(matrix.c, matrix.d)), 2) or 1.0
            angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
            # Filled and outlined: how some producers make a bold that the font lacks.
            is_bold = font.is_bold or mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
            is_hidden = mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
            key = len(self._styles) + 1
            self._styles[known] = Style(seen, angle, is_bold, font.is_pictures, is_hidden, key)
        return self._styles[known]

    def _read_font(self, handle: Any) -> Font:
        address = addressof(handle.contents) if handle else 0
        if address not in self._fonts:
            self._fonts[address] = _describe(handle, len(self._fonts)) if handle else Font(-1, False, False)
        return self._fonts[address]


def _describe(handle: Any, number: int) -> Font:
    buffer = create_string_buffer(_NAME_BYTES)
    pdfium.FPDFFont_GetBaseFontName(handle, buffer, _NAME_BYTES)
    name = _SUBSET.sub("", buffer.value.decode("utf-8", "replace"))
    is_bold = bool(_BOLD.search(name) or pdfium.FPDFFont_GetFlags(handle) & _FORCE_BOLD)
    if not is_bold and _NAMELESS.match(name):
        is_bold = pdfium.FPDFFont_GetWeight(handle) >= _HEAVY
    return Font(number, is_bold, bool(_PICTURES.search(name)))
