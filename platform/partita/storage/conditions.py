"""What may be asked of records: filters by paths, formulas, words to find, and their combinations."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from partita.formulas.tree import Tree

Op = Literal["eq", "ne", "in", "lt", "le", "gt", "ge", "between", "contains", "starts", "empty", "filled"]
OPS: tuple[str, ...] = get_args(Op)


@dataclass(frozen=True, slots=True)
class Filter:
    """`path`: a field or a walk over links (`counterparty.region`); `values` are canonical: one, two for `between`
    (either may be None), any number for `in`."""

    path: str
    op: Op
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class All:
    items: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    items: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    item: "Condition"


@dataclass(frozen=True, slots=True)
class Matches:
    """Records whose indexed text holds all the words; the last may be only begun."""

    words: tuple[str, ...]
    prefix_last: bool = True


Condition: TypeAlias = "Filter | All | AnyOf | Not | Matches | Tree"
_GROUPS = (All, AnyOf)


def shape(condition: Condition) -> object:
    """What decides the text of the statement: everything but the values. Trees count by identity."""
    if isinstance(condition, Filter):
        gaps = () if condition.op == "in" else tuple(value is None for value in condition.values)
        return (condition.path, condition.op, gaps)
    if isinstance(condition, _GROUPS):
        return (type(condition), tuple(shape(item) for item in condition.items))
    if isinstance(condition, Not):
        return (Not, shape(condition.item))
    if isinstance(condition, Matches):
        return Matches
    return id(condition)


def leaves(conditions: tuple[Condition, ...]) -> Iterator[Filter | Matches]:
    """Filters and words in the order in which the builder meets them: their number names their holes."""
    for condition in conditions:
        if isinstance(condition, Filter | Matches):
            yield condition
        elif isinstance(condition, _GROUPS):
            yield from leaves(condition.items)
        elif isinstance(condition, Not):
            yield from leaves((condition.item,))


def values(conditions: tuple[Condition, ...]) -> dict[str, Any]:
    """Hole → value, as the filters give them."""
    found: dict[str, Any] = {}
    for number, leaf in enumerate(leaves(conditions)):
        if isinstance(leaf, Matches):
            found[f"c{number}"] = leaf
        elif leaf.op == "in":
            found[f"c{number}"] = leaf.values
        else:
            found.update({f"c{number}_{place}": value for place, value in enumerate(leaf.values)})
    return found
