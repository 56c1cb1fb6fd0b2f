"""Bringing a formula's value to the type of the place it stands for."""

from partita.formulas.mistake import Mistake
from partita.formulas.names import Typed
from partita.formulas.syntax import Expression
from partita.formulas.tree import Call, Constant, Fit, Read, Tree
from partita.formulas.types import Boolean, Choice, Choices, Empty, Link, Links, Number, Type, bare, name, unify


def fit_to(typed: Typed, expected: Type, place: Expression) -> Tree:
    """The tree whose value is a canonical one of `expected`; raises Mistake if it cannot be."""
    if isinstance(typed.type, Empty):
        return Constant(None, bare(expected))
    if isinstance(expected, Number) and isinstance(typed.type, Number):
        return _number(typed, expected, place)
    if isinstance(expected, Links) and typed.type == Link(expected.ref):
        return Call("only", (typed.tree,), expected)
    if not _fits(typed.type, expected):
        code = "F034" if isinstance(expected, Boolean) else "F035"
        raise Mistake(code, place.start, place.end, expected=name(expected), type=name(typed.type))
    return typed.tree


def _number(typed: Typed, expected: Number, place: Expression) -> Tree:
    kind = typed.type
    assert isinstance(kind, Number)
    if expected.whole and not kind.whole and kind.scale > 0:
        raise Mistake("F037", place.start, place.end)
    same = kind == expected and isinstance(typed.tree, Read)
    return typed.tree if same or (kind.whole and expected.whole) else Fit(typed.tree, expected)


def _fits(kind: Type, expected: Type) -> bool:
    """Choices fit when they share an option: two fields may list the same answers."""
    if isinstance(kind, Choice) and isinstance(expected, Choice):
        return overlap(kind, expected)
    if isinstance(kind, Choices) and isinstance(expected, Choices):
        return True
    return unify(kind, expected) is not None


def overlap(one: Choice | Choices, other: Choice | Choices) -> bool:
    return not one.options or not other.options or bool(set(one.options) & set(other.options))
