"""What the browser waits for on a page, from its declaration, and for how long."""

from __future__ import annotations

from dataclasses import dataclass

from charter.declaration import RangeSelector
from crawlers.pages import Page


@dataclass(frozen=True, slots=True)
class RenderRules:
    """CSS selectors of one page: `filled` must hold text, `present` must be there (where a range begins), `dismiss` is
    clicked away. `patience` is how many seconds the selectors may take to appear, and as many again the text to come to
    rest. A text longer than `max_chars` is not waited for."""

    filled: tuple[str, ...]
    present: tuple[str, ...]
    dismiss: tuple[str, ...]
    patience: float
    max_chars: int


def render_rules(page: Page, patience: float, max_chars: int) -> RenderRules:
    """The rules of a page of a job."""
    source = page.document.declaration.pages[page.number]
    starts = [_start(selector) for selector in source.select if isinstance(selector, RangeSelector)]
    return RenderRules(
        filled=tuple(selector for selector in source.select if isinstance(selector, str)),
        present=tuple(starts),
        dismiss=source.dismiss,
        patience=patience,
        max_chars=max_chars,
    )


def _start(selector: RangeSelector) -> str:
    return selector.start_before or selector.start_after or ""
