"""A page that a slow script fills twice: the same text once or twice over, depending on the moment of the fetch."""

from __future__ import annotations

from itertools import accumulate

_BETWEEN = "\n\n"
# Parts of the text. No policy was seen to say a third of itself twice in a row.
_LEAST_SHARE = 1 / 3
_LEAST_REPEATED = 8


def drop_second_rendering(text: str) -> str:
    """The text without the second of two equal stretches in a row that make up most of it.

    Lines before them that the script wrote twice without a break are written once.
    """
    blocks = text.split(_BETWEEN)
    found = _find_repeated(blocks)
    if found is None:
        return text
    start, again = found
    kept = [_halve(block) for block in blocks[:start]] + blocks[start:again] + blocks[2 * again - start :]
    return _BETWEEN.join(kept)


def _find_repeated(blocks: list[str]) -> tuple[int, int] | None:
    """Where the longest stretch that is repeated at once begins, and where it begins again."""
    upto = [0, *accumulate(len(block) for block in blocks)]
    least = max(1.0, _LEAST_SHARE * upto[-1])
    for start in range(len(blocks)):
        for again in range(start + (len(blocks) - start) // 2, start, -1):
            if upto[again] - upto[start] < least:
                break
            if blocks[start] == blocks[again] and blocks[start:again] == blocks[again : 2 * again - start]:
                return start, again
    return None


def _halve(block: str) -> str:
    middle = len(block) // 2
    is_twice = middle >= _LEAST_REPEATED and block[:middle] == block[middle:]
    return block[:middle] if is_twice else block
