"""Sources → documents of known kinds, each checked against its schema: the first two passes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

from partita.base.diagnostics import Diagnostic
from partita.base.frozen import FrozenMap
from partita.base.source import Span
from partita.base.suggest import nearest
from partita.compiler.declared import TYPE_KINDS
from partita.compiler.schemas.kinds import KINDS, SCHEMAS
from partita.compiler.schemas.validate import validate
from partita.sources.document import Document
from partita.sources.read import read_text

PACK_FILE = "pack.yaml"
KEPT_FILES = 1000
"""Files whose reading is remembered by their text: a second run reads only what has changed."""


@dataclass(slots=True)
class Documents:
    """`packs`: folder → its pack.yaml; `things`: folder → (kind, document). Filled file by file."""

    packs: dict[str, Document] = field(default_factory=dict)
    things: dict[str, list[tuple[str, Document]]] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)


def read_documents(sources: Mapping[str, str]) -> Documents:
    found = Documents()
    for file in sorted(sources):
        folder, _, inside = file.partition("/")
        documents, findings = _read_pack(file, sources[file]) if inside == PACK_FILE else _read(file, sources[file])
        found.findings += findings
        if inside == PACK_FILE:
            found.packs.update((folder, document) for _, document in documents)
        else:
            found.things.setdefault(folder, []).extend(documents)
    found.findings += _without_pack(sources)
    return found


def _without_pack(sources: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Each folder whose files belong to nobody, at the first of them."""
    folders: dict[str, str] = {}
    for file in sorted(sources):
        folders.setdefault(file.partition("/")[0], file)
    for folder, file in folders.items():
        if f"{folder}/{PACK_FILE}" not in sources:
            yield Diagnostic("O001", Span(file, 1, 1, 1, 1), FrozenMap({"folder": folder}))


Read: TypeAlias = tuple[tuple[tuple[str, Document], ...], tuple[Diagnostic, ...]]


@lru_cache(KEPT_FILES)
def _read_pack(file: str, text: str) -> Read:
    documents, findings = read_text(text, file)
    told = [*findings, *(Diagnostic("S025", document.span) for document in documents[1:])]
    checked = [document if document.broken else _checked(document, "pack", told) for document in documents[:1]]
    return tuple(("pack", document) for document in checked if "pack" in document.data), tuple(told)


@lru_cache(KEPT_FILES)
def _read(file: str, text: str) -> Read:
    documents, findings = read_text(text, file)
    told, found = list(findings), []
    for document in documents:
        kind = document.data.get("kind")
        if isinstance(kind, str) and kind in KINDS:
            checked = document if document.broken else _checked(document, kind, told)
            found += [(kind, checked)] if "name" in checked.data else []
        elif not document.broken:
            told.append(_no_kind(document, kind))
    return tuple(found), tuple(told)


def _no_kind(document: Document, kind: object) -> Diagnostic:
    if kind is None:
        return Diagnostic("S002", document.span, FrozenMap({"key": "kind"}))
    params = FrozenMap({"kind": str(kind), "allowed": tuple(KINDS)})
    return Diagnostic("S007", document.at("kind"), params, nearest(str(kind), KINDS))


def _checked(document: Document, kind: str, told: list[Diagnostic]) -> Document:
    """The document as its schema wants it; a thing that lacks its very substance is known by name only."""
    checked, findings = validate(document, kind)
    told += findings
    missing = [key for key in SCHEMAS[kind].get("required", ()) if key not in checked.data]
    return replace(checked, broken=True) if missing and kind not in TYPE_KINDS else checked
