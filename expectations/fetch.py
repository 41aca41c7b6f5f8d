"""Rules for staged fetches: one attempt at one page, whose bytes must be found again."""

from __future__ import annotations

from expectations.compose_rules import between, filled, matches, present, unique
from expectations.compose_suite import compose_suite
from expectations.limits import EARLIEST
from expectations.suite import Parameter, Rule, When

_GOT_BYTES = When("outcome", ("fetched", "not_modified"))

SUITE = compose_suite(
    "fetch",
    (
        "fetch_id",
        "observation_id",
        "document_id",
        "page",
        "attempt",
        "url",
        "outcome",
        "outcome_reason",
        "observed_at",
        "elapsed_ms",
        "snapshot_hash",
        "warc_file",
        "warc_offset",
    ),
    (
        present("fetch_id", on_failure="stop"),
        unique("fetch_id"),
        present("observation_id", on_failure="stop"),
        present("document_id", on_failure="stop"),
        present("page"),
        present("attempt"),
        *filled("url"),
        present("outcome"),
        Rule(
            "outcome-known",
            "expect_column_values_to_be_in_set",
            {"column": "outcome", "value_set": Parameter("fetch_outcomes")},
            ("outcome",),
            "row",
            "quarantine",
            "l'issue n'est pas l'une de celles qu'une collecte peut avoir",
            "the outcome is not one of those that a crawl can have",
        ),
        *filled("outcome_reason"),
        present("observed_at"),
        between(
            "observed_at-plausible",
            "observed_at",
            EARLIEST,
            Parameter("now"),
            "la date de la collecte est antérieure à l'an 2000 ou dans le futur",
            "the date of the fetch is before the year 2000 or in the future",
        ),
        present("elapsed_ms"),
        between(
            "elapsed_ms-positive",
            "elapsed_ms",
            0,
            None,
            "la durée de la collecte est négative",
            "the fetch took less than no time",
        ),
        present("snapshot_hash", when=_GOT_BYTES),
        matches(
            "snapshot_hash-shape",
            "snapshot_hash",
            r"\A[0-9a-f]{64}\Z",
            "l'empreinte de la capture n'est pas un SHA-256",
            "the hash of the snapshot is not a SHA-256",
        ),
        present("warc_file", when=_GOT_BYTES),
        present("warc_offset", when=_GOT_BYTES),
    ),
)
