"""Addresses of everything declared → where it stands."""

from collections.abc import Iterator

from partita.base.refs import Address, Ref
from partita.base.source import Span
from partita.compiler.declared import Declared, Symbols
from partita.sources.document import Document


def find_origins(symbols: Symbols) -> dict[str, Span]:
    """`str(Ref)` → the place of the name; `str(Address)` → the place of the value (of the key for a map)."""
    origins: dict[str, Span] = {}
    for ref, document in _documents(symbols):
        origins[str(ref)] = document.head()
        for pointer, span in document.values.items():
            if pointer:
                is_map = isinstance(document.get(*pointer), dict | list)
                place = document.keys.get(pointer, span) if is_map else span
                origins[str(Address(ref, tuple(str(step) for step in pointer)))] = place
    return origins


def _documents(symbols: Symbols) -> Iterator[tuple[Ref, Document]]:
    for head in symbols.packs.values():
        yield head.ref, head.document
    for things in symbols.things.values():
        thing: Declared
        for thing in things.values():
            yield thing.ref, thing.document
