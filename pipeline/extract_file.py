"""Extract one HTML or PDF file under a declaration, ours or Open Terms Archive's: what `vigie extract` prints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from charter.declaration import Declaration
from charter.documents import Document
from charter.errors import CharterError
from charter.load import load_platform
from charter.ota import load_ota_declaration
from transforms.extract_text import extract_text
from transforms.extraction_rules import ExtractionError, ExtractionRules, rules_from_declaration


def extract_file(file: Path, declaration: Path, terms_type: str, at: date | None = None) -> str:
    """Markdown of an HTML or PDF file.

    `declaration` is a platform file (`.yml`) or a declaration of Open Terms Archive (`.json`, with its history
    file beside it); `terms_type` may also be the id of a platform file's document. `at` chooses the declaration
    that was valid on that day; without it, the one in force. Of a document of several pages, the first page's
    rules that fit the file are used.

    Raises:
        CharterError: the declaration file is at fault, or declares no such document, or none for that day.
        ExtractionError: the file is neither HTML nor PDF, or gives no text under its declaration; file and selector
            are named.
        OSError: the file cannot be read.
    """
    rules = rules_from_declaration(find_declaration(declaration, terms_type, at))
    page = file.read_bytes()
    try:
        return _extract_with_first(page, rules)
    except ExtractionError as error:
        raise ExtractionError(f"{file.name} under {declaration.name}: {error}") from None


def find_declaration(path: Path, terms_type: str, at: date | None) -> Declaration:
    """The declaration of one document in a platform file or a file of Open Terms Archive.

    Raises:
        CharterError: neither kind of file, faults in it, no such document, or no declaration for that day.
    """
    if path.suffix == ".json":
        return load_ota_declaration(path).declaration_at(terms_type, at)
    if path.suffix != ".yml":
        raise CharterError(
            f"{path.name}: a declaration is a platform file (.yml) or one of Open Terms Archive (.json)"
        )
    document = _choose_document(path.name, load_platform(path).documents, terms_type)
    found = document.declaration_at(at)
    if found is None:
        raise CharterError(f"{path.name}: document {document.id}: no declaration valid {at or 'now'}")
    return found


def _choose_document(file: str, documents: Sequence[Document], wanted: str) -> Document:
    found = [document for document in documents if wanted in (document.id, document.terms_type)]
    if len(found) == 1:
        return found[0]
    if not found:
        known = ", ".join(
            f"{document.id} ({document.terms_type or 'no terms type'})" for document in documents
        )
        raise CharterError(f"{file}: no document is {wanted}; there are {known or 'none'}")
    ids = ", ".join(document.id for document in found)
    raise CharterError(f"{file}: {len(found)} documents are {wanted}; give the id of one: {ids}")


def _extract_with_first(page: bytes, each: Sequence[ExtractionRules]) -> str:
    failures: list[ExtractionError] = []
    for rules in each:
        try:
            return extract_text([page], rules).markdown
        except ExtractionError as error:
            failures.append(error)
    raise failures[0]
