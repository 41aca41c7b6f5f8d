"""Challenge and error pages taken as content: recognised by what they say, only when they say little else."""

from __future__ import annotations

import re

# A policy that mentions a captcha is not a challenge page; a challenge page is short.
MAX_CHALLENGE_CHARS = 2500
MARKERS = re.compile(
    r"(enable javascript and cookies|checking your browser|verify (that )?you are (a )?human|access denied"
    r"|are you a robot|unusual traffic|attention required.{0,20}cloudflare|request unsuccessful\. incapsula"
    r"|pardon our interruption|please complete the (security check|captcha)|press (and|&) hold"
    r"|v[ée]rifiez que vous [êe]tes humain|acc[èe]s (refus[ée]|interdit)|activer javascript|êtes-vous un robot"
    r"|\b(403 forbidden|404 not found|502 bad gateway|503 service (temporarily )?unavailable|page not found)\b"
    r"|page introuvable|datadome|perimeterx)",
    re.IGNORECASE | re.DOTALL,
)


def spot_challenge(text: str) -> str | None:
    """The phrase that gives a challenge, block or error page away, or None for a text that may be a policy."""
    if len(text) > MAX_CHALLENGE_CHARS:
        return None
    found = MARKERS.search(text)
    return found.group(0) if found else None
