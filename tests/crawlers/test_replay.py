"""Addresses on their way to a replay server and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.replay_handler import original_address, replayed_address

REPLAY = "http://127.0.0.1:9000/2025-02-03T06:00:00Z"
PATHS = st.text("abc/?=&%:._-~", max_size=30)


@given(path=PATHS, scheme=st.sampled_from(["http", "https"]), slash=st.sampled_from(["", "/"]))
def test_a_replayed_address_leads_back_to_the_original(path: str, scheme: str, slash: str) -> None:
    address = f"{scheme}://bazar.example/{path}"
    assert original_address(REPLAY + slash, replayed_address(REPLAY + slash, address)) == address


def test_the_fragment_stays_here() -> None:
    assert replayed_address(REPLAY, "https://bazar.example/a#b") == f"{REPLAY}/https://bazar.example/a"


@pytest.mark.parametrize(
    ("location", "original"),
    [
        ("https://www.bazar.example/vendre", "https://www.bazar.example/vendre"),
        ("/vendre/conditions", "/vendre/conditions"),
        ("../conditions", "../conditions"),
        ("", ""),
        ("http://[", "http://["),
        (f"{REPLAY}/https://bazar.example/a?b=c", "https://bazar.example/a?b=c"),
        ("/2025-02-03T06:00:00Z/https://bazar.example/a", "https://bazar.example/a"),
        # Another moment, and a modifier, as pywb writes them.
        ("http://127.0.0.1:9000/20250203055812mp_/https://bazar.example/a", "https://bazar.example/a"),
        # An address within an address is the site's own business.
        ("/sortie?vers=/https://autre.example/", "/sortie?vers=/https://autre.example/"),
        (
            "https://autre.example/vers/https://bazar.example/",
            "https://autre.example/vers/https://bazar.example/",
        ),
    ],
)
def test_a_redirect_leads_where_the_original_site_leads(location: str, original: str) -> None:
    assert original_address(REPLAY, location) == original
