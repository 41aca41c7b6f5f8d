"""Who acts in a sentence: the platform, the seller, a buyer, or either contract party; and who bears a charge.

The acting party is the subject of the part of the sentence in which a quantity (or a phrase) stands: "If the
seller complains, we reply within 14 days" is the platform's time, not the seller's."""

from __future__ import annotations

import re

from transforms.read_role_words import read_role_words

_WORDS = read_role_words().parties
_PARTIES = "|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items())
_PARTIES = rf"(?:{_PARTIES})(?!['’]s\b|s['’]|-)\b"
PARTY = re.compile(rf"(?<![-\w]){_PARTIES}", re.IGNORECASE)
# After these words a party is whom something is done to, or whose something is.
_OBLIQUE = re.compile(
    r"(?:\b(?:by|par|of|to|from|for|with|against|between|towards?|upon|on|via|du|des|de|d['’]|de la|"
    r"de l['’]|au|aux|à|à la|"
    r"à l['’]|pour|avec|contre|envers|chez|entre|notif(?:y|ies)|informs?|tells?|gives?|sends?|pays?|owes?|charges?|"
    r"warns?|grants?|offers?|allows?|lets?|asks?|help|inform\w*|averti\w*|notifi\w*|accord\w+|permet\w*|verse\w*)"
    r"(?:\s+(?:the|all|any|each|every|le|la|les|l['’]|tout|chaque|professional|professionnels?))*\s*|\bd['’])$",
    re.IGNORECASE,
)
# A capitalised name with a verb of duty or power is the platform: its name is not known here.
NAMED = re.compile(
    r"\b(?P<name>[A-Z][\w.]+)\s+(?:(?:vous|lui|leur|la|les?)\s+)?"
    r"(?:s['’]engage|peut|pourra|doit|devra|notifi\w+|inform\w+|revers\w+|vers\w+|prélèv\w+|factur\w+|répond\w*|"
    r"traite\w*|statue\w*|rembours\w+|conserv\w+|se réserve|se prononce|rend\b|dispose|accuse|will|shall|may|must|can|"
    r"reserves|agrees|charges|pays|notifies|replies|responds|decides|refunds|retains|handles|processes|aims)\b"
)
_NO_NAME = re.compile(
    r"(?:The|This|These|Any|All|Each|It|He|She|They|Your|Our|Le|La|Les|Un|Une|Ce|Cette|Ces|Tout|Toute|Il|Elle|On|Chaque|"
    r"If|When|Where|Si|Ceci|Cela|Complaints?|Appeals?|Decisions?|Payments?|"
    r"Payouts?|Changes?|Fees?|Funds|Requests?|Orders?|Listings?|Products?|Accounts?|Items?|Notices?|Disputes?|Claims?|"
    r"\w+(?:tions?|ments?|er(?:y|ies)|ances?|it(?:y|ies)|ures?|aisons?))$"
)
BY_PARTY = re.compile(
    rf"(?<!-)\b(?i:par|by)\s+(?i:l[ea]s?\s|the\s|l['’]|an?\s|un\s)?(?:(?i:{_PARTIES})|(?P<name>[A-Z]\w+))"
)
_PASSIVE = re.compile(
    r"^\s*(?:(?:may|must|shall|will|can|should|peut|peuvent|doit|doivent|pourra|devra)\s+)?"
    r"(?:(?:is|are|be|been|has been|have been|est|sont|être|sera|seront|a été)\s+)+(?:\w+ly\s+|ainsi\s+|également\s+)?"
    r"(?!required|obliged|obligated|entitled|permitted|allowed|expected|authori[sz]ed|tenus?|autorisés?|obligés?|"
    r"redevables?|libres?)\w+(?:ed|en|id|nt|old|és?|ées?|is|it|us?)\b",
    re.IGNORECASE,
)
_SENTENCE_BEFORE = re.compile(r"(?:(?<=[a-zé)%])|(?<=\d{4}))[.!?]\s+(?=[A-ZÀ-Ý])|\n")
_SENTENCE_AFTER = re.compile(r"(?:(?<=[a-zé)%])|(?<=\d{4}))[.!?](?:\s+(?=[A-ZÀ-Ý])|$)|\n")
_PART = re.compile(r"[,;:]\s+|\b(?:and|et|but|mais)\s+(?=\w+\s)")
# Who receives does not act either.
_RECEIVES = re.compile(
    r"^\s*(?:will |shall |may |can )?(?:receives?|hears?|gets?|obtains?|reçoi\w+|recev\w+|obtien\w+|bénéfici\w+)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\s+(?:may|must|shall|will|can|should|has|have|had|is|are|does|do|agrees?|undertakes?|reserves?|peut|peuvent|pouvez|"
    r"doit|doivent|devez|pourra|pourront|devra|devront|dispos\w+|s['’]engagent?|a|ont|avez|est|sont|sera|"
    r"seront)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"(?:\b(?:after|once|when|whenever|if|following|upon|as soon as|where|unless|lorsque|quand|dès que|après|si|"
    r"une fois|en cas d[e’'])|\b(?:lorsqu|s)['’])\b[^,;]*[,;]",
    re.IGNORECASE,
)
_TO_BUYER = re.compile(
    r"\b(?:charged|invoiced|billed|facturée?s?|imputée?s?|appliquée?s?) (?:to|aux?|à) (?:the |l['’]|la )?"
    rf"(?:{_WORDS['buyer']})\b",
    re.IGNORECASE,
)
_PAYS = re.compile(
    r"\b(?:pays?|owes?|compensat\w+|indemnif\w+|reimburs\w+|refunds?|credits?|bears?|liable|vers\w+|pai\w+|doit|indemnis\w+|"
    r"rembours\w+|dédommag\w+|support\w+|redevable|prend\w* en charge)\b",
    re.IGNORECASE,
)


def cut_sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a span in its own sentence."""
    # Searched in the whole text: what stands before the full stop may be the span itself.
    close = _SENTENCE_AFTER.search(text, end)
    return _SENTENCE_BEFORE.split(text[:start])[-1], text[end : close.start() if close else len(text)]


def name_party(found: re.Match[str]) -> str:
    """Party of a match of PARTY or BY_PARTY; a capitalised name is the platform."""
    return next((name for name in ("either", "seller", "buyer", "platform") if found[name]), "platform")


def read_agent(before: str, after: str) -> str:
    """The agent of a passive ("par le Vendeur"), "" when none is named."""
    for text in (after, before):
        for agent in BY_PARTY.finditer(text):
            # "complaints raised by sellers are answered": that agent acts in an aside, before the verb.
            if not _VERB.match(text, agent.end()):
                return name_party(agent)
    return ""


def drop_conditions(before: str) -> str:
    """Without conditions that end before the span ("if the seller complains, "): who acts in them does not act here."""
    return _CONDITION.sub(" ", before)


def read_subject(part: str) -> tuple[str, str]:
    """(party, what follows it) of the subject of a part of a sentence: the last party with a verb of its own, else
    the first that is no object; ("", "") without one."""
    parties = [
        (found.start(), found.end(), name_party(found))
        for found in PARTY.finditer(part)
        if found.group().lower() != "us" and not _OBLIQUE.search(part[: found.start()])
    ]
    # "nous vous informons", "la plateforme vous paie": the second is the object.
    ends = {end for _start, end, _party in parties}
    parties = [one for one in parties if one[0] - 1 not in ends]
    named = [
        (found.start("name"), found.end("name"), "platform")
        for found in NAMED.finditer(part)
        if not (_NO_NAME.match(found["name"]) or PARTY.fullmatch(found["name"]))
        and not _PASSIVE.match(part[found.end("name") :])
    ]
    listed = sorted(parties + named)
    with_verb = [
        one
        for one in listed
        if one in named or _VERB.match(part, one[1]) or part[one[0] : one[1]].lower() == "we"
    ]
    chosen = with_verb[-1] if with_verb else listed[0] if listed else None
    return (chosen[2], part[chosen[1] :]) if chosen else ("", "")


def name_actor(text: str, start: int, end: int) -> str:
    """Who acts where a span stands: "platform", "seller", "buyer", "either", or "" when nobody is named.

    Whoever is told, paid or suspended does not act: of a passive without an agent the other party does."""
    before, after = cut_sentence(text, start, end)
    before = drop_conditions(before)
    if agent := read_agent(before, after):
        return agent
    for part in (*reversed(_PART.split(before)), *_PART.split(after)):
        party, rest = read_subject(part)
        if party:
            if party == "seller" and (_PASSIVE.match(rest) or _RECEIVES.match(rest)):
                return "platform"
            return party
    return ""


def name_bearer(text: str, start: int, end: int) -> str:
    """Who pays an amount or a share: the seller, unless the platform or a buyer is the one said to pay."""
    before, after = cut_sentence(text, start, end)
    actor = name_actor(text, start, end)
    if _TO_BUYER.search(before + after):
        return "buyer"
    if actor in ("platform", "buyer", "either") and _PAYS.search(before + after):
        # "is paid by the seller" has its agent; "the platform charges" takes, "the platform pays" gives.
        return actor
    return "buyer" if actor == "buyer" else "seller"
