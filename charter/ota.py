"""Declarations of Open Terms Archive (JSON), read beside our own, with their dated past.

`<Service>.json` holds the declarations in force, `<Service>.history.json` the earlier ones, each with
`validUntil`. Grammar: docs.opentermsarchive.org/terms/reference/declaration; before 2023 the key `terms` was
spelt `documents`. A filter is a JavaScript function of `<Service>.filters.js`; only those built into their
engine have a counterpart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from charter.declaration import Declaration, declaration_in_force
from charter.errors import CharterError
from charter.read_json import check_mapping, read_json
from charter.strict import check_data

# docs.opentermsarchive.org/terms/reference/built-in-filters
BUILT_IN_FILTERS = frozenset({"removeQueryParams"})
SERVICE_KEYS = {"name", "terms", "documents", "importedFrom"}


@dataclass(frozen=True, slots=True)
class OtaTerms:
    """One terms type of a service: its declarations, oldest first, and whether the one in force can be
    applied.
    """

    terms_type: str
    declarations: tuple[Declaration, ...]
    state: Literal["active", "to_verify", "archived"]
    state_reason: str


@dataclass(frozen=True, slots=True)
class OtaService:
    """A service as Open Terms Archive declares it. `id` is the file's name, which names its folder of
    versions.
    """

    id: str
    name: str
    terms: tuple[OtaTerms, ...]

    def terms_of(self, terms_type: str) -> OtaTerms:
        """One terms type.

        Raises:
            CharterError: the service declares no such type.
        """
        for terms in self.terms:
            if terms.terms_type == terms_type:
                return terms
        known = ", ".join(terms.terms_type for terms in self.terms)
        raise CharterError(f"{self.id}.json: terms.{terms_type}: not declared (declared are: {known})")

    def declaration_at(self, terms_type: str, at: date | None = None) -> Declaration:
        """The declaration of a terms type valid at a moment; without one, that in force now.

        Raises:
            CharterError: the type is not declared, or was not at that moment.
        """
        found = declaration_in_force(self.terms_of(terms_type).declarations, at)
        if found is None:
            raise CharterError(f"{self.id}.json: terms.{terms_type}: no declaration valid {at or 'now'}")
        return found


def load_ota_declaration(path: Path) -> OtaService:
    """A service's declaration file with the history file beside it, if there is one.

    Raises:
        CharterError: a file that is not UTF-8, not JSON or not as documented; file and key are named.
    """
    data = read_json(path)
    service = path.name.removesuffix(".json")
    unknown = [f"{path.name}: {key}: unknown key" for key in data if key not in SERVICE_KEYS]
    if unknown:
        raise CharterError("\n".join(unknown))
    if not isinstance(data.get("name"), str) or not data["name"].strip():
        raise CharterError(f"{path.name}: name: is missing or not text")
    key = "documents" if "documents" in data and "terms" not in data else "terms"
    current = check_mapping(data.get(key), path.name, key)
    if not current:
        raise CharterError(f"{path.name}: {key}: no terms are declared")
    past = _read_history(path.with_name(f"{service}.history.json"))
    terms = []
    for terms_type in dict.fromkeys([*current, *past]):
        declarations = list(past.get(terms_type, ()))
        if terms_type in current:
            newest = check_data(Declaration, current[terms_type], path.name, f"{key}.{terms_type}")
            if newest.valid_until is not None:
                place = f"{key}.{terms_type}.validUntil"
                raise CharterError(f"{path.name}: {place}: belongs in {service}.history.json")
            declarations.append(newest)
        dated = _chain(declarations)
        state, reason = _judge(dated[-1], path.with_name(f"{service}.filters.js"))
        terms.append(OtaTerms(terms_type, dated, state, reason))
    return OtaService(service, data["name"], tuple(terms))


def _read_history(path: Path) -> dict[str, list[Declaration]]:
    """Earlier declarations by terms type, oldest first; empty without a history file."""
    if not path.is_file():
        return {}
    history: dict[str, list[Declaration]] = {}
    for terms_type, entries in read_json(path).items():
        if not isinstance(entries, list):
            raise CharterError(f"{path.name}: {terms_type}: a list of earlier declarations is expected")
        past = []
        for index, entry in enumerate(entries):
            declaration = check_data(Declaration, entry, path.name, f"{terms_type}.{index}")
            if declaration.valid_until is None:
                raise CharterError(f"{path.name}: {terms_type}.{index}.validUntil: is missing")
            past.append((declaration.valid_until, declaration))
        history[terms_type] = [declaration for _, declaration in sorted(past, key=lambda dated: dated[0])]
    return {terms_type: past for terms_type, past in history.items() if past}


def _chain(declarations: list[Declaration]) -> tuple[Declaration, ...]:
    """The same, each beginning where the one before it ends."""
    begin = None
    chained = []
    for declaration in declarations:
        chained.append(declaration.model_copy(update={"valid_from": begin}))
        begin = declaration.valid_until
    return tuple(chained)


def filter_reason(declaration: Declaration, filters: str, *, is_file_present: bool = True) -> str:
    """Why a declaration cannot be applied as its authors mean it: filters without counterpart; "" if it can
    be.
    """
    names = {name: None for rules in (declaration, *declaration.pages) for name in rules.filter_names}
    foreign = ", ".join(name for name in names if name not in BUILT_IN_FILTERS)
    if not foreign:
        return ""
    if not is_file_present:
        return f"filter {foreign} is not defined ({filters} is absent)"
    return f"filter {foreign} exists only as JavaScript ({filters})"


def _judge(newest: Declaration, filters: Path) -> tuple[Literal["active", "to_verify", "archived"], str]:
    if newest.valid_until is not None:
        return "archived", f"no longer declared since {newest.valid_until.isoformat()}"
    reason = filter_reason(newest, filters.name, is_file_present=filters.is_file())
    if reason:
        return "to_verify", reason
    bare = [page.fetch for page in newest.pages if not page.select and ".pdf" not in page.fetch.lower()]
    if bare:
        return "to_verify", f"no select, and the address does not name a PDF: {bare[0]}"
    return "active", ""
