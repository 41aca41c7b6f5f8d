"""Content decoding: everything that was encoded comes back, and nothing damaged passes."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.decode_body import BodyTooLarge, UndecodableBody, decode_body
from tests.crawlers.site_server import ENCODERS

PAGE = "<p>Conditions générales de vente, article 4.</p>".encode() * 300


def deflate_bare(body: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return stream.compress(body) + stream.flush()


@given(body=st.binary(max_size=5000), names=st.lists(st.sampled_from(sorted(ENCODERS)), max_size=3))
def test_what_was_encoded_comes_back(body: bytes, names: list[str]) -> None:
    sent = body
    for name in names:
        sent = ENCODERS[name](sent)
    assert decode_body(sent, ", ".join(names)) == body


@pytest.mark.parametrize("name", ["", "identity", "gzip", "x-gzip", "GZIP", "deflate", "br", "zstd"])
def test_the_header_is_read_as_servers_write_it(name: str) -> None:
    encode = ENCODERS.get(name.lower().removeprefix("x-"), lambda body: body)
    assert decode_body(encode(PAGE), name) == PAGE


def test_deflate_is_also_read_bare() -> None:
    assert decode_body(deflate_bare(PAGE), "deflate") == PAGE


def test_streams_in_a_row_are_one_body() -> None:
    assert decode_body(gzip.compress(PAGE) + gzip.compress(b"suite"), "gzip") == PAGE + b"suite"
    assert decode_body(ENCODERS["zstd"](PAGE) * 2, "zstd") == PAGE * 2
    assert decode_body(gzip.compress(PAGE) + b"\0\0\0", "gzip") == PAGE


@pytest.mark.parametrize("name", sorted(ENCODERS))
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_half_a_body_is_an_error_and_not_a_shorter_text(name: str, share: float) -> None:
    sent = ENCODERS[name](PAGE)
    with pytest.raises(UndecodableBody, match=name):
        decode_body(sent[: int(len(sent) * share)], name)


@pytest.mark.parametrize("name", sorted(ENCODERS))
def test_a_body_that_is_not_encoded_as_said_is_an_error(name: str) -> None:
    with pytest.raises(UndecodableBody, match=f"not {name} as its header says"):
        decode_body(PAGE, name)


def test_an_unknown_encoding_is_named() -> None:
    with pytest.raises(UndecodableBody, match="'compress' is unknown"):
        decode_body(PAGE, "compress")


@pytest.mark.parametrize("name", sorted(ENCODERS))
def test_unpacking_stops_at_the_limit(name: str) -> None:
    sent = ENCODERS[name](b"0" * 3_000_000)
    assert len(sent) < 10_000
    with pytest.raises(BodyTooLarge, match="more than 500000 bytes"):
        decode_body(sent, name, 500_000)
    assert len(decode_body(sent, name, 3_000_000)) == 3_000_000
    with pytest.raises(BodyTooLarge):
        decode_body(b"0" * 11, "", 10)


@pytest.mark.parametrize("name", sorted(ENCODERS))
def test_a_bomb_is_cut_below_the_limit_too(name: str) -> None:
    with pytest.raises(BodyTooLarge, match="more than 300 times its size"):
        decode_body(ENCODERS[name](b"0" * 30_000_000), name)


def test_a_page_that_repeats_itself_is_no_bomb() -> None:
    rows = b"".join(b"<tr><td>Article %d</td><td>12,5 %%</td></tr>" % n for n in range(130_000))
    assert len(rows) > 5_000_000
    assert decode_body(ENCODERS["gzip"](rows), "gzip") == rows
