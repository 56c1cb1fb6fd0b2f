"""Trees as values: arithmetic, functions, choices between values."""

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from partita.formulas.tree import (
    Aggregate,
    Arithmetic,
    Call,
    Constant,
    Fit,
    If,
    Minus,
    PartOf,
    Read,
    Tree,
)
from partita.formulas.types import (
    Boolean,
    Choices,
    Date,
    DateTime,
    Duration,
    Number,
    Text,
    Type,
)
from partita.storage.expressions.aggregates import Aggregates
from partita.storage.expressions.kinds import stored
from partita.storage.expressions.reads import Expr, Place, now, role, today, zone

_ARITHMETIC: dict[tuple[str, type[Type], type[Type]], str] = {
    ("+", Number, Number): "add",
    ("-", Number, Number): "subtract",
    ("*", Number, Number): "multiply",
    ("/", Number, Number): "divide",
    ("%", Number, Number): "modulo",
    ("+", Text, Text): "join",
    ("+", Date, Duration): "move_date",
    ("-", Date, Duration): "move_date_back",
    ("-", Date, Date): "between_dates",
    ("+", DateTime, Duration): "move_moment",
    ("-", DateTime, Duration): "move_moment_back",
    ("-", DateTime, DateTime): "between_moments",
    ("+", Duration, Duration): "add_spans",
    ("-", Duration, Duration): "subtract_spans",
    ("*", Duration, Number): "stretch",
    ("/", Duration, Number): "shrink",
    ("/", Duration, Duration): "ratio",
}
_UNITS = {"days": 86_400, "hours": 3_600, "minutes": 60}


class Values(Aggregates):
    def value(self, tree: Tree, place: Place) -> Expr:
        match tree:
            case Constant():
                return self._constant(tree)
            case Read():
                return self._number_of(tree, self.read(tree, place), place)
            case PartOf():
                return self._part(tree, place)
            case Minus():
                of = self.value(tree.of, place)
                return self.call("negate", stored(tree.type), of) if self._by_function(tree.type) else -of
            case Arithmetic():
                return self._arithmetic(tree, place)
            case If():
                branch = self.value(tree.then, place), self.value(tree.other, place)
                return sa.type_coerce(sa.case((self.condition(tree.condition, place), branch[0]), else_=branch[1]),
                                      stored(tree.type))  # fmt: skip
            case Call() if tree.type != Boolean() or tree.function in ("coalesce", "has_role"):
                return self._call(tree, place)
            case Aggregate() if tree.function not in ("any", "all"):
                return self.over_rows(tree, place)
            case Fit():
                fitting = number(tree.type.scale), number(int(tree.type.whole))
                return self.call("declared", stored(tree.type), self.value(tree.of, place), *fitting)
        return self.condition(tree, place, exact=True)

    def _by_function(self, kind: Type) -> bool:
        """Numbers on SQLite may be decimal text, which its own operators would read as REAL."""
        return self.sqlite and isinstance(kind, Number)

    def _constant(self, tree: Constant) -> Expr:
        if tree.value is None:
            return sa.null()
        if isinstance(tree.value, bool):
            return sa.true() if tree.value else sa.false()
        if isinstance(tree.type, Choices):
            return self.literal(tree.value, stored(tree.type))
        kind = stored(Number(whole=isinstance(tree.value, int))) if isinstance(tree.type, Number) else stored(tree.type)
        return self.literal(tree.value, kind)

    def _number_of(self, tree: Read, raw: Expr, place: Place) -> Expr:
        """A column's scaled integer as an exact number."""
        scale = self.scale(tree, place)
        if scale is None or (scale == 0 and isinstance(tree.type, Number) and tree.type.whole):
            return raw
        return self.call("exact", stored(tree.type), sa.type_coerce(raw, sa.Integer()), number(scale))

    def _part(self, tree: PartOf, place: Place) -> Expr:
        if not tree.values:
            return sa.null()
        kind = stored(tree.type)
        known = {option: self.literal(part, kind) for option, part in tree.values.items()}
        return sa.case(known, value=self.value(tree.of, place))

    def _arithmetic(self, tree: Arithmetic, place: Place) -> Expr:
        left, right = tree.left, tree.right
        swapped = isinstance(right.type, Date | DateTime) or (
            isinstance(right.type, Duration) and isinstance(left.type, Number)
        )
        if swapped and tree.op in "+*":
            left, right = right, left
        name = _ARITHMETIC[tree.op, type(left.type), type(right.type)]
        return self.call(name, stored(tree.type), self.value(left, place), self.value(right, place))

    def _call(self, tree: Call, place: Place) -> Expr:
        kind = stored(tree.type)
        match tree.function:
            case "today":
                return today()
            case "now":
                return now()
            case "has_role":
                assert isinstance(tree.args[0], Constant)
                return role(tree.args[0].value)
            case "items":
                return self._items(tree.args[0], place)
            case "coalesce" | "min" | "max":
                return self._of_several(tree, place)
            case "abs" if not self._by_function(tree.type):
                return sa.func.abs(self.value(tree.args[0], place), type_=kind)
        return self._by_name(tree, place, kind)

    def _by_name(self, tree: Call, place: Place, kind: Any) -> Expr:
        args = [self.value(arg, place) for arg in tree.args]
        if tree.function in _UNITS:
            return self.call("units", kind, *args, number(_UNITS[tree.function]))
        if tree.function in ("date_of", "time_of"):
            return self.call(tree.function, kind, *args, zone())
        if tree.function == "round":
            assert isinstance(tree.args[1], Constant)
            return self.call("round_to", kind, args[0], number(tree.args[1].value))
        return self.call(tree.function, kind, *args)

    def _of_several(self, tree: Call, place: Place) -> Expr:
        args, kind = [self.value(arg, place) for arg in tree.args], stored(tree.type)
        if tree.function == "coalesce":
            return sa.func.coalesce(*args, type_=kind)
        least = tree.function == "min"
        if not self.sqlite:
            return (sa.func.least if least else sa.func.greatest)(*args, type_=kind)
        name = ("least" if least else "greatest") + ("" if isinstance(tree.type, Number) else "_of")
        return self.call(name, kind, *args)

    def _items(self, of: Tree, place: Place) -> Expr:
        """How many options, links or files there are."""
        assert isinstance(of, Read)
        if isinstance(of.type, Choices):
            text = sa.cast(self.read(of, place), sa.Text()) if not self.sqlite else self.read(of, place)
            bars = sa.func.length(text) - sa.func.length(sa.func.replace(text, "|", ""))
            return sa.func.coalesce(bars - 1, 0)
        if of.source in ("record", "row"):
            table = self.namer.links(*self.holder(of, place)).alias()
            count = sa.select(sa.func.count()).select_from(table).where(table.c.record_id == self.owner_id(of, place))
            return count.correlate(*place.froms()).scalar_subquery()
        given = self.read(of, place)
        if self.sqlite:
            return sa.func.coalesce(sa.func.json_array_length(given), 0)
        return sa.func.coalesce(sa.func.cardinality(given), 0)


def number(value: int) -> Expr:
    """A number of ours in the text of the statement itself."""
    return sa.literal_column(str(int(value)), sa.Integer())


def whole_literal(value: int | Decimal, scale: int) -> int | None:
    """The integer that a column of `scale` keeps for this number; None if it has finer digits or is too large."""
    scaled = Decimal(value).scaleb(scale)
    if scaled != scaled.to_integral_value() or abs(scaled) >= 2**63:
        return None
    return int(scaled)
