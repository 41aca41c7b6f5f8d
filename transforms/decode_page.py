"""Bytes of a page to text: byte order mark, what the page declares, UTF-8, windows-1252 as a last resort.

Order and label meanings are those of browsers (encoding.spec.whatwg.org), with two departures, both noted as
warnings: bytes that are valid UTF-8 are UTF-8 whatever the page declares, and UTF-8 with a few broken
characters stays UTF-8 (one real marketplace breaks different characters at every request).
"""

from __future__ import annotations

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Browsers look no further than this for a declaration.
_DECLARED_WITHIN = 1024
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_MULTIBYTE = re.compile("[^\x00-\x7f\ufffd]")
FALLBACK = "windows-1252"


def decode_page(raw: bytes | str) -> tuple[str, tuple[str, ...]]:
    """Text of a page and what had to be guessed. A `str` is taken as it is."""
    if isinstance(raw, str):
        return raw.removeprefix("\ufeff"), ()
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _with_losses(raw[len(mark) :], encoding)
    declared = _declared_encoding(raw)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(raw, declared)
    if declared not in (None, "utf-8") and not text.isascii():
        return text, (f"the page declares {declared} but its bytes are UTF-8",)
    return text, ()


def _decode_other(raw: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    """Text of bytes that are not valid UTF-8."""
    if declared not in (None, "utf-8"):
        return _with_losses(raw, str(declared))
    text = raw.decode("utf-8", "replace")
    if len(_MULTIBYTE.findall(text)) > text.count("\ufffd"):
        return _with_losses(raw, "utf-8")
    claim = "declares UTF-8" if declared else "declares no encoding"
    return raw.decode(FALLBACK, "replace"), (f"the page {claim} but is not UTF-8; read as {FALLBACK}",)


def _with_losses(raw: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = raw.decode(encoding, "replace")
    lost = text.count("\ufffd") - (raw.count(b"\xef\xbf\xbd") if encoding == "utf-8" else 0)
    return text, ((f"{lost} bytes are not valid {encoding}",) if lost > 0 else ())


def _declared_encoding(raw: bytes) -> str | None:
    """The encoding a page declares, by Python's name; None for none, or one that does not exist."""
    found = _DECLARED.search(raw[:_DECLARED_WITHIN])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    # What declares itself in ASCII is not UTF-16; Latin-1 and ASCII mean windows-1252 in browsers.
    if name.startswith(("utf-16", "utf-32")):
        return "utf-8"
    return FALLBACK if name in ("iso8859-1", "ascii", "cp1252") else name
