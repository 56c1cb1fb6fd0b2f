"""Walks over links as joins, and every value seen through the reader's rights."""

from dataclasses import dataclass
from functools import reduce
from typing import Any, Literal

import sqlalchemy as sa

from partita.base.errors import Problem, Refused
from partita.base.frozen import FrozenMap
from partita.model.field import Field
from partita.storage import predicates
from partita.storage.access import Access, Sight
from partita.storage.columns import kind_of
from partita.storage.shapes import Shape
from partita.storage.sqltypes import PlainText, Stored, WholeNumber
from partita.storage.tables import Tables, target_of

Expression = sa.ColumnElement[Any]
FOLD = {"sqlite": "p_fold", "postgresql": "partita_fold"}
STRUCTURAL: dict[str, type[Stored]] = {"version": WholeNumber, "revision": WholeNumber, "title": PlainText}


class Unseen(Refused):
    """The path leads nowhere, or to what this reader does not see: the same answer for both."""

    def __init__(self, path: str) -> None:
        super().__init__(Problem("W019", path, FrozenMap({"name": path})))


@dataclass(frozen=True, slots=True)
class Node:
    """A record on the way: the table under its own name, and the rules on which it is seen from the start."""

    shape: Shape
    alias: sa.FromClause
    seen: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value at the end of a path. `seen`: the rules on which it is shown; `item` is None for version and title."""

    node: Node
    name: str
    item: Field | None
    seen: tuple[Expression, ...]
    home: Literal["column", "links", "table"]

    @property
    def kind(self) -> Stored:
        found = self._column().type
        return found if isinstance(found, Stored) else WholeNumber()

    def value(self) -> Expression:
        return _shown(self.node.alias.c[self._column().name], self.seen)

    def folded(self, dialect: str) -> Expression:
        """The text as it is compared."""
        twin = "title_fold" if self.name == "title" else None
        if self.item is not None and self.name in self.node.shape.folds:
            twin = self.node.shape.folds[self.name].name
        if twin is not None:
            return _shown(self.node.alias.c[twin], self.seen)
        return getattr(sa.func, FOLD[dialect])(self.value(), type_=PlainText())  # type: ignore[no-any-return]

    def owner(self) -> Expression:
        """The id of the record that holds it, where it is shown."""
        return _shown(self.node.alias.c.id, self.seen)

    def _column(self) -> sa.Column[Any]:
        shape = self.node.shape
        return shape.columns[self.name] if self.item is not None or self.name == "id" else shape.table.c[self.name]


class Paths:
    """The joins of one statement, made as paths ask for them."""

    def __init__(self, tables: Tables, shape: Shape, access: Access, dialect: str) -> None:
        self.tables, self.access, self.dialect = tables, access, dialect
        self.root = Node(shape, shape.table.alias("r"), ())
        self._nodes: dict[tuple[str, ...], Node] = {(): self.root}
        self._joins: list[tuple[sa.FromClause, Expression]] = []

    def source(self) -> sa.FromClause:
        start: sa.FromClause = self.root.alias
        return reduce(lambda left, join: left.outerjoin(*join), self._joins, start)

    def leaf(self, path: str) -> Leaf:
        *links, name = path.split(".")
        node = self.node(tuple(links), path)
        item = node.shape.fields.get(name)
        if item is None and name not in STRUCTURAL and name not in node.shape.columns:
            raise Unseen(path)
        seen = (*node.seen, *self._rules(self.access.field_sight(node.shape.type, name), node, path))
        return Leaf(node, name, item, seen, kind_of(item).home if item is not None else "column")

    def far(self, type_name: str, path: str) -> Node:
        """A record of another type, not joined: for a condition about any of them."""
        shape = self.tables.shapes[type_name]
        node = Node(shape, shape.table.alias(), ())
        return Node(shape, node.alias, self._rules(self.access.row_sight(type_name), node, path))

    def node(self, links: tuple[str, ...], path: str) -> Node:
        found = self._nodes.get(links)
        if found is None:
            found = self._nodes[links] = self._join(links, path)
        return found

    def _join(self, links: tuple[str, ...], path: str) -> Node:
        leaf = self.leaf(".".join(links))
        target = target_of(self.tables.model, leaf.item) if leaf.item is not None else None
        if target is None or leaf.home != "column":
            raise Unseen(path)
        shape = self.tables.shapes[target]
        alias = shape.table.alias(f"j{len(self._joins) + 1}")
        column = leaf.node.shape.columns[leaf.name].name
        self._joins.append((alias, alias.c.id == leaf.node.alias.c[column]))
        node = Node(shape, alias, leaf.seen)
        rules = self._rules(self.access.row_sight(target), node, path)
        return Node(shape, alias, (*leaf.seen, *rules))

    def _rules(self, sight: Sight, node: Node, path: str) -> tuple[Expression, ...]:
        if sight is False:
            raise Unseen(path)
        return () if sight is True else (self.holds(sight, node),)

    def holds(self, tree: Any, node: Node) -> Expression:
        return predicates.where(tree, node.shape.type, self.tables, self.dialect, node.alias)


def _shown(value: Expression, seen: tuple[Expression, ...]) -> Expression:
    return sa.case((sa.and_(*seen), value)) if seen else value
