"""Block Kit pieces, built with slack-sdk's own models so that its validators see every block.

Quoted clauses go into `rich_text` blocks: their text is shown as it is, so that "*", "_", "~", "<!channel>"
or "&" in a clause can neither become formatting nor a mention, and strike and bold are styles instead of
marks in the text. Text objects (header, context) and the fallback text are parsed by Slack: "&", "<" and ">"
are escaped there.

Limits by Slack's reference (docs.slack.dev, Block Kit): 50 blocks, header 150 characters, text object 3,000,
10 context elements, fallback text 4,000 recommended. `MAX_PAYLOAD` keeps below a limit that is not documented
but enforced: posts are refused with `msg_blocks_too_long` from about 13,200 characters of blocks on
(slackapi/bolt-js issue 2509).
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import Any, Final

from slack_sdk.models.blocks import (
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    PlainTextObject,
    RichTextBlock,
    RichTextElement,
    RichTextElementParts,
    RichTextListElement,
    RichTextQuoteElement,
    RichTextSectionElement,
)

from alerts.clean_text import clean_text, cut_end, measure_text

MAX_BLOCKS: Final = 50
MAX_HEADER: Final = 150
MAX_TEXT_OBJECT: Final = 3000
MAX_CONTEXT_ELEMENTS: Final = 10
MAX_FALLBACK: Final = 4000
MAX_PAYLOAD: Final = 12_000
_MAX_URL: Final = 1000


def escape_within(text: str, limit: int) -> str:
    """Cleaned text with "&", "<" and ">" as entities, cut so that the result has at most `limit` units."""
    text = clean_text(text)
    room = limit
    while measure_text(escaped := html.escape(cut_end(text, room), quote=False)) > limit:
        room -= max((measure_text(escaped) - limit) // 5, 1)
    return escaped


def write_header(text: str) -> dict[str, Any]:
    """Header block."""
    return HeaderBlock(text=PlainTextObject(text=escape_within(text, MAX_HEADER), emoji=False)).to_dict()


def write_context(lines: Sequence[str], limit: int = 700) -> dict[str, Any]:
    """Context block, one plain text element a line."""
    texts = [escape_within(line, limit) for line in lines]
    return ContextBlock(elements=[PlainTextObject(text=text, emoji=False) for text in texts]).to_dict()


def write_divider() -> dict[str, Any]:
    """Divider block."""
    return DividerBlock().to_dict()


def write_rich_text(parts: Iterable[RichTextElement]) -> dict[str, Any]:
    """Rich text block of paragraphs, lists and quotes."""
    return RichTextBlock(elements=list(parts)).to_dict()


def write_run(
    text: str, *, bold: bool = False, strike: bool = False, italic: bool = False
) -> RichTextElement:
    """A run of text as it is, with its style."""
    style = RichTextElementParts.TextStyle(bold=bold or None, strike=strike or None, italic=italic or None)
    return RichTextElementParts.Text(text=clean_text(text), style=style if style.to_dict() else None)


def write_link(text: str, url: str | None) -> RichTextElement:
    """A link; plain text where there is no http(s) address, or one too long to be sound."""
    if url and url.startswith(("https://", "http://")) and len(url) <= _MAX_URL:
        return RichTextElementParts.Link(url=clean_text(url), text=clean_text(text))
    return write_run(text)


def write_paragraph(runs: Sequence[RichTextElement]) -> RichTextElement:
    """One paragraph."""
    return RichTextSectionElement(elements=_drop_empty(runs))


def write_bullets(items: Sequence[Sequence[RichTextElement]]) -> RichTextElement:
    """A bullet list, each item a sequence of runs."""
    return RichTextListElement(style="bullet", elements=[write_paragraph(runs) for runs in items])


def write_quote(runs: Sequence[RichTextElement]) -> RichTextElement:
    """A quotation with its bar."""
    return RichTextQuoteElement(elements=_drop_empty(runs))


def _drop_empty(runs: Sequence[RichTextElement]) -> list[RichTextElement]:
    """Slack refuses a run without text."""
    return [run for run in runs if getattr(run, "text", None)]
