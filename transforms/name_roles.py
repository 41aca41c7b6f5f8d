"""What a quantity is for (notice, payout, commission, ...) and who owes it, read from the sentence around it.

An act ("reply", "statue", "file") says more than a topic ("complaint", "réclamation"): "we reply to complaints in
14 days" is a response, "complaints are filed in 14 days" an appeal window. The event from which a time runs ("30 days
after the decision") is neither."""

from __future__ import annotations

import re

from transforms.name_parties import cut_sentence, drop_conditions, name_actor, name_bearer
from transforms.read_role_words import read_role_words

DURATIONS = ("day", "week", "month", "year", "hour", "minute")
COMPLAINT = (
    r"réclamations?|plaintes?|recours|contestations?|complain\w*|appeals?\b|contest\b|objections?|disputes?"
)
# What only a platform does to its terms and to accounts; a contract as such may be ended by either side.
CHANGE = (
    r"modif\w+|chang\w+|amend\w+|évolution\w*|revis\w+|révis\w+|updat\w+|mise à jour|new (?:terms|version|fees)|"
    r"nouvelles? (?:conditions|version)|suspen\w+|restrict\w+|restrei\w+|delist\w*|déréférenc\w+|"
    r"(?:accounts?|comptes?|shops?|boutiques?)\b[^.;]{0,40}(?:clos|clôtur|terminat|résili)\w*|"
    r"(?:closure|termination|clôture|résiliation|fermeture) (?:of|du|de) (?:the |your |an |votre )?"
    r"(?:account|compte|shop|boutique)"
)
WINDOW = 110
AFTER_PENALTY = 25
# What follows these words, to the next comma, is the event a time runs from.
EVENT = re.compile(
    r"^\s*(?:of|after|following|from|since|as of|once|upon|à compter|à partir|suivant|après|dès|qui suivent|de la|"
    r"du|des|(?:à|de) (?:la )?réception)\b(?!\s+notice)(?:(?!\b(?:pour|to|afin)\b)[^,;])*",
    re.IGNORECASE,
)
LASTING = re.compile(
    r"\b(?:for(?: a (?:period|term) of)?|during|pendant|durant|au cours|(?:pour )?une (?:durée|période) de)"
    r"(?:\s+(?:the|a|an|les?|la|un|une|at least|at most|up to|au moins|au plus))*\s*$",
    re.IGNORECASE,
)
NOTICE_NEXT = re.compile(
    r"^['’]?\s*(?:\w+\s)?(?:in advance|ahead|à l['’]avance|d['’]avance|beforehand|(?:prior|advance|written)\s(?:\w+\s)?"
    r"notice|notice|de préavis)",
    re.IGNORECASE,
)
FUNDS = re.compile(
    r"\b(?:funds?|fonds|sommes?|amounts?|montants?|payouts?|proceeds|earnings|balance|solde|revers\w+|money|argent)\b",
    re.IGNORECASE,
)
RECORDS = re.compile(
    r"\b(?:data|données|reports?|rapports?|records?|statistics|statistiques|histor\w+|exports?|invoices?)\b",
    re.IGNORECASE,
)
INVOICE = re.compile(
    r"\b(?:factures?|invoices?|fees?|frais|abonnements?|subscriptions?|commissions?|échéance)\b",
    re.IGNORECASE,
)
BUYING = re.compile(r"\b(?:acheteur|client|consommateur|buyer|customer|consumer)", re.IGNORECASE)
ASKED = re.compile(
    rf"\b(?:{COMPLAINT}|demandes?|requests?|queries|questions?|tickets?|counter-notices?)", re.IGNORECASE
)
CHANGES = re.compile(rf"\b(?:{CHANGE})", re.IGNORECASE)
_SELLER, _PLATFORM = (read_role_words().parties[name] for name in ("seller", "platform"))
_NAME = r"(?-i:[A-Z])\w+"
TO_SELLER = re.compile(
    rf"\b(?:to (?:the |each |all )?|aux? |au profit d(?:es|u) |à (?:la |l['’])?)(?:{_SELLER})\b",
    re.IGNORECASE,
)
LIABLE = re.compile(
    rf"\b(?:(?P<seller>your|votre|(?:{_SELLER})['’]s?)|(?:our|notre|(?:{_PLATFORM})['’]s|{_NAME}['’]s))\s(?:\w+\s)?"
    r"(?:liability|responsabilité)|"
    r"(?:liability|responsabilité) (?:of|de|du|des)\s?(?:the |l[ae] |l['’])?"
    rf"(?:(?P<seller2>{_SELLER})|(?:{_PLATFORM}|{_NAME}))\b",
    re.IGNORECASE,
)
CHARGES = ("commission", "fee", "penalty", "reserve", "compensation")


