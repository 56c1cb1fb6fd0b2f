"""Names → Refs: the only place that turns text into references."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from partita.base.diagnostics import Diagnostic
from partita.base.frozen import FrozenMap
from partita.base.refs import Ref
from partita.base.source import Pointer, Span
from partita.base.suggest import nearest
from partita.compiler.declared import Declared, Symbols, kinds_of

Links = Mapping[tuple[Ref, Pointer], Ref]
"""(who refers, where in his document) → to what."""

_FIELD_PLACES = (
    (("fields", "*", "to"), "type"),
    (("fields", "*", "fields", "*", "to"), "type"),
    (("related", "*", "from"), "type"),
    (("states",), "scheme"),
    (("numbering",), "numbering"),
    (("decisions",), "catalog"),
    (("counterparty",), "type"),
)
PLACES: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "reference_book": _FIELD_PLACES,
    "request_type": _FIELD_PLACES,
    "state_scheme": ((("transitions", "*", "allow", "*"), "role"),),
    "decision_catalog": ((("decisions", "*", "ask", "*", "to"), "type"),),
    "role": ((("grants", "*key"), "type"),),
    "data": ((("into",), "type"),),
    "scenario": ((("people", "*", "*"), "role"), (("steps", "*", "create"), "type")),
    "pack": ((("settings", "*", "to"), "type"),),
    "numbering": (),
}
"""Kind → where references stand in it and to which family. `*key`: the keys of a map are the references."""


@dataclass(frozen=True, slots=True)
class _Place:
    pointer: Pointer
    text: str
    family: str
    span: Span


def link(symbols: Symbols) -> tuple[Links, tuple[Diagnostic, ...]]:
    links: dict[tuple[Ref, Pointer], Ref] = {}
    findings: list[Diagnostic] = []
    for owner in _owners(symbols):
        for place in _places(owner):
            found = _resolve(place, owner.ref.pack, symbols)
            if isinstance(found, Ref):
                links[owner.ref, place.pointer] = found
            else:
                findings.append(found)
    return links, tuple(findings)


def _owners(symbols: Symbols) -> Iterator[Declared]:
    for head in symbols.packs.values():
        yield Declared(head.ref, head.document)
    for things in symbols.things.values():
        yield from (thing for thing in things.values() if not thing.broken)


def _places(owner: Declared) -> Iterator[_Place]:
    for pattern, family in PLACES[owner.ref.kind]:
        for pointer, text in _walk(owner.document.data, pattern, ()):
            span = owner.document.key(*pointer) if pattern[-1] == "*key" else owner.document.at(*pointer)
            if name := _name_of(text, family, pattern):
                yield _Place(pointer, name, family, span.inside(text.index(name), text.index(name) + len(name)))


def _name_of(text: str, family: str, pattern: tuple[str, ...]) -> str:
    """The name in a reference's text: `role.head` names a role, `the.responsible` and the grant `all` name nothing."""
    if pattern[-2:] == ("allow", "*"):
        return text.removeprefix("role.") if text.startswith("role.") else ""
    return "" if pattern[-1] == "*key" and text == "all" else text


def _walk(value: Any, pattern: tuple[str, ...], pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    if not pattern:
        if isinstance(value, str):
            yield pointer, value
        return
    head, *rest = pattern
    if head == "*key":
        yield from (((*pointer, key), key) for key in value if isinstance(value, dict))
    elif head == "*" and isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from _walk(item, tuple(rest), (*pointer, key))
    elif isinstance(value, dict) and head in value:
        yield from _walk(value[head], tuple(rest), (*pointer, head))


def _resolve(place: _Place, pack: str, symbols: Symbols) -> Ref | Diagnostic:
    known, visible = symbols.of(place.family), symbols.packs[pack].visible
    prefix, dot, name = place.text.rpartition(".")
    if dot:
        return _resolve_qualified(place, prefix, name, visible, symbols)
    if own := known.get(f"{pack}.{name}"):
        return own.ref
    found = [known[f"{other}.{name}"].ref for other in visible if f"{other}.{name}" in known]
    if len(found) > 1:
        packs = tuple(ref.qualified for ref in found)
        return Diagnostic("L004", place.span, FrozenMap({"name": name, "packs": packs}))
    return found[0] if found else _unknown(place, name, visible, symbols)


def _resolve_qualified(
    place: _Place, pack: str, name: str, visible: tuple[str, ...], symbols: Symbols
) -> Ref | Diagnostic:
    if pack not in symbols.packs:
        return Diagnostic("L006", place.span, FrozenMap({"pack": pack, "known": visible}), nearest(pack, symbols.packs))
    found = symbols.of(place.family).get(f"{pack}.{name}")
    if found and pack not in visible:
        return Diagnostic("L003", place.span, FrozenMap({"name": name, "pack": pack}))
    return found.ref if found else _unknown(place, name, (pack,), symbols)


def _unknown(place: _Place, name: str, visible: tuple[str, ...], symbols: Symbols) -> Diagnostic:
    known = symbols.of(place.family)
    for family, things in symbols.things.items():
        other = next((things[f"{p}.{name}"] for p in visible if f"{p}.{name}" in things), None)
        if other and family != place.family:
            params = {"name": name, "kind": other.ref.kind, "kinds": kinds_of(place.family)}
            return Diagnostic("L005", place.span, FrozenMap(params))
    if elsewhere := next((thing.ref for thing in known.values() if thing.ref.name == name), None):
        return Diagnostic("L003", place.span, FrozenMap({"name": name, "pack": elsewhere.pack}))
    seen = [thing.ref for thing in known.values() if thing.ref.pack in visible]
    names = (ref.name for ref in seen)
    params = {"name": name, "kinds": kinds_of(place.family)}
    return Diagnostic("L002", place.span, FrozenMap(params), nearest(name, names))
