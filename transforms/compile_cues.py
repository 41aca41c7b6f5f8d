"""Compile the patterns of the lexicon: word sequences with gaps, in any order where "&".

Pattern language, one line of YAML per pattern:
`word` any form of the word (stemmed); `word*` prefix; `=word` exactly; `#` a number; `(a|b*|c d)`
alternatives; `<class>` a word class of vocabulary.yml; a blank allows two words between, `..` seven, `...`
thirty-nine (articles do not count, and no gap crosses the end of a sentence); `&` both sides anywhere in the
text; a leading `^` binds the pattern to the first words of the text (`^ ..` to the first eight)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from transforms.read_terms import NUMBER_TERM, fold_word

GAPS = {"..": 8, "...": 40}
NEAR = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """What compiling needs of a language: word classes, the stem term of a word, words that are never
    places."""

    classes: Mapping[str, frozenset[str]]
    name_stem: Callable[[str], str]
    skipped: frozenset[str]


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a sequence: the terms that fill it and how far after the previous place it may stand."""

    terms: frozenset[str]
    reach: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: `parts` are sequences that must all occur; `source` is the line of YAML."""

    source: str
    parts: tuple[tuple[Element, ...], ...]
    at_start: bool

    @property
    def anchor(self) -> frozenset[str]:
        """The most selective place: a text without any of its terms cannot match."""
        elements = [element for part in self.parts for element in part]
        return min(elements, key=lambda element: len(element.terms)).terms


def split_alternatives(group: str) -> list[str]:
    """Alternatives of a group's content, those of inner groups left whole."""
    alternatives = [""]
    depth = 0
    for char in group:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            alternatives.append("")
        else:
            alternatives[-1] += char
    return [item.strip() for item in alternatives]


def find_group(source: str) -> tuple[int, int] | None:
    """Bounds of the first group with an alternative of several words; None where every group is of single
    words."""
    depth = 0
    start = 0
    for place, char in enumerate(source):
        if char == "(":
            start = place if depth == 0 else start
            depth += 1
        elif char == ")":
            depth -= 1
            if depth < 0:
                break
            if depth == 0 and " " in source[start:place]:
                return start, place + 1
    if depth != 0:
        raise ValueError(f"unbalanced parentheses in {source!r}")
    return None


def expand_groups(source: str) -> list[str]:
    """Write groups with alternatives of several words out into one pattern each; single words stay one
    group."""
    bounds = find_group(source)
    if bounds is None:
        return [source]
    start, end = bounds
    alternatives = split_alternatives(source[start + 1 : end - 1])
    single = [item for item in alternatives if " " not in item]
    several = [item for item in alternatives if " " in item]
    written = [*several, *(["(" + "|".join(single) + ")"] if single else [])]
    return [line for item in written for line in expand_groups(source[:start] + item + source[end:])]


def compile_place(place: str, wording: Wording) -> frozenset[str]:
    """Terms of one place."""
    if place.startswith("(") and place.endswith(")"):
        alternatives = place[1:-1].replace("|", " ").split()
        return frozenset().union(*(compile_place(item, wording) for item in alternatives))
    if place.startswith("<") and place.endswith(">"):
        if place[1:-1] not in wording.classes:
            raise ValueError(f"unknown word class {place}")
        return wording.classes[place[1:-1]]
    return compile_word(place, wording)


def compile_word(word: str, wording: Wording) -> frozenset[str]:
    """Terms of a single word of the pattern language."""
    if word == NUMBER_TERM:
        return frozenset({NUMBER_TERM})
    if word.endswith("*"):
        return frozenset({"p:" + fold_word(word[:-1])})
    if word.startswith("=") or word.isdigit():
        return frozenset({"x:" + fold_word(word.removeprefix("="))})
    if not word.isalpha():
        raise ValueError(f"cannot read {word!r}")
    return frozenset({wording.name_stem(word), wording.name_stem(fold_word(word))})


def compile_sequence(source: str, wording: Wording) -> tuple[Element, ...]:
    """A sequence of places with their reach."""
    elements: list[Element] = []
    reach = NEAR
    for place in source.split():
        if place in GAPS:
            reach = GAPS[place]
            continue
        if fold_word(place) in wording.skipped:
            continue
        elements.append(Element(compile_place(place, wording), reach))
        reach = NEAR
    if not elements:
        raise ValueError("empty pattern")
    return tuple(elements)


def compile_patterns(source: str, wording: Wording) -> list[Pattern]:
    """Compile one line of the lexicon; raises ValueError with the offending piece."""
    at_start = source.startswith("^")
    compiled = []
    for line in expand_groups(source.removeprefix("^")):
        parts = tuple(compile_sequence(part, wording) for part in line.split("&"))
        compiled.append(Pattern(source, parts, at_start))
    return compiled
