"""Where in a platform file something is said, as `file: key` in the errors of the loader."""

from __future__ import annotations

from charter.declaration import Declaration
from charter.documents import Document
from charter.platforms import Platform


def full_key(platform: Platform, document_id: str, key: str) -> str:
    """File and key of something said of a document: `boulanger.yml: documents.3.declarations.0.select.0`."""
    ids = [document.id for document in platform.documents]
    return f"{platform.id}.yml: documents.{ids.index(document_id)}.{key}"


def declaration_key(document: Document, page: int | None, name: str) -> str:
    """Key below a document: of the document itself (`page` None), or of the declaration in force."""
    declaration = document.declaration
    if page is None or declaration is None:
        return name
    place = f"declarations.{document.declarations.index(declaration)}"
    if declaration.fetch is not None or (name != "fetch" and not _has_own(declaration, page, name)):
        return f"{place}.{name}"
    return f"{place}.combine.{page}.{name}"


def selector_key(document: Document, page: int, role: str, number: int) -> str:
    """Key of one of the selectors of a page."""
    return f"{declaration_key(document, page, role)}.{number}"


def _has_own(declaration: Declaration, page: int, name: str) -> bool:
    """Whether a page of several gives a rule of its own and not the shared one."""
    return page < len(declaration.combine) and getattr(
        declaration.combine[page], name.partition(".")[0]
    ) not in (
        (),
        None,
    )
