"""What the bytes of an answer are, told by how they begin: HTML or PDF can be read, anything else is named."""

from __future__ import annotations

import codecs
import re
from typing import Literal

from transforms.extraction_rules import ExtractionError, Snapshot

Format = Literal["html", "pdf"]
_PDF = b"%PDF-"
# Readers of PDF accept that much before its mark.
_HEAD = 1024
_NAMES = (
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an Office document of the old kind"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"BM", "an image (BMP)"),
    (b"\x00\x00\x01\x00", "an image (ICO)"),
    (b"\x1f\x8b", "compressed data (gzip)"),
    (b"\x28\xb5\x2f\xfd", "compressed data (zstd)"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"wOF", "a font"),
)
_RIFF = re.compile(rb"RIFF.{4}(\w{4})", re.DOTALL)
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Control characters that no text holds (mimesniff.spec.whatwg.org#binary-data-byte).
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def recognise_format(snapshot: Snapshot) -> Format:
    """Whether a page is HTML or a PDF; what its header declares does not decide it.

    Raises:
        ExtractionError: it is neither; what it is, is said as far as it is known.
    """
    head = snapshot.body[:_HEAD]
    begin = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if begin.startswith(_PDF):
        return "pdf"
    if begin.startswith(b"<"):
        return "html"
    if _PDF in head:
        return "pdf"
    declared = media_type(snapshot.content_type)
    is_text = head.startswith(_WIDE) or "utf-16" in snapshot.content_type.lower() or not _BINARY.search(head)
    name = next(
        (name for mark, name in _NAMES if head.startswith(mark) and not (is_text and len(mark) < 3)), ""
    )
    if found := _RIFF.match(head):
        name = f"media ({found[1].decode('ascii').strip()})"
    if not name and declared.endswith("json") and begin.startswith((b"{", b"[")):
        name = "JSON"
    if not name and not is_text:
        name = "binary data"
    if name:
        raise ExtractionError(
            f"neither HTML nor PDF but {name}" + (f", declared as {declared}" if declared else "")
        )
    return "html"


def media_type(content_type: str) -> str:
    """The media type of a Content-Type header, in lower case; "" for none."""
    return content_type.partition(";")[0].strip().lower()
