"""Record types: what reference books and request types compile to. One type is one table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from partita.base.frozen import FrozenMap
from partita.base.refs import Ref
from partita.base.text import Words
from partita.model.field import Field
from partita.model.formula import Check, Formula, Template
from partita.model.layout import Form, ListView, Related


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordType:
    """`fields` holds the built-in fields first (`own` False), then the declared, then those asked by decisions.

    `responsible`: name → formula giving an employee; the first that is not empty becomes the responsible one.
    `dependents`: field → fields whose visibility, requirement, options, value or checks read it.
    """

    ref: Ref
    kind: Literal["reference_book", "request_type"]
    label: Words
    plural: Words
    help: Words | None = None
    group: str = ""
    title: Template
    fields: FrozenMap[str, Field]
    checks: tuple[Check, ...] = ()
    form: Form
    lists: FrozenMap[str, ListView]
    related: FrozenMap[str, Related] = FrozenMap()
    unique: FrozenMap[str, tuple[str, ...]] = FrozenMap()
    numbering: Ref | None = None
    states: Ref | None = None
    decisions: Ref | None = None
    counterparty: Ref | None = None
    responsible: FrozenMap[str, Formula] = FrozenMap()
    dependents: FrozenMap[str, tuple[str, ...]] = FrozenMap()
    renamed_from: str = ""

    @property
    def name(self) -> str:
        """`pack.name`: how addresses of pages, tables of history and API name the type."""
        return self.ref.qualified

    def own_fields(self) -> Iterator[Field]:
        return (field for field in self.fields.values() if field.own)

    def tables(self) -> Iterator[Field]:
        return (field for field in self.fields.values() if field.type == "table")
