"""Body of an answer as transferred to the body itself: gzip, deflate, br, zstd (RFC 9110, section 8.4).

Strict on purpose, and the one decoder of the crawl and of whoever reads its archive: half a page would pass for a
changed page, so a damaged stream is an error and never a shorter text.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

import brotli
from backports import zstd

# What a request asks for: only what the tools of web archives read too. br and zstd are decoded if they come unasked
# (warcio 1.8.1 fails on any br record beside the brotli that Scrapy needs, and does not know zstd).
ACCEPTED = ("gzip", "deflate")
_CHUNK = 1 << 20
# Pages of real sites unpack to thirty times their size at most, bombs to a thousand and more.
MAX_RATIO = 300
_RATIO_COUNTS_FROM = 4 << 20
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP, _ZLIB, _RAW_DEFLATE = 31, zlib.MAX_WBITS, -zlib.MAX_WBITS


class UndecodableBody(ValueError):
    """A body that is not what its Content-Encoding says; the message names the encoding."""


class BodyTooLarge(UndecodableBody):
    """A body that unpacks to more bytes than allowed."""


def decode_body(body: bytes, content_encoding: str, max_bytes: int | None = None) -> bytes:
    """The body after content decoding. `content_encoding` is the header as sent ("" for none, a list in the order
    applied); no more than `max_bytes` are unpacked, and nothing that only a bomb unpacks to.

    Raises:
        BodyTooLarge: more than `max_bytes`. UndecodableBody: unknown encoding, damaged or unfinished stream.
    """
    for name in reversed([part.strip().lower() for part in content_encoding.split(",")]):
        if name in ("", "identity"):
            continue
        if name not in _DECODERS:
            raise UndecodableBody(f"its content encoding {name!r} is unknown")
        try:
            body = _join(_DECODERS[name](body), name, len(body), max_bytes)
        except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as error:
            raise UndecodableBody(f"its body is not {name} as its header says: {error}") from error
    if max_bytes is not None and len(body) > max_bytes:
        raise BodyTooLarge(f"its body has {len(body)} bytes, more than {max_bytes}")
    return body


def _join(chunks: Iterator[bytes], name: str, packed: int, max_bytes: int | None) -> bytes:
    kept: list[bytes] = []
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if max_bytes is not None and size > max_bytes:
            raise BodyTooLarge(f"its {name} body unpacks to more than {max_bytes} bytes")
        if size > max(_RATIO_COUNTS_FROM, MAX_RATIO * packed):
            raise BodyTooLarge(f"its {name} body unpacks to more than {MAX_RATIO} times its size")
        kept.append(chunk)
    return b"".join(kept)


def _inflate(body: bytes, format_bits: int) -> Iterator[bytes]:
    while body:
        stream = zlib.decompressobj(format_bits)
        while not stream.eof:
            chunk = stream.decompress(body, _CHUNK)
            body = stream.unconsumed_tail
            if not chunk and not body and not stream.eof:
                raise EOFError("the stream ends too early")
            yield chunk
        # What follows a gzip stream is another one, or padding that browsers skip too.
        body = stream.unused_data if stream.unused_data.startswith(_GZIP_MAGIC) else b""


def _gunzip(body: bytes) -> Iterator[bytes]:
    return _inflate(body, _GZIP)


def _inflate_either(body: bytes) -> Iterator[bytes]:
    """`deflate` means a zlib stream, but some servers send it bare."""
    try:
        zlib.decompressobj(_ZLIB).decompress(body[:64])
    except zlib.error:
        return _inflate(body, _RAW_DEFLATE)
    return _inflate(body, _ZLIB)


def _unbrotli(body: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    chunk = stream.process(body, output_buffer_limit=_CHUNK)
    while chunk:
        yield chunk
        chunk = b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=_CHUNK)
    if not stream.is_finished():
        raise EOFError("the stream ends too early")


def _unzstd(body: bytes) -> Iterator[bytes]:
    while body:
        stream = zstd.ZstdDecompressor()
        yield stream.decompress(body, _CHUNK)
        while not stream.eof:
            if stream.needs_input:
                raise EOFError("the stream ends too early")
            yield stream.decompress(b"", _CHUNK)
        body = stream.unused_data


_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate_either,
    "br": _unbrotli,
    "zstd": _unzstd,
}
