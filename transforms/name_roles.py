"""What a quantity is for (notice, payout, commission, ...) and who owes it, read from the sentence around
it."""

from __future__ import annotations

import re

DURATIONS = ("day", "week", "month", "year", "hour", "minute")
ROLES: tuple[tuple[str, str, str], ...] = (
    # role, kinds of unit (d duration, p percent, m money, i item), words
    (
        "notice",
        "d",
        r"préavis|notice|notif\w+|inform\w+|averti\w*|prévenir|advance|before\s+\w+\s+(?:change|take|effect)|"
        r"avant (?:leur|son|la) (?:entrée|date|mise)|opzegtermijn|kündigungsfrist|preavviso|preaviso",
    ),
    (
        "response",
        "d",
        r"répon\w+|réponse|respond\w*|repl(?:y|ies)|response|accus\w+ (?:de )?réception|acknowledg\w*|"
        r"traite\w*",
    ),
    (
        "payout",
        "d",
        r"revers\w+|payout\w*|disburs\w+|remit\w*|virement\w*|versement\w*|verse\w*|paiement|payment\w*|paid|pay\b|"
        r"payer|réglée?s?|settle\w*",
    ),
    ("cure", "d", r"remédi\w+|régularis\w+|mise en demeure|cure\b|remedy|rectif\w+|correct\w*"),
    (
        "appeal",
        "d",
        r"contest\w+|appeal\w*|recours|réclamation\w*|plainte\w*|complain\w*|médiat\w+|mediat\w+",
    ),
    ("delivery", "d", r"livr\w+|expédi\w+|deliver\w*|ship\w*|dispatch\w*"),
    ("return", "d", r"retour\w*|rétract\w+|return\w*|withdraw\w*"),
    ("cancellation", "dmp", r"annul\w+|cancel\w*"),
    ("retention", "d", r"conserv\w+|retain\w*|retention|stor(?:e|age|ed)|kept|keep"),
    ("term", "d", r"durée|term\b|duration|période|period|initial\w*"),
    ("commission", "mp", r"commission\w*|referral fee\w*|provision\w*|comisi\w+"),
    (
        "penalty",
        "mp",
        r"pénalit\w+|penalt\w+|indemnité\w*|amende\w*|fine\w?\b|intérêts?|interest|recouvrement|late fee\w*",
    ),
    ("reserve", "mp", r"réserve\w*|reserve\w*|retenue\w*|withh\w+"),
    (
        "fee",
        "mp",
        r"frais|fees?\b|abonnement\w*|subscription\w*|charge[sd]?\b|tarif\w*|redevance\w*|prix|price\w*|cost\w*|coût\w*",
    ),
    ("cap", "mp", r"plafon\w+|cap\b|capped|limit\w*|liabilit\w+|responsabilité"),
    (
        "threshold",
        "mpi",
        r"seuil\w*|threshold\w*|taux|rate\w?\b|score\w*|exceed\w*|chiffre d['’]affaires|turnover|"
        r"volume\w*|ratio",
    ),
)
COMPILED = tuple((role, kinds, re.compile(rf"\b(?:{words})", re.IGNORECASE)) for role, kinds, words in ROLES)
WINDOW = 110
AFTER_PENALTY = 25
SELLER = (
    r"vendeurs?|marchands?|partenaires?|prestataires?|fournisseurs?|chauffeurs?|professionnels?|utilisateurs?|vous|sellers?|"
    r"merchants?|vendors?|suppliers?|partners?|members?|providers?|developers?|hosts?|you|accommodations?|restaurants?|users?"
)
PLATFORM = r"plateformes?|opérateur|société|nous|we|us|our|platform|company|marketplace|operator"
PARTY = re.compile(rf"(?<!-)\b(?:(?P<seller>{SELLER})|(?P<platform>{PLATFORM}))\b", re.IGNORECASE)
# A capitalised name with a verb of duty or power is the platform: its name is not known here.
NAMED = re.compile(
    r"\b(?P<name>[A-Z][\w.]+)\s+(?:s['’]engage|peut|pourra|doit|devra|notifi\w+|inform\w+|revers\w+|vers\w+|prélèv\w+|factur\w+|"
    r"se réserve|will|shall|may|must|can|reserves|agrees|charges|pays|notifies)\b"
)
BY_PARTY = re.compile(
    rf"(?<!-)\b(?:par|by)\s+(?:l[ea]s?\s|the\s)?(?:(?P<seller>{SELLER})|(?P<platform>{PLATFORM})|(?P<name>[A-Z]\w+))\b"
)


def name_kind(unit: str) -> str:
    """Letter of the kind of a unit, as ROLES uses it."""
    if unit in DURATIONS:
        return "d"
    return {"percent": "p", "item": "i"}.get(unit, "m")


def cut_sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a span in its own sentence."""
    before = re.split(r"(?<=[a-zé)%])[.!?]\s+(?=[A-ZÀ-Ý])|\n", text[:start])[-1]
    after = re.split(r"(?<=[a-zé)%])[.!?](?:\s+(?=[A-ZÀ-Ý])|$)|\n", text[end:])[0]
    return before, after


def name_role(text: str, start: int, end: int, unit: str) -> str:
    """Role of a quantity: the nearest role word of its sentence that suits the unit ("" when none). A word
    after the quantity counts as AFTER_PENALTY characters further away: the governing word mostly stands
    before."""
    if unit == "date":
        return "date"
    kind = name_kind(unit)
    before, after = cut_sentence(text, start, end)
    best = (WINDOW + 1, "")
    for role, kinds, words in COMPILED:
        if kind not in kinds:
            continue
        for found in words.finditer(before[-WINDOW:]):
            best = min(best, (len(before[-WINDOW:]) - found.end(), role))
        for found in words.finditer(after[:WINDOW]):
            best = min(best, (found.start() + AFTER_PENALTY, role))
    return best[1]


def name_obligor(text: str, start: int, end: int) -> str:
    """Who owes: the agent of a passive ("par le Vendeur"), else the first party of the sentence ("" when
    none)."""
    before, after = cut_sentence(text, start, end)
    agent = BY_PARTY.search(after) or BY_PARTY.search(before)
    if agent:
        return "seller" if agent["seller"] else "platform"
    named = NAMED.search(before)
    party = PARTY.search(before)
    if named and not PARTY.fullmatch(named["name"]) and (party is None or named.start() < party.start()):
        return "platform"
    party = party or PARTY.search(after)
    if party is None:
        return ""
    return "seller" if party["seller"] else "platform"
