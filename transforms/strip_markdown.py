"""Inline Markdown to plain text: marks removed, links reduced to their label, escapes and entities undone."""

from __future__ import annotations

import html
import re
from functools import lru_cache

# Zero-width and bidirectional marks, soft hyphen, byte order mark: invisible, and some pages rotate them.
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\u180e]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# Escaped characters are parked in a private-use area while marks are stripped, then put back.
_PARKED_BASE = 0xE000
_PARKED = re.compile("[\ue021-\ue07e]")
_LABEL = r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]"
# Some pages have blanks in a target ("#Terms of use"); then it must begin like an address, for prose may follow a "]".
_TARGET = (
    r"\(\s*<?([^()<>\s]*(?:\([^()\s]*\)[^()<>\s]*)*|(?:https?:|mailto:|[/#])[^()<>\"]*)>?"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_LINK = re.compile(rf"!?{_LABEL}{_TARGET}")
# What remains of a link whose label spans several blocks: "](target)".
_LINK_TAIL = re.compile(r"\]\((https?:[^()\s]*|[/#][^()\s]*)\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[\w.+-]+@[\w.-]+)>")
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|center|code|del|div|em|font|i|img|ins|mark|nobr|o:p|p|s|small|span|strong|sub|sup|u|wbr)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<(?:br|hr|td|tr|th|li|ul|ol|table|tbody)(?:\s[^<>]*)?/?>", re.IGNORECASE)
# Underscores inside a word (an address, a file name) are text; at its edge they are emphasis.
_UNDERSCORE = re.compile(r"(?<!\w)_+|_+(?!\w)")
_MARKS = re.compile(r"\*+|~~|`+")
_BOLD_RUN = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


@lru_cache(maxsize=8192)
def strip_markdown(raw: str) -> tuple[str, tuple[str, ...]]:
    """Plain text of one block and its link targets, in order. White space of any kind is folded to single blanks."""
    text = raw
    if "\\" in text:
        text = _ESCAPED.sub(lambda found: chr(_PARKED_BASE + ord(found[1])), text)
    links: list[str] = []
    if "](" in text:
        text = _strip_links(text, links)
    if "<" in text:
        text = _AUTOLINK.sub(r"\1", text)
        text = _TAG.sub("", _BREAK.sub(" ", text))
    if "_" in text:
        text = _UNDERSCORE.sub("", text)
    if "*" in text or "`" in text or "~~" in text:
        text = _MARKS.sub("", text)
    if "\\" in raw:
        text = _PARKED.sub(lambda found: chr(ord(found[0]) - _PARKED_BASE), text)
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = INVISIBLE.sub("", text)
    return " ".join(text.split()), tuple(links)


def _strip_links(text: str, links: list[str]) -> str:
    def keep_label(found: re.Match[str]) -> str:
        if found[2]:
            links.append(found[2])
        return found[1]

    # Twice: an image may be the label of a link.
    text = _LINK.sub(keep_label, _LINK.sub(keep_label, text))

    def keep_target(found: re.Match[str]) -> str:
        links.append(found[1])
        return ""

    return _LINK_TAIL.sub(keep_target, text)


def is_wholly_bold(raw: str) -> bool:
    """Whether all letters and digits of a block stand in bold ("**S-5**. **Websites**" does)."""
    if "**" not in raw and "__" not in raw:
        return False
    rest = _BOLD_RUN.sub("", raw)
    return rest != raw and not any(character.isalnum() for character in rest)


def is_only_link(raw: str) -> bool:
    """Whether all letters and digits of a block stand in link labels (a table of contents, a menu)."""
    return "](" in raw and not any(character.isalnum() for character in _LINK.sub("", raw))
