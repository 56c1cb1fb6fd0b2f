"""What names mean where a formula stands: the compiler describes it, the checker reads it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from partita.base.frozen import FrozenMap
from partita.base.text import Words
from partita.formulas.types import Type


@dataclass(frozen=True, slots=True)
class Part:
    """What stands behind a choice's dot: `decision.class`, `state.category`. `values`: option → the part's value."""

    type: Type
    values: FrozenMap[str, str]


@dataclass(frozen=True, slots=True)
class Name:
    """One readable name. `options` are the words of a choice's options, for templates."""

    type: Type
    label: Words | None = None
    options: FrozenMap[str, Words] = FrozenMap()
    parts: FrozenMap[str, Part] = FrozenMap()


Names = Mapping[str, Name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """`record`: the bare names; `types`: qualified record type → its names, to walk links.

    A column's formula has the row's columns as `record` and the owner's fields as `parent`; a link's `where` has the
    target's fields as `record` and the holder's as `this`. `people` is the type of `user`; `seq` allows `{seq}`.
    """

    record: Names
    types: Mapping[str, Names]
    this: Names | None = None
    parent: Names | None = None
    old: Names | None = None
    settings: Names | None = None
    people: str = ""
    roles: Collection[str] = ()
    seq: bool = False
