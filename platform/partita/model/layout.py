"""Where things stand on a form and in a list."""

from dataclasses import dataclass

from partita.base.refs import Ref
from partita.base.text import Words
from partita.model.formula import Formula


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    label: Words | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    label: Words | None
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Every field of the type stands on exactly one section; the build adds those that the author left out."""

    tabs: tuple[Tab, ...]


@dataclass(frozen=True, slots=True)
class SortKey:
    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class ListView:
    """A list over a type. `columns` are field names or paths over links (`counterparty.region`)."""

    name: str
    label: Words | None
    columns: tuple[str, ...]
    sort: tuple[SortKey, ...]
    where: Formula | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """A tab of records of `type` whose link field `by` points at this record."""

    name: str
    label: Words
    type: Ref
    by: str
