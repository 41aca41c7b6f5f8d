"""The sentences of a message in English."""

from __future__ import annotations

from typing import Final

from alerts.wording import Wording

ENGLISH: Final = Wording(
    charter_status={
        "signatory-2019": "{platform} signed the charter of 26 March 2019.",
        "joined-2020": "{platform} reportedly joined the renewed charter in December 2020 (press).",
        "none": "{platform} had not signed the charter at the date of the change.",
        "unknown": "Whether {platform} signed the charter is not on record.",
    },
    state_notice={
        "in_force": "",
        "undone": "Undone by {day}: the earlier text is in force again.",
        "in_force_again": "In force again by {day}: the changed text applies once more.",
    },
    state_prefix={"in_force": "", "undone": "Undone", "in_force_again": "In force again"},
    kinds={
        "kept": "Clause kept",
        "moved": "Clause moved",
        "renumbered": "Clause renumbered",
        "split": "Clause split",
        "merged": "Clauses merged",
        "modified": "Clause modified",
        "added": "Clause added",
        "removed": "Clause removed",
        "restored": "Clause restored",
    },
    evidence={"sourced": "sourced", "topic-sourced": "topic only", "inferred": "inferred"},
    roles={
        "notice": "notice",
        "response": "time to respond",
        "payout": "time to pay out",
        "cure": "time to remedy",
        "appeal": "time to contest",
        "delivery": "time to deliver",
        "return": "time to return",
        "cancellation": "cancellation",
        "retention": "retention period",
        "term": "term",
        "commission": "commission",
        "penalty": "penalty",
        "reserve": "reserve",
        "fee": "fee",
        "cap": "cap",
        "threshold": "threshold",
    },
    directions={
        "better": "More favourable to the professional seller",
        "worse": "Less favourable to the professional seller",
    },
    direction_reasons={
        "presence": "clause or words on this topic added",
        "presence:dropped": "clause or words on this topic dropped",
        "words:burden": "binding words added",
        "words:burden:dropped": "binding words dropped",
        "words:relief": "safeguard added",
        "words:relief:dropped": "safeguard dropped",
        "words:came": "words replaced",
    },
    obligors={"platform": "owed by the platform", "seller": "owed by the seller"},
    colon=": ",
    semicolon="; ",
    and_more_commitments=" (and {count} more)",
    no_commitment="clause changed",
    document="Document: ",
    seen_between="Seen between {after} and {before}.",
    seen_on="Seen on {before}.",
    stated_effective="Effective date stated in the document: {day}.",
    digest="For the digest: inferred commitments only.",
    commitment_touched="Commitment touched",
    commitments_touched="Commitments touched",
    commitment_basis=" (evidence: {evidence}; rule {rule}, confidence {confidence}%)",
    fact_added="{new} added",
    fact_dropped="{old} dropped",
    fact_note=" — {note}",
    by_rule="rule {rule}",
    before="Before: ",
    after="After: ",
    full_text={"added": "Added text: ", "removed": "Removed text: ", "restored": "Restored text: "},
    one_more_change="… and 1 more change",
    more_changes="… and {count} more changes",
    charter_has_no_figures=(
        "The charter sets no figures. Vigie tells which commitment is touched and does not judge "
        "whether the charter is honoured."
    ),
    figures_are_p2b="Thresholds cited belong to Regulation (EU) 2019/1150 (P2B), not to the charter.",
    signatories="Signatories at the date of the change: {names}.",
    signatories_by_press="According to the press, also joined: {names}.",
    attribution="Source of the text: {attribution}.",
    imported="Source of the text: {attribution} (imported series: {collection}).",
    alert_number="Alert no. {alert_id}",
)
