"""Sources → documents of known kinds, each checked against its schema: the first two passes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

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


@dataclass(slots=True)
class Documents:
    """`packs`: folder → its pack.yaml; `things`: folder → (kind, document). Filled file by file."""

    packs: dict[str, Document] = field(default_factory=dict)
    things: dict[str, list[tuple[str, Document]]] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)


def read_documents(sources: Mapping[str, str]) -> Documents:
    found = Documents()
    folders: dict[str, str] = {}
    unread: set[str] = set()
    for file in sorted(sources):
        folder, _, inside = file.partition("/")
        folders.setdefault(folder, file)
        documents, findings = read_text(sources[file], file)
        found.findings += findings
        if inside == PACK_FILE:
            unread |= {folder} if findings and not documents else set()
            _add_pack(folder, documents, found)
        else:
            _add_things(folder, documents, found)
    for folder, file in folders.items():
        if folder not in found.packs and folder not in unread and f"{folder}/{PACK_FILE}" not in sources:
            span = Span(file, 1, 1, 1, 1)
            found.findings.append(Diagnostic("O001", span, FrozenMap({"folder": folder})))
    return found


def _add_pack(folder: str, documents: tuple[Document, ...], found: Documents) -> None:
    for number, document in enumerate(documents):
        if number:
            found.findings.append(Diagnostic("S025", document.span))
            continue
        checked = document if document.broken else _checked(document, "pack", found)
        if "pack" in checked.data:
            found.packs[folder] = checked


def _add_things(folder: str, documents: tuple[Document, ...], found: Documents) -> None:
    for document in documents:
        kind = document.data.get("kind")
        if document.broken:
            if kind in KINDS:
                found.things.setdefault(folder, []).append((str(kind), document))
            continue
        if not isinstance(kind, str) or kind not in KINDS:
            found.findings.append(_no_kind(document, kind))
            continue
        checked = _checked(document, kind, found)
        if "name" in checked.data:
            found.things.setdefault(folder, []).append((kind, checked))


def _no_kind(document: Document, kind: object) -> Diagnostic:
    if kind is None:
        return Diagnostic("S002", document.span, FrozenMap({"key": "kind"}))
    params = FrozenMap({"kind": str(kind), "allowed": tuple(KINDS)})
    return Diagnostic("S007", document.at("kind"), params, nearest(str(kind), KINDS))


def _checked(document: Document, kind: str, found: Documents) -> Document:
    """The document as its schema wants it; a thing that lacks its very substance is known by name only."""
    checked, findings = validate(document, kind)
    found.findings += findings
    missing = [key for key in SCHEMAS[kind].get("required", ()) if key not in checked.data]
    return replace(checked, broken=True) if missing and kind not in TYPE_KINDS else checked


def all_documents(found: Documents) -> Iterator[Document]:
    yield from found.packs.values()
    for things in found.things.values():
        yield from (document for _, document in things)
