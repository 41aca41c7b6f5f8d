"""Labels of encodings as browsers understand them (encoding.spec.whatwg.org), by the names of Python's codecs."""

from __future__ import annotations

import codecs
from email.message import Message

UTF8 = "utf-8"
FALLBACK = "windows-1252"
# Latin alphabets in one byte a letter: two such letters in a row are hardly ever valid UTF-8 by chance.
LATIN = frozenset(
    (
        FALLBACK,
        *("cp1250", "cp1254", "cp1257", "mac-roman"),
        *(f"iso8859-{part}" for part in (2, 3, 4, 10, 13, 14, 15, 16)),
    )
)
# Python has codecs beside these that are no encodings of text, or that no page is written in.
_OTHERS = (
    *("big5", "big5hkscs", "euc_jp", "gb18030", "iso2022_jp", "koi8-r", "koi8-u", "mac-cyrillic"),
    *(f"cp{page}" for page in (866, 874, 932, 949, 1251, 1253, 1255, 1256, 1258)),
    *(f"iso8859-{part}" for part in (5, 6, 7, 8)),
    *("utf-16-be", "utf-16-le", UTF8),
)
# Browsers read the larger encoding where a smaller one is named.
_READ_AS = {
    **{name: name for name in (*LATIN, *_OTHERS)},
    **dict.fromkeys(("ascii", "cp1252", "iso8859-1"), FALLBACK),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **dict.fromkeys(("iso8859-11", "tis-620"), "cp874"),
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "utf-16": "utf-16-le",
}


def name_encoding(label: str) -> str | None:
    """The encoding to read where a label is declared; None where no page is written in such a one."""
    try:
        return _READ_AS.get(codecs.lookup(label.strip()).name)
    except (LookupError, ValueError):
        return None


def charset_of(content_type: str) -> str:
    """The charset label that a Content-Type header states; "" for none."""
    header = Message()
    header["Content-Type"] = " ".join(content_type.split())
    return header.get_content_charset("")
