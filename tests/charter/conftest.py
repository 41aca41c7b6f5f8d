"""Small charter rooms, written to disk as their users write them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

PLATFORM = """
    id: halle-test
    name: Halle Test
    locale: fr-FR
    charter_status:
      - status: none
        valid_from: 2019-03-26
        valid_until: 2020-12-07
        source: invented for a test
      - status: joined-2020
        valid_from: 2020-12-07
        source: invented for a test
    allowed_hosts: [halle.example]
    ota_names: [Halle Test]
    documents:
      - id: halle-test/terms
        title: Conditions vendeurs
        terms_type: Marketplace Sellers Conditions
        language: fr
        audience: seller
        format: html
        confidence: high
        state: active
        source: invented for a test
        declarations:
          - fetch: https://halle.example/vendeurs
            select: "#conditions"
      - id: halle-test/fees
        title: Grille tarifaire
        kind: fees
        language: fr
        audience: seller
        format: html
        confidence: medium
        state: to_verify
        state_reason: no selector known
        source: invented for a test
        declarations:
          - fetch: https://halle.example/tarifs
"""

COMMITMENTS = """
    commitments:
      - id: terms-change-notice
        axis: 1
        title: {fr: Préavis, en: Notice}
        scope: How terms are changed.
        boundary: Not what is changed.
        evidence: inferred
        references:
          - text: P2B
            article: "3(2)"
            threshold: {value: 15, unit: day, meaning: least notice}
"""


@pytest.fixture
def platform_text() -> str:
    """A platform file that loads."""
    return dedent(PLATFORM).lstrip()


@pytest.fixture
def commitments_text() -> str:
    """A commitments file that loads."""
    return dedent(COMMITMENTS).lstrip()


@pytest.fixture
def write_platform(tmp_path: Path) -> Callable[..., Path]:
    """Write a platform file and get the folder it lies in."""

    def write(text: str | bytes, name: str = "halle-test.yml") -> Path:
        data = text if isinstance(text, bytes) else text.encode("utf-8")
        (tmp_path / name).write_bytes(data)
        return tmp_path

    return write
