"""Roles: what they may do to which records and fields."""

from dataclasses import dataclass
from typing import Literal

from partita.base.frozen import FrozenMap
from partita.base.refs import Ref
from partita.base.text import Words
from partita.model.formula import Formula

FieldRight = Literal["none", "read", "change"]
COMMANDS = ("decide", "comment", "attach", "import", "export")
"""Commands on records beside create, change, delete and the transitions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a role may do to one record type, on the rows where `where` holds (over the record; `user` is the actor).

    `all` is resolved by the build: `commands` and `transitions` list names. `fields` holds only what differs from the
    grant as a whole (`change` if change is given, else `read`).
    """

    type: Ref
    read: bool = False
    create: bool = False
    change: bool = False
    delete: bool = False
    commands: tuple[str, ...] = ()
    transitions: tuple[str, ...] = ()
    where: Formula | None = None
    fields: FrozenMap[str, FieldRight] = FrozenMap()


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Grants of all roles of a user add up; what no grant gives does not exist for him."""

    ref: Ref
    label: Words
    grants: tuple[Grant, ...]
