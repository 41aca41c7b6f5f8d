"""Keys: the same everywhere, different for different natural keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.keys import key_of

PARTS = st.lists(st.one_of(st.text(), st.integers()), max_size=5).map(tuple)


@given(PARTS)
def test_a_key_fits_a_signed_64_bit_column_and_is_not_negative(parts: tuple[str | int, ...]) -> None:
    assert 0 <= key_of(*parts) < 2**63


@given(PARTS, PARTS)
def test_different_natural_keys_get_different_keys(
    one: tuple[str | int, ...], other: tuple[str | int, ...]
) -> None:
    same = [type(part) for part in one] == [type(part) for part in other] and one == other
    assert (key_of(*one) == key_of(*other)) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        ((1,), ("1",)),
        (("a",), ("a", "")),
        (("s1:a",), ("a",)),
        ((12, 3), (1, 23)),
    ],
)
def test_parts_never_run_into_each_other(one: tuple[str | int, ...], other: tuple[str | int, ...]) -> None:
    assert key_of(*one) != key_of(*other)


def test_keys_stay_what_they_were_in_stored_warehouses() -> None:
    assert key_of("ota:harbour", "Quayside", "Marketplace Sellers Conditions") == 8157872657897960413
    assert key_of("observation", 42, "é") == 6388763897131006113


def test_a_part_that_is_neither_text_nor_integer_is_refused() -> None:
    with pytest.raises(TypeError, match="None"):
        key_of("a", None)  # type: ignore[arg-type]
