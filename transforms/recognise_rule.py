"""Recognise texts with no rule in them: titles, table-of-contents lines, bare cross-references (code book,
rule 4)."""

from __future__ import annotations

from transforms.load_lexicon import load_lexicon
from transforms.read_terms import Reading

TITLE_WORDS = 24
CAPITALISED_SHARE = 0.7
QUESTION_WORDS = 14
SHORT_WORD = 3
REFERENCE_WORDS = 26


def lacks_rule(text: str, reading: Reading, language: str) -> str:
    """ "" when the text can hold a rule, else why it cannot ("title", "cross-reference", "no words")."""
    stripped = text.strip(" \t\n•*-–|")
    if not any(char.isalpha() for char in stripped):
        return "no words"
    classes = load_lexicon(language).classes
    if reading.words <= TITLE_WORDS and looks_like_title(stripped, classes["verb"] in reading.places):
        return "title"
    if reading.words <= REFERENCE_WORDS and classes["reference"] in reading.places:
        return "cross-reference" if starts_as_reference(stripped, language) else ""
    return ""


def looks_like_title(stripped: str, has_verb: bool) -> bool:
    """A short line that starts like a title, does not end like a sentence and has no finite verb."""
    if has_verb and not (stripped.endswith("?") and stripped.count(" ") < QUESTION_WORDS):
        return False
    # An item of a list goes on: "The chamber of Riga (https://...), or".
    if stripped[0].islower() or stripped[-1] in ";,:" or stripped.endswith(LIST_GOES_ON):
        return False
    return stripped[-1] not in ".)]" or is_title_case(stripped)


def is_title_case(stripped: str) -> bool:
    """Whether most words of some length have a capital, as titles in English have, but not all letters."""
    words = [word for word in stripped.split() if len(word) > SHORT_WORD and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 1 and not stripped.isupper() and capitals >= CAPITALISED_SHARE * len(words)


LIST_GOES_ON = (" or", " and", " ou", " et")
REFERENCE_STARTS = {
    "en": (
        "for further information",
        "for more information",
        "for more details",
        "for details",
        "learn more",
        "you can find further",
        "you can find more",
        "read more",
        "see also",
        "more information",
        "please refer",
    ),
    "fr": (
        "pour plus d",
        "pour en savoir plus",
        "en savoir plus",
        "plus d'informations",
        "voir aussi",
        "consultez",
    ),
}


def starts_as_reference(stripped: str, language: str) -> bool:
    """Whether a short text opens as a pointer to another page."""
    lowered = stripped.lower().replace("’", "'")
    return lowered.startswith(REFERENCE_STARTS.get(language, REFERENCE_STARTS["en"]))
