"""Read whom a clause binds: the platform towards a professional seller, or somebody towards a buyer."""

from __future__ import annotations

from functools import lru_cache

from transforms.fire_cues import Subject
from transforms.load_lexicon import Lexicon, load_lexicon
from transforms.read_terms import Reading

BUYER_ONLY = -0.6
BUYER_AND_PLATFORM = -0.4
BUYER_LEAD = -0.6
ABOUT_BUYERS = ("data-access", "price-channel-restrictions")
SPARED_OF_PLATFORM = (*ABOUT_BUYERS, "contact-support")
BUYER_HEADING = -1.2
# "Payments from customers" may head what the seller is paid: less is taken away where the clause speaks of or to him.
BUYER_HEADING_OVER_SELLER = -0.6
CONSUMER_LAW = -1.0


def holds_class(lexicon: Lexicon, name: str, reading: Reading) -> bool:
    """Whether a reading holds a word of a class."""
    return lexicon.classes[name] in reading.places


@lru_cache(maxsize=8192)
def read_heading_party(language: str, heading: str) -> str:
    """ "buyer" when the deepest level of the heading that names a party names only buyers, else "seller" or
    ""."""
    lexicon = load_lexicon(language)
    for level in reversed(heading.split(" > ")):
        reading = lexicon.reader.read_text(level)
        if holds_class(lexicon, "seller", reading):
            return "seller"
        if holds_class(lexicon, "buyer", reading):
            return "buyer"
    return ""


def judge_party(lexicon: Lexicon, reading: Reading, subject: Subject, commitment: str) -> tuple[str, float]:
    """Name of the party evidence and the weight it takes away (0 or less) from a commitment.

    A commitment whose file says `party: any` (reporting of counterfeit) loses only to consumer law; a heading
    about buyers says nothing against access to buyers' data or diverting them. Platform and buyers without a
    seller or an addressed reader speak of a sale, less often of the seller's contract."""
    sellers = holds_class(lexicon, "seller", reading)
    addressed = holds_class(lexicon, "addressee", reading)
    if holds_class(lexicon, "consumer_law", reading) and not sellers and not addressed:
        return "consumer law", CONSUMER_LAW
    if lexicon.parties[commitment] == "any":
        return "", 0.0
    if commitment not in ABOUT_BUYERS and read_heading_party(lexicon.language, subject.heading) == "buyer":
        taken = BUYER_HEADING_OVER_SELLER if sellers or addressed else BUYER_HEADING
        return "heading about buyers", taken
    if not sellers and read_heading_party(lexicon.language, subject.lead_in) == "buyer":
        return "lead-in about buyers", BUYER_LEAD
    if not holds_class(lexicon, "buyer", reading) or sellers or addressed:
        return "", 0.0
    if not holds_class(lexicon, "platform", reading):
        return "buyers only", BUYER_ONLY
    if commitment not in SPARED_OF_PLATFORM:
        return "platform and buyers only", BUYER_AND_PLATFORM
    return "", 0.0
