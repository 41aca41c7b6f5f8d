"""A PDF page as values: words and ruling lines with their places. Points; x from the left, y from the top downwards."""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a blank between them. `y` is the baseline; `is_glued`: no blank before it either."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    is_bold: bool = False
    is_glued: bool = False
    order: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line that was drawn: at `at` (y if horizontal, x if vertical), from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Graphics:
    """What is drawn on a page besides text. `dots` are places (right edge, centre y) of drawn bullets."""

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    images: int = 0
    image_share: float = 0.0


@dataclass(slots=True)
class Page:
    """One page, turned so that most of its text runs from left to right. `aside` is text at other angles."""

    number: int
    width: float
    height: float
    words: list[Word]
    aside: list[list[Word]]
    graphics: Graphics
    characters: int = 0
    unmapped: int = 0
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """The page as seen by who reads text at an angle: `place` gives a point's x and y in that view."""

    cosine: float
    sine: float
    left: float
    top: float
    width: float
    height: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the file's space stands in this view."""
        return x * self.cosine + y * self.sine - self.left, self.top - (y * self.cosine - x * self.sine)


def view_page(box: tuple[float, float, float, float], angle: int) -> Frame:
    """View of a page box (left, bottom, right, top) for text that runs at an angle, in degrees."""
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    left, bottom, right, top = box
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    across = [x * cosine + y * sine for x, y in corners]
    upwards = [y * cosine - x * sine for x, y in corners]
    width, height = max(across) - min(across), max(upwards) - min(upwards)
    return Frame(cosine, sine, min(across), max(upwards), width, height)
