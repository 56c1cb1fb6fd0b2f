"""Conditions as WHERE: each operator of each kind of field, through the reader's rights."""

from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa

from partita.base.text import fold
from partita.storage import search_index, sets
from partita.storage.columns import kind_of
from partita.storage.conditions import All, AnyOf, Condition, Filter, Matches, Not
from partita.storage.paths import Expression, Leaf, Paths, Unseen
from partita.storage.sqltypes import Names, PlainText, Stored, WholeNumber
from partita.storage.tables import target_of

Encode = Callable[[Any], Any]
LAST = "\U0010ffff"
_TEXT = PlainText()


class Conditions:
    """Builds the conditions of one statement; `encoders` tells how the values of their holes are turned."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths
        self.encoders: dict[str, Encode] = {}
        self._number = 0

    def build(self, conditions: Iterable[Condition]) -> list[Expression]:
        return [self._one(condition) for condition in conditions]

    def _one(self, condition: Condition) -> Expression:
        if isinstance(condition, Filter):
            return self._filter(condition)
        if isinstance(condition, Matches):
            return self._matches()
        if isinstance(condition, All):
            return sa.and_(sa.true(), *self.build(condition.items))
        if isinstance(condition, AnyOf):
            return sa.or_(sa.false(), *self.build(condition.items))
        if isinstance(condition, Not):
            return sa.not_(sa.func.coalesce(self._one(condition.item), sa.false()))
        return self.paths.holds(condition, self.paths.root)

    def _filter(self, asked: Filter) -> Expression:
        hole = f"c{self._next()}"
        leaf = self.paths.leaf(asked.path)
        operators = kind_of(leaf.item).operators if leaf.item is not None else ("eq", "in", "contains", "starts")
        if asked.op not in operators:
            raise Unseen(asked.path)
        if leaf.home != "column":
            return self._many(leaf, asked, hole)
        if asked.op in ("empty", "filled") or (asked.op in ("eq", "ne") and asked.values[0] is None):
            missing = asked.op in ("empty", "eq")
            return leaf.value().is_(None) if missing else leaf.value().is_not(None)
        if isinstance(leaf.kind, Names):
            return self._names(leaf, asked, hole)
        if leaf.item is not None and kind_of(leaf.item).points_at and asked.op in ("contains", "starts"):
            title = self.paths.leaf(f"{asked.path}.title")
            return self._compare(title.folded(self.paths.dialect), asked, hole, _TEXT, folded=True)
        return self._column(leaf, asked, hole)

    def _column(self, leaf: Leaf, asked: Filter, hole: str) -> Expression:
        folded = leaf.name == "title" or (leaf.item is not None and kind_of(leaf.item).folds)
        value = leaf.folded(self.paths.dialect) if folded else leaf.value()
        return self._compare(value, asked, hole, leaf.kind, folded)

    def _compare(self, value: Expression, asked: Filter, hole: str, kind: Stored, folded: bool) -> Expression:
        if asked.op == "in":
            return self._in(value, hole, kind, folded)
        if asked.op == "between":
            ends = [self._end(value, f"{hole}_{n}", end, kind, n) for n, end in enumerate(asked.values)]
            return sa.and_(sa.true(), *ends)
        given = self._hole(f"{hole}_0", kind, folded)
        if asked.op == "starts":
            return sa.and_(value >= given, value < self._hole(f"{hole}_0", kind, folded).concat(LAST))
        if asked.op == "contains":
            return self._holds_text(value, given)
        if asked.op == "ne":
            return sa.or_(value.is_(None), value != given)
        return _COMPARE[asked.op](value, given)

    def _end(self, value: Expression, hole: str, end: Any, kind: Stored, place: int) -> Expression:
        if end is None:
            return sa.true()
        given = self._hole(hole, kind, folded=isinstance(kind, PlainText))
        return value >= given if place == 0 else value <= given

    def _in(self, value: Expression, hole: str, kind: Stored, folded: bool) -> Expression:
        return sets.among(value, hole, kind, folded)

    def _holds_text(self, value: Expression, part: Expression) -> Expression:
        position = sa.func.instr if self.paths.dialect == "sqlite" else sa.func.strpos
        return position(value, part) > 0

    def _names(self, leaf: Leaf, asked: Filter, hole: str) -> Expression:
        if asked.op == "eq":
            return leaf.value() == self._hole(f"{hole}_0", leaf.kind, False)
        if asked.op == "contains":
            self.encoders[f"{hole}_0"] = lambda name: f"|{name}|"
            return self._holds_text(sa.cast(leaf.value(), sa.Text()), sa.bindparam(f"{hole}_0", type_=sa.Text()))
        return self._any_name(leaf, hole)

    def _any_name(self, leaf: Leaf, hole: str) -> Expression:
        """One of several options is among those chosen."""
        given = sets.each(hole, _TEXT, self.paths.dialect)
        wrapped = sa.literal_column("'|'").concat(given.c.value).concat(sa.literal_column("'|'"))
        found = self._holds_text(sa.cast(leaf.value(), sa.Text()), wrapped)
        return sa.exists(sa.select(sa.literal(1)).select_from(given).where(found))

    def _many(self, leaf: Leaf, asked: Filter, hole: str) -> Expression:
        shape = leaf.node.shape
        table = (shape.links[leaf.name] if leaf.home == "links" else shape.rows[leaf.name].table).alias()
        mine = sa.select(sa.literal(1)).where(table.c.record_id == leaf.node.alias.c.id)
        if asked.op in ("empty", "filled"):
            found = sa.and_(*leaf.seen, sa.exists(mine))
            return found if asked.op == "filled" else sa.not_(sa.func.coalesce(found, sa.false()))
        return sa.and_(*leaf.seen, sa.exists(mine.where(self._linked(leaf, table, asked, hole))))

    def _linked(self, leaf: Leaf, table: sa.FromClause, asked: Filter, hole: str) -> Expression:
        if asked.op == "in":
            return self._in(table.c.target_id, hole, WholeNumber(), False)
        if asked.op == "eq":
            return table.c.target_id == self._hole(f"{hole}_0", WholeNumber(), False)
        assert leaf.item is not None
        target = target_of(self.paths.tables.model, leaf.item)
        if target is None:
            raise Unseen(asked.path)
        seen = self.paths.far(target, asked.path)
        text = self._holds_text(seen.alias.c.title_fold, self._hole(f"{hole}_0", _TEXT, True))
        return sa.exists(sa.select(sa.literal(1)).where(seen.alias.c.id == table.c.target_id, text, *seen.seen))

    def _matches(self) -> Expression:
        hole = f"c{self._next()}"
        root, dialect = self.paths.root, self.paths.dialect
        self.encoders[hole] = search_index.query_maker(dialect)
        return search_index.found(root.alias.c.id, root.shape.type, hole, dialect)

    def _hole(self, name: str, kind: Stored, folded: bool) -> sa.BindParameter[Any]:
        encode = kind.encoder(self.paths.dialect)
        if folded:
            self.encoders[name] = _folded
        elif encode is not None:
            self.encoders[name] = encode
        return sa.bindparam(name, type_=_TEXT if folded else kind)

    def _next(self) -> int:
        self._number += 1
        return self._number - 1


def _folded(text: str) -> str:
    """PostgreSQL takes no text with a zero character; no stored text has one."""
    return fold(text.replace("\0", ""))


_COMPARE: dict[str, Callable[[Expression, Any], Expression]] = {
    "eq": lambda value, given: value == given,
    "lt": lambda value, given: value < given,
    "le": lambda value, given: value <= given,
    "gt": lambda value, given: value > given,
    "ge": lambda value, given: value >= given,
}
