"""What Slack's reference says of a message, as checks that return their complaints.

Sources: docs.slack.dev, reference of blocks (header, section, context, divider, rich text) and of composition
objects (text). Lengths are counted in UTF-16 code units, the strictest reading. The sum over a message is not
documented; it was measured at about 13,200 characters (slackapi/bolt-js issue 2509).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

MAX_BLOCKS = 50
MAX_FIELDS = 10
MAX_ELEMENTS = 10
MAX_TEXT = 40_000
MAX_BLOCK_CHARACTERS = 13_200
Json = Mapping[str, Any]


def count_units(text: str) -> int:
    """Length in UTF-16 code units. Raises UnicodeEncodeError for a lone surrogate."""
    return len(text.encode("utf-16-le")) // 2


def find_text_error(body: Json) -> str:
    """Error word for the top level of a message, "" when sound."""
    text, blocks = body.get("text") or "", body.get("blocks") or []
    if not text and not blocks:
        return "no_text"
    if count_units(text) > MAX_TEXT:
        return "msg_too_long"
    if count_units(json.dumps(blocks, ensure_ascii=False)) > MAX_BLOCK_CHARACTERS:
        return "msg_blocks_too_long"
    return ""


def find_metadata_error(metadata: Any) -> str:
    """Error word for the metadata of a message, "" when sound."""
    if metadata is None:
        return ""
    sound = (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_type"), str)
        and metadata["event_type"].replace("_", "").isalnum()
        and isinstance(metadata.get("event_payload"), dict)
        and all(isinstance(value, str | int | bool) for value in metadata["event_payload"].values())
    )
    return "" if sound else "invalid_metadata_format"


def check_blocks(blocks: Sequence[Json]) -> list[str]:
    """Complaints about the blocks of a message."""
    complaints = [f"no more than {MAX_BLOCKS} items allowed"] if len(blocks) > MAX_BLOCKS else []
    for index, block in enumerate(blocks):
        check = _BLOCKS.get(str(block.get("type")))
        found = check(block) if check else iter([f"unsupported block type {block.get('type')!r}"])
        complaints.extend(f"{complaint} [json-pointer:/blocks/{index}]" for complaint in found)
    return complaints


def _allow_keys(thing: Json, *keys: str) -> Iterator[str]:
    for key in thing.keys() - {"type", *keys}:
        yield f"additional property {key!r}"


def _check_length(text: Any, limit: int) -> Iterator[str]:
    if not isinstance(text, str) or not text:
        yield "must be more than 0 characters"
    elif count_units(text) > limit:
        yield f"must be less than {limit + 1} characters"


def _check_text_object(
    text: Any, limit: int = 3000, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")
) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in kinds:
        yield f"text object must be one of {kinds}"
        return
    yield from _allow_keys(text, "text", "emoji" if text["type"] == "plain_text" else "verbatim")
    yield from _check_length(text.get("text"), limit)


def _check_header(block: Json) -> Iterator[str]:
    yield from _allow_keys(block, "text", "block_id")
    yield from _check_text_object(block.get("text"), 150, ("plain_text",))


def _check_section(block: Json) -> Iterator[str]:
    yield from _allow_keys(block, "text", "fields", "block_id", "expand")
    if "text" not in block and not block.get("fields"):
        yield "missing required field: text or fields"
    if "text" in block:
        yield from _check_text_object(block["text"])
    fields = block.get("fields", [])
    if len(fields) > MAX_FIELDS:
        yield "no more than 10 fields allowed"
    for field in fields:
        yield from _check_text_object(field, 2000)


def _check_context(block: Json) -> Iterator[str]:
    yield from _allow_keys(block, "elements", "block_id")
    if not 1 <= len(block.get("elements", [])) <= MAX_ELEMENTS:
        yield "1 to 10 elements allowed"
    for element in block.get("elements", []):
        yield from _check_text_object(element)


def _check_divider(block: Json) -> Iterator[str]:
    yield from _allow_keys(block, "block_id")


def _check_rich_text(block: Json) -> Iterator[str]:
    yield from _allow_keys(block, "elements", "block_id")
    if not block.get("elements"):
        yield "missing required field: elements"
    for part in block.get("elements", []):
        if part.get("type") == "rich_text_list":
            yield from _allow_keys(part, "elements", "style", "indent", "border")
            if part.get("style") not in ("bullet", "ordered"):
                yield "list style must be bullet or ordered"
            for item in part.get("elements", []):
                yield from _check_runs(item, ("rich_text_section",))
        else:
            yield from _check_runs(part, ("rich_text_section", "rich_text_quote"))


def _check_runs(part: Json, kinds: tuple[str, ...]) -> Iterator[str]:
    if part.get("type") not in kinds:
        yield f"element must be one of {kinds}"
    yield from _allow_keys(part, "elements")
    for run in part.get("elements", []):
        if run.get("type") == "link":
            yield from _allow_keys(run, "text", "url", "style")
            yield from _check_length(run.get("url"), 3000)
        elif run.get("type") == "text":
            yield from _allow_keys(run, "text", "style")
        else:
            yield f"unsupported element {run.get('type')!r}"
        yield from _check_length(run.get("text"), MAX_TEXT)
        style = run.get("style", {})
        if not set(style) <= {"bold", "italic", "strike", "code"} or not all(
            v is True for v in style.values()
        ):
            yield f"unsound style {style!r}"


_BLOCKS: Mapping[str, Callable[[Json], Iterator[str]]] = {
    "header": _check_header,
    "section": _check_section,
    "context": _check_context,
    "divider": _check_divider,
    "rich_text": _check_rich_text,
}
