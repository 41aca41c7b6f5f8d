"""Lines, bullets and pictures drawn on a PDF page: what separates the cells of a table, and marks of lists."""

from __future__ import annotations

from ctypes import byref, c_float
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from transforms.pdf_page import Frame, Graphics, Rule

# Work on one page: what a page draws beyond this is not looked at, and its tables are read as plain lines.
MAX_OBJECTS = 20_000
MAX_SEGMENTS = 40_000
_MAX_DEPTH = 3
_MIN_RULE = 6.0
_STRAIGHT = 0.8
_DOT = (1.2, 9.0)
_DOT_RATIO = 1.6
_ROW_OF_DOTS = 15.0
_MAX_DOTS = 400
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_graphics(page: Any, frame: Frame) -> Graphics:
    """Ruling lines, drawn bullets and pictures of a page, placed in the view of its text."""
    walk = _Walk(frame)
    count = pdfium.FPDFPage_CountObjects(page)
    walk.visit((pdfium.FPDFPage_GetObject(page, index) for index in range(count)), _IDENTITY, 0)
    if walk.objects > MAX_OBJECTS or walk.segments > MAX_SEGMENTS:
        walk.found.across, walk.found.down, walk.found.dots = [], [], []
    walk.found.dots = _lone_dots(walk.found.dots)
    walk.found.image_share = min(1.0, walk.area / (frame.width * frame.height or 1.0))
    return walk.found


def _lone_dots(dots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Dots without another beside them: a row of dots is a leader or an ornament."""
    ordered = sorted(dots, key=lambda dot: (round(dot[1]), dot[0]))
    in_rows = {
        dot
        for before, after in pairwise(ordered)
        if abs(before[1] - after[1]) <= 1 and after[0] - before[0] <= _ROW_OF_DOTS
        for dot in (before, after)
    }
    lone = [dot for dot in dots if dot not in in_rows]
    return lone if len(lone) <= _MAX_DOTS else []


class _Walk:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.found = Graphics()
        self.objects = 0
        self.segments = 0
        self.area = 0.0

    def visit(self, items: Any, outer: Matrix, depth: int) -> None:
        for item in items:
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                continue
            self.objects += 1
            if self.objects > MAX_OBJECTS or self.segments > MAX_SEGMENTS:
                return
            matrix = _multiply(_matrix_of(item), outer)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._read_path(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.found.images += 1
                self.area += abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
                inside = range(pdfium.FPDFFormObj_CountObjects(item))
                self.visit((pdfium.FPDFFormObj_GetObject(item, index) for index in inside), matrix, depth + 1)

    def _read_path(self, item: Any, matrix: Matrix) -> None:
        count = pdfium.FPDFPath_CountSegments(item)
        self.segments += max(count, 0)
        if self.segments > MAX_SEGMENTS:
            return
        x, y = c_float(), c_float()
        points: list[tuple[float, float]] = []
        edges: list[tuple[tuple[float, float], tuple[float, float]]] = []
        start = last = (0.0, 0.0)
        is_curved = False
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
            kind = pdfium.FPDFPathSegment_GetType(segment)
            point = self.frame.place(*_transform(x.value, y.value, matrix))
            points.append(point)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                edges.append((last, point))
            else:
                is_curved = True
            if pdfium.FPDFPathSegment_GetClose(segment):
                edges.append((point, start))
            last = point
        if not points:
            return
        if not self._is_dot(points) and not is_curved:
            self._add_rules(edges)

    def _is_dot(self, points: list[tuple[float, float]]) -> bool:
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        wide, high = right - left, bottom - top
        if not (_DOT[0] <= wide <= _DOT[1] and _DOT[0] <= high <= _DOT[1]):
            return False
        if max(wide, high) <= _DOT_RATIO * min(wide, high):
            self.found.dots.append((right, (top + bottom) / 2))
        return True

    def _add_rules(self, edges: list[tuple[tuple[float, float], tuple[float, float]]]) -> None:
        for (x0, y0), (x1, y1) in edges:
            if abs(y0 - y1) < _STRAIGHT and abs(x0 - x1) >= _MIN_RULE:
                self.found.across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x0 - x1) < _STRAIGHT and abs(y0 - y1) >= _MIN_RULE:
                self.found.down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _matrix_of(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, byref(matrix)):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _multiply(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _transform(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
