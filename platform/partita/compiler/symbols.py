"""All documents → every name once. Packs first, then what is in them; a repeat is told with both places."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from partita.base.diagnostics import Diagnostic, Note
from partita.base.frozen import FrozenMap
from partita.base.refs import Ref
from partita.base.source import Span
from partita.base.suggest import nearest
from partita.compiler.declared import FAMILIES, Declared, PackHead, Symbols
from partita.compiler.ranges import fits
from partita.sources.document import Document

FIRST_HERE = FrozenMap({"ru": "в первый раз здесь", "en": "first here"})


def declare(
    packs: Mapping[str, Document], documents: Mapping[str, Iterable[tuple[str, Document]]], language: str
) -> tuple[Symbols, tuple[Diagnostic, ...]]:
    """`packs`: folder → its pack.yaml; `documents`: folder → (kind, document) of the other files."""
    findings: list[Diagnostic] = []
    heads = _heads(packs, language, findings)
    findings += _check_requires(heads)
    ranked = _ranked(heads, findings)
    things: dict[str, dict[str, Declared]] = {family: {} for family in FAMILIES.values()}
    folders = {head.folder: head.name for head in ranked}
    for folder in sorted(documents):
        for kind, document in documents[folder]:
            if pack := folders.get(folder):
                _declare(Declared(Ref(kind, pack, document.data["name"]), document), things, findings)
    frozen = {family: FrozenMap(sorted(found.items())) for family, found in things.items()}
    return Symbols(FrozenMap({h.name: h for h in ranked}), FrozenMap(frozen)), tuple(findings)


def _heads(packs: Mapping[str, Document], language: str, findings: list[Diagnostic]) -> dict[str, PackHead]:
    heads: dict[str, PackHead] = {}
    for folder in sorted(packs):
        document = packs[folder]
        name = document.data["pack"]
        if name in heads:
            note = Note(FIRST_HERE, heads[name].document.at("pack"))
            findings.append(Diagnostic("O002", document.at("pack"), FrozenMap({"pack": name}), notes=(note,)))
        else:
            requires = FrozenMap(document.data.get("requires", {}))
            languages = tuple(document.data.get("languages", (language,)))
            heads[name] = PackHead(name, folder, document, requires, languages)
    return heads


def _check_requires(heads: Mapping[str, PackHead]) -> Iterator[Diagnostic]:
    for head in heads.values():
        for name, wanted in head.requires.items():
            place = head.document.key("requires", name)
            if name not in heads:
                yield Diagnostic("O003", place, FrozenMap({"pack": name}), nearest(name, heads))
            elif (version := heads[name].document.data.get("version")) and not fits(str(version), wanted):
                params = FrozenMap({"pack": name, "version": version, "range": wanted})
                yield Diagnostic("O004", head.document.at("requires", name), params)


def _ranked(heads: Mapping[str, PackHead], findings: list[Diagnostic]) -> list[PackHead]:
    """Packs after those that they require, by name among equals; each with the packs it sees."""
    ranked: dict[str, PackHead] = {}
    circular: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            cycle = (*path[path.index(name) :], name)
            circular.update(cycle)
            _tell_cycle(heads[path[-1]], name, cycle, findings)
            return
        if name in ranked or name not in heads:
            return
        head = heads[name]
        for required in sorted(head.requires):
            visit(required, (*path, name))
        below = {seen for required in head.requires if required in ranked for seen in ranked[required].visible}
        unreadable = name in circular or head.document.broken or "requires" in head.document.damaged
        visible = (name, *sorted((set(heads) if unreadable else below) - {name}))
        ranked[name] = replace(head, visible=visible)

    for name in sorted(heads):
        visit(name, ())
    return list(ranked.values())


def _tell_cycle(head: PackHead, name: str, cycle: tuple[str, ...], findings: list[Diagnostic]) -> None:
    place = head.document.key("requires", name)
    findings.append(Diagnostic("O005", place, FrozenMap({"cycle": " → ".join(cycle)})))


def _declare(thing: Declared, things: dict[str, dict[str, Declared]], findings: list[Diagnostic]) -> None:
    family = things[thing.family]
    first = family.get(thing.ref.qualified)
    if first is None:
        family[thing.ref.qualified] = thing
        return
    place: Span = thing.document.at("name")
    note = Note(FIRST_HERE, first.document.at("name"))
    params = FrozenMap({"name": thing.ref.name, "pack": thing.ref.pack})
    findings.append(Diagnostic("L001", place, params, notes=(note,), address=str(thing.ref)))
