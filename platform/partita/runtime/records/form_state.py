"""What a form knows of one field, and of one row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partita.base.errors import Problem
from partita.base.frozen import FrozenMap
from partita.model.field import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldState:
    """`why`: in the actor's language, why it is hidden, required or read-only; empty where no rule decides.

    `options`: name → label of those offered now, in the order of the type. `titles`: of the records that a link names.
    """

    name: str
    field: Field
    visible: bool
    required: bool
    read_only: bool
    why: str
    value: Any
    options: FrozenMap[str, str] = FrozenMap()
    titles: Mapping[int, str] = FrozenMap()
    problems: tuple[Problem, ...] = ()
    rows: "tuple[RowState, ...]" = ()


@dataclass(frozen=True, slots=True)
class RowState:
    """`id` is None for a row that is not stored yet."""

    id: int | None
    position: int
    cells: FrozenMap[str, FieldState]
