"""A marketplace's page from its Markdown: a frame with menus, banner and noise around the text in <main>."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt

DEMO = Path(__file__).resolve().parent
TEASERS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Noise:
    """What a frame shows by itself: a view counter, a form's token, the host of its images, what it recommends."""

    views: int
    token: str
    cdn: str
    teasers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a page's text. `language` is "fr" or "en"; `noise` None for a frame that never changes."""

    address: str
    platform: str
    title: str
    language: str
    main_id: str
    noise: Noise | None = None


def render_page(text: str, frame: Frame) -> str:
    """The page as HTML; `text` is Markdown, "" for a page that lost its content."""
    host = urlsplit(frame.address).hostname or ""
    words = _words()[frame.language]
    return (
        page_templates()
        .get_template("page.html.j2")
        .render(
            language=frame.language,
            platform=frame.platform,
            title=frame.title,
            address=frame.address,
            main_id=frame.main_id,
            noise=frame.noise,
            cdn=f"{frame.noise.cdn if frame.noise else 'static'}.{host}",
            hue=int(_digest(host)[:4], 16) % 360,
            words=words,
            content=_markdown().render(text).strip(),
        )
    )


def render_challenge(frame: Frame) -> str:
    """The page that asks for proof of being human in place of the text; served with status 200."""
    return (
        page_templates()
        .get_template("challenge.html.j2")
        .render(
            language=frame.language,
            main_id=frame.main_id,
            host=urlsplit(frame.address).hostname or "",
            token=_digest(frame.address)[:16],
            words=_words()[frame.language],
        )
    )


def make_noise(language: str, *seed: object) -> Noise:
    """Noise that differs between seeds and is the same for the same seed; the last one counts requests."""
    digest = _digest(*seed)
    number = int(digest, 16)
    teasers: list[str] = list(_words()[language]["teasers"])
    shown = tuple(teasers.pop((number >> 8 * turn) % len(teasers)) for turn in range(TEASERS_SHOWN))
    return Noise(1_000 + number % 90_000, digest[:32], f"cdn-{'abcdefgh'[number % 8]}", shown)


def _digest(*seed: object) -> str:
    return hashlib.sha256("\n".join(map(str, seed)).encode()).hexdigest()


@cache
def page_templates() -> Environment:
    """The templates of the demo's pages."""
    return Environment(
        loader=FileSystemLoader(DEMO / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


@cache
def _words() -> dict[str, dict[str, Any]]:
    content: dict[str, dict[str, Any]] = yaml.safe_load((DEMO / "page_words.yml").read_text(encoding="utf-8"))
    return content
