"""What cannot be known because something it stands on is wrong: it is told there, and not once more everywhere else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from partita.compiler.declared import Declared, Symbols
from partita.compiler.link import Links


@dataclass(frozen=True, slots=True)
class Doubts:
    """`names`: left out of documents somewhere, or links to nothing readable. `types`: record types (`pack.name`) whose
    fields are not known for sure, because their scheme, catalog or own document is not readable."""

    names: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()


def find_doubts(symbols: Symbols, links: Links) -> Doubts:
    things = [thing for family in symbols.things.values() for thing in family.values()]
    damaged = {name for thing in things for name in thing.document.damaged}
    damaged |= {name for head in symbols.packs.values() for name in head.document.damaged}
    damaged |= {name for thing in things for name in _links_to_nothing(thing, symbols, links)}
    types = {name for name, thing in symbols.of("type").items() if thing.broken or _is_unsure(thing, symbols, links)}
    return Doubts(frozenset(damaged), frozenset(types))


def _is_unsure(thing: Declared, symbols: Symbols, links: Links) -> bool:
    return any(_leads_nowhere(thing, key, family, symbols, links) for key, family in _PARTS)


_PARTS = (("states", "scheme"), ("decisions", "catalog"))


def _leads_nowhere(thing: Declared, key: str, family: str, symbols: Symbols, links: Links) -> bool:
    if key in thing.document.damaged:
        return True
    if key not in thing.document.data:
        return False
    ref = links.get((thing.ref, (key,)))
    return ref is None or symbols.of(family)[ref.qualified].broken


def _links_to_nothing(thing: Declared, symbols: Symbols, links: Links) -> Iterator[str]:
    """Names of fields whose target is unknown or unreadable."""
    for place in _link_places(thing):
        ref = links.get((thing.ref, (*place, "to")))
        if ref is None or symbols.of("type")[ref.qualified].broken:
            yield str(place[-1])
    if thing.document.get("counterparty") and links.get((thing.ref, ("counterparty",))) is None:
        yield "counterparty"


def _link_places(thing: Declared) -> Iterator[tuple[str, ...]]:
    fields: list[tuple[tuple[str, ...], Any]] = [
        (("fields", name), body) for name, body in thing.document.data.get("fields", {}).items()
    ]
    for decision, body in thing.document.data.get("decisions", {}).items() if thing.family == "catalog" else ():
        fields += [(("decisions", decision, "ask", name), one) for name, one in body.get("ask", {}).items()]
    for place, body in fields:
        if isinstance(body, dict):
            yield from [place] if "to" in body else []
            columns = body.get("fields", {}).items()
            yield from ((*place, "fields", name) for name, column in columns if "to" in column)
