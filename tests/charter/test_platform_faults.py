"""Faults of a platform file: each is an error that names file and key."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from charter.load import load_platforms
from charter.models import CharterError

Writer = Callable[..., Path]


FAULTS = [
    ("an unknown key", "name: Halle Test", "name: Halle Test\nnickname: Halle", "nickname: unknown key"),
    (
        "an unknown key of a document",
        "format: html\n    confidence: high",
        "fromat: html",
        "documents.0.fromat: unknown key",
    ),
    (
        "an unknown key of a declaration",
        "select:",
        "selcet:",
        "documents.0.declarations.0.selcet: unknown key",
    ),
    ("a missing key", "locale: fr-FR\n", "", "locale: is missing"),
    (
        "a state that does not exist",
        "state: to_verify",
        "state: unsure",
        "documents.1.state: Input should be 'active'",
    ),
    (
        "a list where text is expected",
        "name: Halle Test",
        "name: [Halle]",
        "name: Input should be a valid string",
    ),
    (
        "text where a list is expected",
        "ota_names: [Halle Test]",
        "ota_names: Halle Test",
        "ota_names: Input should be",
    ),
    (
        "a number as a date",
        "valid_from: 2020-12-07",
        "valid_from: 20201207",
        "charter_status.1.valid_from: a date is",
    ),
    (
        "an impossible date",
        "valid_from: 2020-12-07",
        "valid_from: 2020-13-07",
        "charter_status.1.valid_from: Input should",
    ),
    (
        "statuses that overlap",
        "valid_until: 2020-12-07",
        "valid_until: 2021-01-01",
        "charter_status: joined-2020 begins",
    ),
    (
        "a status that ends as it begins",
        "2020-12-07\n    source",
        "2019-03-26\n    source",
        "charter_status.0: valid_until",
    ),
    (
        "a state without its reason",
        "    state_reason: no selector known\n",
        "",
        "documents.1.state_reason: state to_verify",
    ),
    (
        "a type that is not in the vocabulary",
        "Sellers Conditions",
        "Seller Conditions",
        "documents.0.terms_type: no terms",
    ),
    (
        "neither type nor kind",
        "    kind: fees\n",
        "    terms_type: null\n    kind: null\n",
        "documents.1.kind: a document",
    ),
    (
        "an active document without selector",
        '        select: "#conditions"\n',
        "",
        "documents.0.declarations: a page",
    ),
    (
        "active terms for buyers",
        "audience: seller\n    format: html\n    confidence: high",
        "audience: buyer\n    format: html\n    confidence: high",
        "documents.0.state: terms that do not bind",
    ),
    (
        "an active address nobody saw",
        "confidence: high",
        "confidence: low",
        "documents.0.state: an address that nobody",
    ),
    (
        "an address that is none",
        "https://halle.example/tarifs",
        "halle.example/tarifs",
        "documents.1.declarations.0.fetch: not a",
    ),
    (
        "a host that is not allowed",
        "https://halle.example/tarifs",
        "https://copy.example/tarifs",
        "documents.1.declarations.0.fetch: host copy.example is not in allowed_hosts",
    ),
    (
        "a document id given twice",
        "id: halle-test/fees",
        "id: halle-test/terms",
        "documents: document id given twice: halle-test/terms",
    ),
    (
        "a key given twice",
        "name: Halle Test",
        "name: Halle Test\nname: Halle",
        "name: key given twice (line 3)",
    ),
    (
        "a key given twice deep inside",
        "    kind: fees",
        "    kind: fees\n    kind: ranking",
        "documents.1.kind: key given twice",
    ),
    ("a key that is no word", "name: Halle Test", "name: Halle Test\n7: seven", "7: a key is a plain word"),
    (
        "a range with one end",
        '"#conditions"',
        '{startBefore: "#a"}',
        "documents.0.declarations.0.select.0: a range has",
    ),
    (
        "a selector that is a number",
        '"#conditions"',
        "[12]",
        "documents.0.declarations.0.select.0: Input should be a",
    ),
    (
        "a flag that is text",
        'select: "#conditions"',
        'select: a\n        executeClientScripts: "yes"',
        "declarations.0.executeClientScripts: Input",
    ),
    (
        "an id that is not the file's name",
        "id: halle-test\n",
        "id: halle\n",
        "id: halle is not the file's name (halle-test)",
    ),
]


@pytest.mark.parametrize(("before", "after", "message"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_fault_names_file_and_key(
    before: str, after: str, message: str, platform_text: str, write_platform: Writer
) -> None:
    assert before in platform_text
    folder = write_platform(platform_text.replace(before, after, 1))
    with pytest.raises(CharterError, match=r"halle-test\.yml: .*" + re.escape(message)):
        load_platforms(folder)
