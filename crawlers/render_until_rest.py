"""Waits until a page that builds itself has said what it has to say: selectors there, consent wall gone, text at rest.

Half a page would pass for a changed page, so nothing is taken while the declared text still changes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from playwright.async_api import Error as PlaywrightError

from crawlers.render_rules import RenderRules
from crawlers.render_scripts import COUNT_CHARS, PROBE, SCROLL

if TYPE_CHECKING:
    from playwright.async_api import Page

_POLL_SECONDS = 0.1
# At rest: the text has not changed for so long, and nothing is being asked for. Whoever always asks for something
# (chats, counters) is at rest later.
_QUIET_SECONDS = 2.0
_QUIET_BUT_BUSY_SECONDS = 6.0
_SCROLL_STEPS = 40
_CLICK_MS = 1000
# What a call is answered with while the page moves to another address.
_MOVING = ("Execution context was destroyed", "Cannot find context", "is navigating")


class RenderingStopped(Exception):
    """The crawl is being stopped: the page is left for the next process."""


@dataclass(frozen=True, slots=True)
class Rest:
    """How a page came to rest. `missing` are the selectors that never appeared; `has_appeared` whether any did, or none
    was declared; `dismissed` what was clicked away. `chars` counts the text waited for."""

    missing: tuple[str, ...]
    has_appeared: bool
    is_at_rest: bool
    chars: int
    dismissed: tuple[str, ...]


@dataclass(slots=True)
class _Seen:
    missing: tuple[str, ...] = ()
    chars: int = 0
    mark: str = ""


@dataclass(slots=True)
class RestlessPage:
    """A page being waited for. `is_busy` tells whether it is asking for something, `is_over` whether there is no use in
    waiting any longer; it may also raise."""

    page: Page
    rules: RenderRules
    is_busy: Callable[[], bool]
    is_over: Callable[[], bool]
    _clicked: list[str] = field(default_factory=list)

    async def come_to_rest(self) -> Rest:
        """Wait for the selectors, scroll once to the end, wait until the text no longer changes.

        Raises:
            playwright.async_api.Error: the browser failed.
        """
        seen = await self._appear()
        if len(seen.missing) == len(self.rules.filled) + len(self.rules.present) > 0:
            return Rest(seen.missing, False, False, seen.chars, tuple(self._clicked))
        await self._scroll()
        seen, is_at_rest = await self._quieten(seen)
        return Rest(seen.missing, True, is_at_rest, seen.chars, tuple(self._clicked))

    async def _appear(self) -> _Seen:
        deadline = monotonic() + self.rules.patience
        while True:
            await self._dismiss()
            seen = await self._probe()
            is_late = self.is_over() or monotonic() > deadline
            if seen is not None and (not seen.missing or is_late):
                return seen
            if is_late:
                return _Seen((*self.rules.filled, *self.rules.present))
            await asyncio.sleep(_POLL_SECONDS)

    async def _quieten(self, last: _Seen) -> tuple[_Seen, bool]:
        since = monotonic()
        deadline = since + max(self.rules.patience, 2 * _QUIET_SECONDS)
        while not self.is_over() and monotonic() < deadline and last.chars <= self.rules.max_chars:
            has_clicked = await self._dismiss()
            seen = await self._probe()
            if has_clicked or seen is None or seen != last:
                last, since = seen or last, monotonic()
            quiet = monotonic() - since
            if quiet > _QUIET_BUT_BUSY_SECONDS or (quiet > _QUIET_SECONDS and not self.is_busy()):
                return last, True
            await asyncio.sleep(_POLL_SECONDS)
        return last, False

    async def _probe(self) -> _Seen | None:
        """What there is now; None while the page moves to another address."""
        try:
            missing, chars, mark = await self.page.evaluate(
                PROBE, [list(self.rules.filled), list(self.rules.present)]
            )
        except PlaywrightError as error:
            if is_moving(error):
                return None
            raise
        return _Seen(tuple(missing), chars, mark)

    async def _dismiss(self) -> bool:
        """Click once on each thing to dismiss that can be seen; one that is covered waits for the next look."""
        has_clicked = False
        for selector in self.rules.dismiss:
            if selector in self._clicked:
                continue
            found = self.page.locator(f"css={selector}").first
            try:
                if await found.is_visible():
                    await found.click(timeout=_CLICK_MS)
                    self._clicked.append(selector)
                    has_clicked = True
            except PlaywrightError as error:
                if self.page.is_closed() or "crashed" in error.message:
                    raise
        return has_clicked

    async def _scroll(self) -> None:
        try:
            await self.page.evaluate(SCROLL, _SCROLL_STEPS)
        except PlaywrightError as error:
            if not is_moving(error):
                raise


def is_moving(error: PlaywrightError) -> bool:
    """Whether a call failed only because the page was on its way to another address."""
    return any(phrase in error.message for phrase in _MOVING)


async def count_chars(page: Page) -> int:
    """Characters of the page's markup as it stands. Raises playwright.async_api.Error."""
    return int(await page.evaluate(COUNT_CHARS))
