"""Functions over a table's rows as correlated subselects."""

from typing import Any

import sqlalchemy as sa

from partita.formulas.tree import Aggregate, Read, Tree
from partita.formulas.types import Duration, Number
from partita.storage.expressions.kinds import stored
from partita.storage.expressions.reads import Expr, Place, Reads


class Aggregates(Reads):
    def over_rows(self, tree: Aggregate, place: Place) -> Expr:
        match tree.function:
            case "any" | "all":
                return self.some_row(tree, place, holds=tree.function == "any")
            case "count":
                return self._count(tree, place)
            case "first":
                return self._first(tree, place)
            case "sum" | "avg":
                return self._measure(tree, place)
        return self._extreme(tree, place)

    def some_row(self, tree: Aggregate, place: Place, holds: bool) -> Expr:
        """`any`: a row where it holds; `all`: no row where it does not."""
        assert tree.of is not None
        inner, rows = self._rows(tree, place, sa.literal_column("1"))
        where = self.condition(tree.of, inner) if holds else self.negation(tree.of, inner)
        found = sa.exists(rows.where(where).correlate(*place.froms()))
        return found if holds else sa.not_(found)

    def _rows(self, tree: Aggregate, place: Place, *what: Any) -> tuple[Place, sa.Select[Any]]:
        name = tree.rows.path[-1]
        row = self.namer.child(place.type_name, name).alias()
        inner = place.inside(name, row)
        return inner, sa.select(*what).select_from(row).where(row.c.record_id == place.record.c.id)

    def _subselect(self, query: sa.Select[Any], place: Place, kind: Any) -> Expr:
        return sa.type_coerce(query.correlate(*place.froms()).scalar_subquery(), kind)

    def _of_row(self, tree: Tree, inner: Place) -> Expr:
        """The value, tied to the row: SQL would give an aggregate of outer values alone to the outer statement."""
        of = self.value(tree, inner)
        if _is_of_row(tree):
            return of
        assert inner.row is not None
        return sa.case((inner.row.c.id.is_not(None), of))

    def _count(self, tree: Aggregate, place: Place) -> Expr:
        inner, rows = self._rows(tree, place, sa.func.count())
        if tree.of is not None:
            rows = rows.where(self.condition(tree.of, inner))
        return self._subselect(rows, place, stored(tree.type))

    def _measure(self, tree: Aggregate, place: Place) -> Expr:
        assert tree.of is not None
        inner, rows = self._rows(tree, place)
        of, kind = self._of_row(tree.of, inner), stored(tree.type)
        spans = isinstance(tree.of.type, Duration)
        if self.sqlite:
            made = self.call(tree.function + ("_span" if spans else ""), kind, of)
            # An aggregate written in Python is not even asked where there are no rows.
            made = sa.case((sa.func.count() == 0, 0), else_=made) if tree.function == "sum" else made
        elif tree.function == "sum":
            total = sa.cast(sa.func.coalesce(sa.func.sum(of), 0), sa.Numeric())
            made = self.call("span" if spans else "fit", kind, total)
        else:
            sums = sa.cast(sa.func.sum(of), sa.BigInteger() if spans else sa.Numeric())
            made = self.call("shrink" if spans else "divide", kind, sums, sa.func.count(of))
        return self._subselect(rows.add_columns(made), place, kind)

    def _extreme(self, tree: Aggregate, place: Place) -> Expr:
        assert tree.of is not None
        inner, rows = self._rows(tree, place)
        kind, plain = stored(tree.type), sa.func.min if tree.function == "min" else sa.func.max
        number = isinstance(tree.of.type, Number)
        scale = self.scale(tree.of, inner) if _is_of_row(tree.of) else None
        if scale is not None and scale > 0:
            made = self.call("exact", kind, plain(self.read(tree.of, inner)), scale)  # type: ignore[arg-type]
        elif self.sqlite and number and not tree.of.type.whole:  # type: ignore[union-attr]
            made = self.call("lowest" if tree.function == "min" else "highest", kind, self._of_row(tree.of, inner))
        else:
            made = plain(self._of_row(tree.of, inner))
        return self._subselect(rows.add_columns(made), place, kind)

    def _first(self, tree: Aggregate, place: Place) -> Expr:
        assert tree.of is not None
        inner, rows = self._rows(tree, place)
        of, row = self.value(tree.of, inner), inner.row
        assert row is not None
        found = (
            rows.add_columns(of).where(of.is_not(None)).order_by(row.c.position, row.c.id).limit(sa.literal_column("1"))
        )
        return self._subselect(found, place, stored(tree.type))


def _is_of_row(tree: Tree) -> bool:
    return isinstance(tree, Read) and tree.source == "row" and not tree.hops
