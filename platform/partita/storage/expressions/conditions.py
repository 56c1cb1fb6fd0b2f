"""Trees as conditions, two-valued where it matters, in the plain forms that indexes serve where it does not."""

from collections.abc import Callable

import sqlalchemy as sa

from partita.base.text import fold
from partita.formulas.tree import (
    Aggregate,
    Among,
    Call,
    Compare,
    Constant,
    If,
    IsEmpty,
    Logic,
    Member,
    Not,
    Read,
    Tree,
    is_certain,
)
from partita.formulas.types import Choice, Choices, Files, Links, Number, Rows, Text
from partita.storage.expressions.kinds import stored
from partita.storage.expressions.reads import GIVEN, Expr, Place
from partita.storage.expressions.values import Values, number, whole_literal
from partita.storage.sqltypes import PlainText

_TEXT = PlainText()
_ORDER: dict[str, Callable[[Expr, Expr], Expr]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


class Translator(Values):
    def condition(self, tree: Tree, place: Place, exact: bool = False) -> Expr:
        match tree:
            case Logic():
                items = [self.condition(item, place, exact) for item in tree.items]
                return sa.and_(*items) if tree.op == "and" else sa.or_(*items)
            case Not():
                return self.negation(tree.of, place)
            case Compare():
                return self._compare(tree, place, exact)
            case IsEmpty():
                return self._is_empty(tree, place)
            case Among():
                return self._settled(self._among(tree, place), tree.negated, exact)
            case Member():
                return self._settled(self._member(tree, place), tree.negated, exact)
            case Aggregate() if tree.function in ("any", "all"):
                return self.some_row(tree, place, holds=tree.function == "any")
            case Constant():
                return sa.true() if tree.value else sa.false()
            case Call() if tree.function in _CERTAIN:
                return self._by_name(tree, place, stored(tree.type))
        return self.value(tree, place).is_(sa.true())

    def negation(self, tree: Tree, place: Place) -> Expr:
        match tree:
            case Not():
                return self.condition(tree.of, place, exact=True)
            case Logic():
                items = [self.negation(item, place) for item in tree.items]
                return sa.or_(*items) if tree.op == "and" else sa.and_(*items)
            case IsEmpty():
                return self._is_empty(IsEmpty(tree.of, not tree.negated), place)
            case Compare() if tree.op in ("==", "!="):
                opposite = "!=" if tree.op == "==" else "=="
                return self._compare(Compare(opposite, tree.left, tree.right), place, exact=True)  # type: ignore[arg-type]
            case Constant():
                return sa.false() if tree.value else sa.true()
        if isinstance(tree, Read | If):
            return self.value(tree, place).is_not(sa.true())
        return self.condition(tree, place).is_not(sa.true())

    @staticmethod
    def _settled(found: Expr, negated: bool, exact: bool) -> Expr:
        if negated:
            return found.is_not(sa.true())
        return sa.func.coalesce(found, sa.false()) if exact else found

    def _compare(self, tree: Compare, place: Place, exact: bool) -> Expr:
        if tree.op in ("==", "!="):
            return self._equality(tree, place, exact)
        if isinstance(tree.left.type, Number):
            found = self._number_order(tree, place)
        elif isinstance(tree.left.type, Text):
            found = _ORDER[tree.op](self._ordered_text(tree.left, place), self._ordered_text(tree.right, place))
        else:
            found = _ORDER[tree.op](self.value(tree.left, place), self.value(tree.right, place))
        return sa.func.coalesce(found, sa.false()) if exact else found

    def _ordered_text(self, tree: Tree, place: Place) -> Expr:
        text = self._folded(tree, place)
        return text if self.sqlite else sa.collate(text, "C")

    def _folded(self, tree: Tree, place: Place) -> Expr:
        if isinstance(tree, Constant):
            return self.literal(fold(tree.value), _TEXT) if tree.value is not None else sa.null()
        if isinstance(tree, Read) and (twin := self.folded_column(tree, place)) is not None:
            return twin
        return self.call("fold", _TEXT, self.value(tree, place))

    def _number_order(self, tree: Compare, place: Place) -> Expr:
        sides = self._sides_of_numbers(tree.left, tree.right, place)
        if sides is None:
            return _ORDER[tree.op](self._difference(tree.left, tree.right, place), number(0))
        return _ORDER[tree.op](*sides)

    def _difference(self, left: Tree, right: Tree, place: Place) -> Expr:
        return self.call("compare", sa.Integer(), self.value(left, place), self.value(right, place))

    def _sides_of_numbers(self, left: Tree, right: Tree, place: Place) -> tuple[Expr, Expr] | None:
        """Both sides in forms that the database compares by itself; None if only a function can."""
        if not self.sqlite or (_is_whole(left) and _is_whole(right)):
            return self.value(left, place), self.value(right, place)
        scale = self.scale(left, place)
        if scale is not None and (other := self._at_scale(right, scale, place)) is not None:
            return self._raw(left, place), other
        scale = self.scale(right, place)
        if scale is not None and (other := self._at_scale(left, scale, place)) is not None:
            return other, self._raw(right, place)
        return None

    def _raw(self, tree: Tree, place: Place) -> Expr:
        """The column's scaled integer itself."""
        assert isinstance(tree, Read)
        return sa.type_coerce(self.read(tree, place), sa.Integer())

    def _at_scale(self, tree: Tree, scale: int, place: Place) -> Expr | None:
        """The number as a column of that scale keeps it, if nothing is lost."""
        assert isinstance(tree.type, Number)
        if isinstance(tree, Constant) and tree.value is not None:
            whole = whole_literal(tree.value, scale)
            return None if whole is None else self.literal(whole, sa.Integer())
        if self.scale(tree, place) == scale:
            return self._raw(tree, place)
        if tree.type.scale > scale:
            return None
        return self.call("scaled", sa.Integer(), self.value(tree, place), sa.literal_column(str(scale)))

    def _equality(self, tree: Compare, place: Place, exact: bool) -> Expr:
        equal, sides = tree.op == "==", self._equal_sides(tree, place)
        certain = is_certain(tree.left) or is_certain(tree.right)
        if sides is None:
            left, right = self.value(tree.left, place), self.value(tree.right, place)
            same = self.call("same", sa.Boolean(), left, right)
            return same.is_(sa.true()) if equal else same.is_not(sa.true())
        left, right = sides
        if not equal:
            return left.is_distinct_from(right)
        if certain and not exact:
            return left == right
        if not self.sqlite and not exact and (_is_given(tree.left) or _is_given(tree.right)):
            return sa.or_(left == right, sa.and_(left.is_(None), right.is_(None)))
        return left.is_not_distinct_from(right)

    def _equal_sides(self, tree: Compare, place: Place) -> tuple[Expr, Expr] | None:
        if isinstance(tree.left.type, Number):
            return self._sides_of_numbers(tree.left, tree.right, place)
        if isinstance(tree.left.type, Text):
            return self._folded(tree.left, place), self._folded(tree.right, place)
        return self.value(tree.left, place), self.value(tree.right, place)

    def _is_empty(self, tree: IsEmpty, place: Place) -> Expr:
        of = tree.of
        if isinstance(of, Read) and of.source not in GIVEN and isinstance(of.type, Links | Files | Rows):
            found = self._some(of, place)
            return found if tree.negated else sa.not_(found)
        if is_certain(of):
            return sa.true() if tree.negated else sa.false()
        value = self.read(of, place) if isinstance(of, Read) else self.value(of, place)
        return value.is_not(None) if tree.negated else value.is_(None)

    def _some(self, of: Read, place: Place, *conditions: Callable[[sa.FromClause], Expr]) -> Expr:
        """Whether the list has an entry."""
        if isinstance(of.type, Rows):
            table = self.namer.child(*self.holder(of, place)).alias()
        else:
            table = self.namer.links(*self.holder(of, place)).alias()
        rows = sa.select(number(1)).select_from(table).where(table.c.record_id == self.owner_id(of, place))
        for condition in conditions:
            rows = rows.where(condition(table))
        return sa.exists(rows.correlate(*place.froms()))

    def _among(self, tree: Among, place: Place) -> Expr:
        items = [item for item in tree.items if not (isinstance(item, Constant) and item.value is None)]
        if not items:
            return sa.false()
        of = tree.of
        if isinstance(of.type, Number) and self.sqlite:
            return self._number_among(of, items, place)
        form = self._folded if isinstance(of.type, Text) else self.value
        return form(of, place).in_([form(item, place) for item in items])

    def _number_among(self, of: Tree, items: list[Tree], place: Place) -> Expr:
        scale = self.scale(of, place)
        if scale is not None:
            kept = [self._at_scale(item, scale, place) for item in items]
            if all(item is not None for item in kept):
                return self._raw(of, place).in_([item for item in kept if item is not None])
        values = [self.value(item, place) for item in items]
        return self.call("among", sa.Boolean(), self.value(of, place), *values).is_(sa.true())

    def _member(self, tree: Member, place: Place) -> Expr:
        collection, of = tree.collection, self.value(tree.of, place)
        if isinstance(collection.type, Choices):
            return self._named(of, tree, place)
        assert isinstance(collection, Read)
        if collection.source not in GIVEN:
            return self._some(collection, place, lambda table: table.c.target_id == of)
        given = self.read(collection, place)
        if not self.sqlite:
            return of == sa.any_(given)
        return of.in_(sa.select(sa.func.json_each(given).table_valued("value").c.value))

    def _named(self, of: Expr, tree: Member, place: Place) -> Expr:
        """An option among choices, kept as `|a|b|`."""
        position = sa.func.instr if self.sqlite else sa.func.strpos
        bar = sa.literal_column("'|'", sa.Text())
        if isinstance(tree.of, Constant):
            wrapped: Expr = self.literal(f"|{tree.of.value}|", _TEXT)
        else:
            wrapped = bar.concat(sa.type_coerce(of, sa.Text())).concat(bar)
        collection = self.value(tree.collection, place)
        return position(sa.type_coerce(collection, sa.Text()), wrapped, type_=sa.Integer()) > number(0)


_CERTAIN = ("contains", "starts_with", "ends_with")


def _is_whole(tree: Tree) -> bool:
    if isinstance(tree, Constant):
        return isinstance(tree.value, int)
    return isinstance(tree.type, Number) and tree.type.whole


def _is_given(tree: Tree) -> bool:
    return isinstance(tree, Read) and tree.source in GIVEN and not isinstance(tree.type, Choice)
