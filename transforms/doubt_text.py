"""Reasons to doubt a capture against the document's own history: an incident for the data team, never a version."""

from __future__ import annotations

from transforms.text_library import AnalysedText, ComparedTexts

# A real policy was never seen to lose more than this share of its text between two good captures, except by being
# emptied or replaced by an error page (recorded histories of 36 documents, 2022-2024).
EMPTIED_SHARE = 0.12
EMPTIED_KEPT_CLAUSES = 0.2


def doubt_text(
    accepted: AnalysedText, candidate: AnalysedText, compared: ComparedTexts
) -> tuple[str, str] | None:
    """Rule id and reason to quarantine the candidate, or None when it can be judged.

    Called only when more than noise separates the two texts: damage that can be seen through is `cosmetic` instead.
    """
    if not candidate.clauses:
        return "quarantine:empty", "no clause in the captured text"
    if candidate.replacement_count > accepted.replacement_count and _touches_damage(compared):
        return (
            "quarantine:damaged-encoding",
            f"{candidate.replacement_count} characters were lost in transit (U+FFFD): changed clauses cannot be judged",
        )
    if accepted.language and candidate.language and accepted.language != candidate.language:
        return (
            "quarantine:wrong-language",
            f"text is in {candidate.language!r}, the document is in {accepted.language!r}",
        )
    kept = len({before for before, _ in compared.pairs}) / max(1, len(accepted.clauses))
    if candidate.char_count < EMPTIED_SHARE * accepted.char_count and kept < EMPTIED_KEPT_CLAUSES:
        share = 100 * candidate.char_count / accepted.char_count
        reason = f"text shrank to {share:.0f} % of the version in force; {kept:.0%} of its clauses left"
        return "quarantine:emptied", reason
    return None


def _touches_damage(compared: ComparedTexts) -> bool:
    """Whether a change that is more than noise holds a replacement character on its newer side."""
    return any(
        "�" in assessed.change.after_text
        for assessed in compared.changes
        if assessed.nature.nature != "noise"
    )