def name_kind(unit: str) -> str:
    """Letter of the kind of a unit, as roles.yml uses it."""
    if unit in DURATIONS:
        return "d"
    return {"percent": "p", "item": "i"}.get(unit, "m")


def name_role(text: str, start: int, end: int, unit: str) -> str:
    """Role of a quantity: the nearest act of its sentence that suits the unit, else the nearest topic, else "".
    A word after the quantity counts as AFTER_PENALTY characters further away: the governing word mostly stands
    before."""
    if unit == "date":
        return "date"
    kind = name_kind(unit)
    before, after = cut_sentence(text, start, end)
    if kind == "d" and NOTICE_NEXT.match(after):
        return "notice"
    near, next_to = drop_conditions(before)[-WINDOW:], EVENT.sub("", after)[:WINDOW]
    known = read_role_words()
    barred = known.deadlines if LASTING.search(before) else frozenset()
    for tier in known.tiers:
        best = (WINDOW + 1, "")
        for words in tier:
            if kind not in words.kinds or words.role in barred:
                continue
            for found in words.pattern.finditer(near):
                best = min(best, (len(near) - found.end(), words.role))
            for found in words.pattern.finditer(next_to):
                best = min(best, (found.start() + AFTER_PENALTY, words.role))
        if best[1]:
            return _settle(best[1], before + after)
    return ""


def _settle(role: str, sentence: str) -> str:
    """A role that needs its object: funds are held, records are accessed or kept."""
    if role == "hold":
        return "reserve" if FUNDS.search(sentence) else "retention"
    if role == "access":
        return "access" if RECORDS.search(sentence) else ""
    return role


def name_obligor(text: str, start: int, end: int, role: str = "") -> str:
    """Who owes: the acting party of the sentence; of a charge, who bears it; without a party, whom the act itself
    implies (only a platform decides complaints, only a seller files them); "" when nothing says."""
    if role == "cap" and (found := LIABLE.search(" ".join(cut_sentence(text, start, end)))):
        return "seller" if found["seller"] or found["seller2"] else "platform"
    if role == "rebate":
        return "platform" if INVOICE.search(" ".join(cut_sentence(text, start, end))) else ""
    if role in CHARGES:
        return name_bearer(text, start, end)
    actor = name_actor(text, start, end)
    before, after = cut_sentence(text, start, end)
    return actor or _imply(role, before + " " + after)


def _imply(role: str, sentence: str) -> str:
    """Whom an act without a subject binds; "" where it may be anybody or a buyer stands nearby."""
    if BUYING.search(sentence):
        return ""
    if role in ("appeal", "cure"):
        return "seller"
    if role in ("decision", "response"):
        return "platform" if role == "decision" or ASKED.search(sentence) else ""
    if role == "notice":
        return "platform" if CHANGES.search(sentence) else ""
    if role == "payout":
        return (
            "seller"
            if INVOICE.search(sentence)
            else "platform"
            if FUNDS.search(sentence) or TO_SELLER.search(sentence)
            else ""
        )
    return {"access": "seller", "sanction": "platform", "reserve": "platform"}.get(role, "")
