"""Properties of segmentation: nothing lost, order kept, stable under reflow and restyling."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.split_clauses import split_clauses

WORDS = st.lists(st.from_regex(r"[a-zéèà]{2,9}", fullmatch=True), min_size=1, max_size=14)
SENTENCES = WORDS.map(lambda words: " ".join(words).capitalize() + ".")
BLOCKS = st.lists(
    st.tuples(st.sampled_from(["paragraph", "item", "heading", "bold", "row"]), SENTENCES), max_size=12
)


def write_markdown(blocks, *, bullet="*", emphasis="", width=0):
    lines = []
    for kind, sentence in blocks:
        text = sentence
        if emphasis:
            first, _, rest = sentence.partition(" ")
            text = f"{emphasis}{first}{emphasis} {rest}".strip() if rest else sentence
        if width:
            text = wrap(text, width)
        marks = {"item": f"{bullet} ", "heading": "## ", "bold": "", "paragraph": "", "row": "| "}
        if kind in ("heading", "row"):
            text = text.replace("\n", " ")
        ending = " |" if kind == "row" else ""
        lines.append(f"{marks[kind]}{text}{ending}")
    return "\n\n".join(lines)


def wrap(text, width):
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


@given(BLOCKS)
def test_nothing_is_lost_and_the_order_is_kept(blocks):
    expected = re.findall(r"\w+", " ".join(sentence for _, sentence in blocks))
    found = re.findall(r"\w+", " ".join(clause.text for clause in split_clauses(write_markdown(blocks))))
    assert found == expected


@given(BLOCKS, st.integers(min_value=12, max_value=90))
def test_wrapping_the_lines_of_the_source_changes_nothing(blocks, width):
    assert split_clauses(write_markdown(blocks, width=width)) == split_clauses(write_markdown(blocks))


@given(BLOCKS, st.sampled_from(["-", "+", "•", "●"]), st.sampled_from(["**", "_", "__"]))
def test_other_bullets_and_emphasis_do_not_make_another_text(blocks, bullet, emphasis):
    restyled = split_clauses(write_markdown(blocks, bullet=bullet, emphasis=emphasis))
    plain = split_clauses(write_markdown(blocks))
    assert [clause.text_hash for clause in restyled] == [clause.text_hash for clause in plain]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
@settings(max_examples=150)
def test_any_text_is_split_without_an_error_and_twice_alike(text):
    clauses = split_clauses(text)
    assert clauses == split_clauses(text)
    assert all(clause.text == " ".join(clause.text.split()) and clause.text for clause in clauses)


def test_every_word_of_the_recorded_policies_is_kept(recorded_texts):
    for name, text in recorded_texts.items():
        clauses = split_clauses(text)
        kept = set(re.findall(r"[^\W\d_]{4,}", " ".join(clause.text for clause in clauses)))
        without_links = re.sub(
            r"\]\([^)]*\)*|https?://\S+|<[^<>]*>|&\w+;|[\u00ad\u200b-\u200f\\*_~`]", " ", text
        )
        lost = {word for word in re.findall(r"[^\W\d_]{4,}", without_links) if word not in kept}
        assert len(lost) <= 0.004 * len(kept) + 3, (name, sorted(lost)[:20])
