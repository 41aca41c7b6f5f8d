"""Limits that several suites share, with where each comes from."""

from __future__ import annotations

from datetime import UTC, datetime

# No web archive of seller policies reaches further back; an earlier date is a clock or parsing error.
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)

# Shortest text taken for a policy, in characters without surrounding white space. Of 462 distinct texts
# recorded from 2022 to 2024 the shortest has 199; what is shorter than 40 is a title or an error message.
SHORTEST_TEXT = 40

# Highest share of U+FFFD (characters lost in decoding) in a text. Measured on the texts in force of that
# history: accented letters and other non-ASCII characters make 2.4 to 4.0 % of French texts and 1.2 to 2.0 %
# of German ones, so a text decoded wrongly throughout is above 1 %. Stray damage stays below and is left to
# the comparison of versions.
MOST_REPLACED = 0.01

# Characters of a text that may be shown in a report on data quality.
PREVIEW_LENGTH = 200
