"""Bytes of a page to text: byte order mark, UTF-8, what the answer's header declares, what the page declares, a guess.

Departures from what browsers do, each noted as a warning: bytes that are valid UTF-8 are UTF-8 whatever is declared;
UTF-8 with a few broken characters stays UTF-8 (one real marketplace breaks different characters at every request);
a page put together from UTF-8 and a Latin encoding is read piece by piece.
"""

from __future__ import annotations

import codecs
import re

from transforms.name_encoding import FALLBACK, LATIN, UTF8, name_encoding

_MARKS = ((codecs.BOM_UTF8, UTF8), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Browsers look no further than this for a declaration.
_DECLARED_WITHIN = 1024
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
# Text in these may be valid UTF-8 byte for byte, but for bytes that no page in UTF-8 holds.
_SEEMS_UTF8 = {"utf-16-le": b"\x00", "utf-16-be": b"\x00", "iso2022_jp": b"\x1b"}
_MULTIBYTE = re.compile("[^\x00-\x7f\ufffd]")
_PIECE = re.compile(rb"[<>]|[^<>]+")
# A capital after a small letter, a sign between letters: half of a broken UTF-8 character rather than a letter.
_HALF_CHARACTER = re.compile(r"[a-zß-ÿ][À-Þ]|[^\W\d_][¡-¿€][^\W\d_]")


def decode_page(raw: bytes | str, charset: str = "") -> tuple[str, tuple[str, ...]]:
    """Text of a page and what had to be guessed. `charset` is the label in the HTTP header ("" for none).

    A `str` is taken as it is.
    """
    if isinstance(raw, str):
        return raw.removeprefix("\ufeff"), ()
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _with_losses(raw[len(mark) :], encoding)
    by_header, by_page = name_encoding(charset), _declared_encoding(raw)
    if by_header in _SEEMS_UTF8 and _SEEMS_UTF8[by_header] in raw:
        return _with_losses(raw, by_header)
    try:
        text = raw.decode(UTF8)
    except UnicodeDecodeError:
        return _decode_other(raw, by_header, by_page)
    declared = by_header or by_page
    if declared not in (None, UTF8) and not text.isascii():
        return text, (f"the {'header' if by_header else 'page'} declares {declared} but the bytes are UTF-8",)
    return text, ()


def _decode_other(raw: bytes, by_header: str | None, by_page: str | None) -> tuple[str, tuple[str, ...]]:
    """Text of bytes that are not valid UTF-8."""
    usable = [name for name in (by_header, by_page) if name not in (None, UTF8)]
    encoding = str(usable[0]) if usable else FALLBACK
    warnings = []
    if len(set(usable)) > 1:
        warnings.append(f"the header declares {by_header}, the page {by_page}; read as {encoding}")
    is_mixed = encoding in LATIN and _MULTIBYTE.search(raw.decode(UTF8, "replace"))
    if is_mixed:
        pieces = [_decode_piece(piece[0], encoding) for piece in _PIECE.finditer(raw)]
        if any(is_other for _, is_other in pieces):
            warnings.append(f"the page mixes UTF-8 and {encoding}")
        text = "".join(piece for piece, _ in pieces)
        return text, (*warnings, *_count_losses(raw, text, UTF8))
    if by_header == UTF8 or not usable:
        said = (
            "the header declares UTF-8"
            if by_header
            else "the page declares UTF-8"
            if by_page
            else "none is declared"
        )
        warnings.append(f"the encoding is not UTF-8 ({said}); read as {encoding}")
    text, losses = _with_losses(raw, encoding)
    return text, (*warnings, *losses)


def _decode_piece(piece: bytes, encoding: str) -> tuple[str, bool]:
    """Text of what stands between two signs of a tag, and whether it was in the other encoding."""
    try:
        return piece.decode(UTF8), False
    except UnicodeDecodeError:
        as_utf8 = piece.decode(UTF8, "replace")
    other = piece.decode(encoding, "replace")
    is_damaged = len(_MULTIBYTE.findall(as_utf8)) >= as_utf8.count("\ufffd")
    if is_damaged or "\ufffd" in other or _HALF_CHARACTER.search(other):
        return as_utf8, False
    return other, True


def _with_losses(raw: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = raw.decode(encoding, "replace")
    return text, _count_losses(raw, text, encoding)


def _count_losses(raw: bytes, text: str, encoding: str) -> tuple[str, ...]:
    lost = text.count("\ufffd") - (raw.count(b"\xef\xbf\xbd") if encoding == UTF8 else 0)
    return (f"{lost} bytes are not valid {encoding}",) if lost > 0 else ()


def _declared_encoding(raw: bytes) -> str | None:
    """The encoding that a page itself declares; None for none, or one that no page is written in."""
    found = _DECLARED.search(raw[:_DECLARED_WITHIN])
    name = name_encoding(found[1].decode("ascii", "replace")) if found else None
    # What declares itself in ASCII is not UTF-16.
    return UTF8 if name in ("utf-16-le", "utf-16-be") else name
