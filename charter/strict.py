"""What every model here shares: unknown keys refused, values frozen, and errors that name file and key."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationError,
)

from charter.errors import CharterError

ModelT = TypeVar("ModelT", bound=BaseModel)

# Tags of unions appear in pydantic's locations but are no key of any file; ours are written in parentheses.
TAG = re.compile(r"\(.*\)")
PLAIN_WORDS = {"missing": "is missing", "extra_forbidden": "unknown key"}


class Strict(BaseModel):
    """Base of every model: unknown keys are errors, instances are values."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _refuse_number(value: object) -> object:
    # Pydantic would read 20190326 as seconds since 1970.
    if isinstance(value, (int, float)):
        raise ValueError("a date is written YYYY-MM-DD")
    return value


def _check_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError as error:
        raise ValueError(f"not a web address: {error}") from None
    if parts.scheme not in ("http", "https") or not host or re.search(r"\s", value):
        raise ValueError("not a web address (http or https, with a host, without spaces)")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Day = Annotated[date, BeforeValidator(_refuse_number)]
Moment = Annotated[AwareDatetime, BeforeValidator(_refuse_number)]
# Kept as written: a normalised address is another address to a server, and to a content hash.
WebAddress = Annotated[str, AfterValidator(_check_address)]


def moment_of(at: date) -> datetime:
    """A day as the moment it begins in UTC; a `datetime` as it is (one without zone is taken as UTC)."""
    if isinstance(at, datetime):
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    return datetime.combine(at, time.min, tzinfo=UTC)


def check_data(model: type[ModelT], data: Any, file: str, at: str = "") -> ModelT:
    """Data of a file as a model; `at` is the key path where the data lies in the file.

    Raises:
        CharterError: every problem found, each with file and key path.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = error.errors()
        problems = [f"{file}: {_key_path(at, one['loc'])}: {_plain_message(one)}" for one in found]
        raise CharterError("\n".join(problems)) from None


def _key_path(at: str, location: tuple[int | str, ...]) -> str:
    keys = [at, *(str(part) for part in location if not TAG.fullmatch(str(part)))]
    return ".".join(key for key in keys if key) or "(whole file)"


def _plain_message(problem: Any) -> str:
    message = PLAIN_WORDS.get(problem["type"], problem["msg"].removeprefix("Value error, "))
    is_short = isinstance(problem["input"], (str, int, float, bool)) and problem["type"] not in PLAIN_WORDS
    return f"{message} (found {problem['input']!r})" if is_short else message
