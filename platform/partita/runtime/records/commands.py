"""Commands on records: nouns that every door builds and `pipeline.perform` performs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from partita.base.errors import Problem
from partita.base.frozen import FrozenMap

Values: TypeAlias = Mapping[str, Any]
NOTHING: Values = FrozenMap()


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What happened before the record came to us: for late registration and import with history.

    `state`: the state in which it already stands; `number`: the number it already has.
    """

    registered_at: datetime | None = None
    state: str = ""
    number: str = ""
    note: str = ""
    decision: str = ""
    decision_text: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CreateRecord:
    """`register` False leaves a draft. `form_key` names the form whose uploads become the record's."""

    type: str
    values: Values
    register: bool = True
    form_key: str = ""
    past: Past | None = None


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """`version` is the one that the values were read from. `past`: where a repeated import says the record stands."""

    type: str
    id: int
    version: int
    values: Values
    form_key: str = ""
    past: Past | None = None


@dataclass(frozen=True, slots=True)
class RegisterRecord:
    """Gives a draft its number."""

    type: str
    id: int
    version: int
    values: Values = NOTHING
    form_key: str = ""


@dataclass(frozen=True, slots=True)
class DeleteRecord:
    type: str
    id: int
    version: int


@dataclass(frozen=True, slots=True)
class PerformTransition:
    type: str
    id: int
    version: int
    transition: str
    values: Values = NOTHING
    form_key: str = ""


@dataclass(frozen=True, slots=True)
class Decide:
    """`decision` is a name of the catalog, or `other` with words alone."""

    type: str
    id: int
    version: int
    decision: str
    text: str = ""
    values: Values = NOTHING
    form_key: str = ""


@dataclass(frozen=True, slots=True)
class AddComment:
    type: str
    id: int
    text: str


@dataclass(frozen=True, slots=True)
class AttachFiles:
    """Uploads of this actor become files of the record."""

    type: str
    id: int
    attachments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RemoveAttachment:
    type: str
    id: int
    attachment: int


Command: TypeAlias = (
    CreateRecord
    | ChangeRecord
    | RegisterRecord
    | DeleteRecord
    | PerformTransition
    | Decide
    | AddComment
    | AttachFiles
    | RemoveAttachment
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was done. `merged`: fields that others changed meanwhile and that stayed theirs. `repeated`: this very
    command had been performed before, and this is its stored answer."""

    type: str
    id: int
    version: int = 0
    number: str = ""
    title: str = ""
    events: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    repeated: bool = False
