"""Values of the record, of a row, and over links as expressions; values from outside as holes."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeAlias

import sqlalchemy as sa

from partita.formulas.tree import Call, Read, Tree, walk
from partita.formulas.types import Number
from partita.storage.expressions.kinds import stored
from partita.storage.sqltypes import ExactDecimal, Flag, Moment, PlainDate, PlainText

Expr: TypeAlias = sa.ColumnElement[Any]
Pick: TypeAlias = Callable[[sa.FromClause, str, str], Expr]
GIVEN = ("this", "parent", "user", "settings")
_PREFIX = {"sqlite": "p_", "postgresql": "partita_"}


class Namer(Protocol):
    """Where fields live. A path is a field, or `lines.qty` for a column of rows."""

    def table(self, type_name: str) -> sa.Table: ...
    def column(self, type_name: str, path: str) -> sa.Column[Any]: ...
    def fold(self, type_name: str, path: str) -> sa.Column[Any] | None: ...
    def child(self, type_name: str, table_field: str) -> sa.Table: ...
    def links(self, type_name: str, path: str) -> sa.Table: ...


@dataclass(frozen=True, slots=True)
class Place:
    """The record that is read (`record` is its table's alias) and, inside an aggregate, the row of its `table`."""

    type_name: str
    record: sa.FromClause
    table: str = ""
    row: sa.FromClause | None = None

    def froms(self) -> tuple[sa.FromClause, ...]:
        return (self.record,) if self.row is None else (self.record, self.row)

    def inside(self, table: str, row: sa.FromClause) -> "Place":
        return replace(self, table=table, row=row)


class Reads(ABC):
    """The lowest part of the translator."""

    def __init__(self, namer: Namer, dialect: str) -> None:
        self.namer, self.dialect = namer, dialect
        self.sqlite = dialect == "sqlite"

    @abstractmethod
    def value(self, tree: Tree, place: Place) -> Expr:
        """The tree as a value; numbers of SQLite in the form of `kinds.Exact`."""

    @abstractmethod
    def condition(self, tree: Tree, place: Place, exact: bool = False) -> Expr:
        """The tree as a condition; unless `exact`, NULL may stand for false."""

    @abstractmethod
    def negation(self, tree: Tree, place: Place) -> Expr:
        """True where the condition does not hold; never NULL."""

    def call(self, name: str, kind: sa.types.TypeEngine[Any], *args: Any) -> Expr:
        """A function of `storage.functions`."""
        made: Expr = getattr(sa.func, _PREFIX[self.dialect] + name)(*args, type_=kind)
        return made

    def literal(self, value: Any, kind: sa.types.TypeEngine[Any]) -> Expr:
        return sa.literal(value, kind)

    def read(self, tree: Read, place: Place) -> Expr:
        """The stored value as it is."""
        if tree.source in GIVEN:
            return sa.bindparam(parameter(tree), type_=stored(tree.type))
        return self._walk(tree, place, self._column)

    def folded_column(self, tree: Read, place: Place) -> Expr | None:
        """The text's folded twin, if it has one."""
        if tree.source in GIVEN or not self._has_twin(tree, place):
            return None
        return self._walk(tree, place, self._twin)

    def owner_id(self, tree: Read, place: Place) -> Expr:
        """The id of the record or row that holds the list at the end of the path."""
        if not tree.hops:
            owner = place.row if tree.source == "row" else place.record
            assert owner is not None
            return owner.c.id
        link = replace(tree, path=tree.path[:-1], hops=tree.hops[:-1])
        return self._walk(link, place, self._column)

    def holder(self, tree: Read, place: Place) -> tuple[str, str]:
        """The record type that declares the end of the path, and its path there."""
        if tree.hops:
            return tree.hops[-1], tree.path[-1]
        prefix = f"{place.table}." if tree.source == "row" else ""
        return place.type_name, prefix + tree.path[-1]

    def scale(self, tree: Tree, place: Place) -> int | None:
        """On SQLite: the digits of the column that keeps this number as a scaled integer, if it is one."""
        if not self.sqlite or not isinstance(tree, Read) or tree.source in GIVEN or not isinstance(tree.type, Number):
            return None
        kind = self._source_column(*self.holder(tree, place)).type
        return kind.scale if isinstance(kind, ExactDecimal) else 0

    def _walk(self, tree: Read, place: Place, pick: Pick) -> Expr:
        start, prefix = (place.row, f"{place.table}.") if tree.source == "row" else (place.record, "")
        assert start is not None
        if not tree.hops:
            return pick(start, place.type_name, prefix + tree.path[0])
        link = self._column(start, place.type_name, prefix + tree.path[0])
        first = alias = self.namer.table(tree.hops[0]).alias()
        joined: sa.FromClause = first
        for hop, following, word in zip(tree.hops, tree.hops[1:], tree.path[1:], strict=False):
            step = self.namer.table(following).alias()
            joined = joined.join(step, step.c.id == self._column(alias, hop, word))
            alias = step
        found = sa.select(pick(alias, tree.hops[-1], tree.path[-1])).select_from(joined).where(first.c.id == link)
        return found.correlate(*place.froms()).scalar_subquery()

    def _source_column(self, type_name: str, path: str) -> sa.Column[Any]:
        if path in ("id", "title"):
            found: sa.Column[Any] = self.namer.table(type_name).c[path]
            return found
        return self.namer.column(type_name, path)

    def _column(self, alias: sa.FromClause, type_name: str, path: str) -> Expr:
        return alias.c[self._source_column(type_name, path).name]

    def _has_twin(self, tree: Read, place: Place) -> bool:
        type_name, path = self.holder(tree, place)
        return path == "title" or self.namer.fold(type_name, path) is not None

    def _twin(self, alias: sa.FromClause, type_name: str, path: str) -> Expr:
        if path == "title":
            return alias.c.title_fold
        twin = self.namer.fold(type_name, path)
        assert twin is not None
        return alias.c[twin.name]


def parameter(tree: Read) -> str:
    return "__".join((tree.source, *tree.path))


def role_parameter(role: str) -> str:
    return f"role__{role.replace('.', '__')}"


def parameters(tree: Tree) -> frozenset[str]:
    """The names of the holes that the tree's SQL will have."""
    found: set[str] = set()
    for part in walk(tree):
        if isinstance(part, Read) and part.source in GIVEN:
            found.add(parameter(part))
        elif isinstance(part, Call) and part.function in _CALLS:
            found.add(_CALLS[part.function])
        elif isinstance(part, Call) and part.function == "has_role":
            found.add(role_parameter(part.args[0].value))  # type: ignore[union-attr]
    return frozenset(found)


_CALLS = {"today": "today", "now": "now", "date_of": "zone", "time_of": "zone"}


def today() -> Expr:
    return sa.bindparam("today", type_=PlainDate())


def now() -> Expr:
    return sa.bindparam("now", type_=Moment())


def zone() -> Expr:
    return sa.bindparam("zone", type_=PlainText())


def role(name: str) -> Expr:
    return sa.bindparam(role_parameter(name), type_=Flag())
