"""What was declared: documents with the names and packs they belong to, before any reference is followed."""

from collections.abc import Mapping
from dataclasses import dataclass

from partita.base.frozen import FrozenMap
from partita.base.refs import Address, Ref
from partita.sources.document import Document

TYPE_KINDS = ("reference_book", "request_type")
FAMILIES = {
    "reference_book": "type",
    "request_type": "type",
    "state_scheme": "scheme",
    "decision_catalog": "catalog",
    "numbering": "numbering",
    "role": "role",
    "data": "data",
    "scenario": "scenario",
}
"""Kind → the family in which its name must be unique within a pack: both kinds of record types share one."""


def kinds_of(family: str) -> tuple[str, ...]:
    """The kinds of a family, as authors write them."""
    return tuple(kind for kind, its in FAMILIES.items() if its == family)


@dataclass(frozen=True, slots=True)
class Declared:
    """A document that declares the thing `ref`. A broken one is known by name only: nothing is built from it."""

    ref: Ref
    document: Document

    @property
    def family(self) -> str:
        return FAMILIES[self.ref.kind]

    @property
    def broken(self) -> bool:
        return self.document.broken

    def address(self, *path: str) -> Address:
        return Address(self.ref, path)


@dataclass(frozen=True, slots=True)
class PackHead:
    """A pack's own document. `visible`: the packs whose names it may use, itself first."""

    name: str
    folder: str
    document: Document
    requires: Mapping[str, str] = FrozenMap()
    languages: tuple[str, ...] = ("ru",)
    visible: tuple[str, ...] = ()

    @property
    def ref(self) -> Ref:
        return Ref("pack", self.name, self.name)


@dataclass(frozen=True, slots=True)
class Symbols:
    """Every name once. `packs` stand in rank order: a pack after those that it requires."""

    packs: FrozenMap[str, PackHead]
    things: FrozenMap[str, FrozenMap[str, Declared]]
    """Family → qualified name → declared, sorted by name."""

    def of(self, family: str) -> Mapping[str, Declared]:
        return self.things.get(family, FrozenMap())
