"""Functions applied to arguments: how many, of which types, over a row or over a table's rows."""

from collections.abc import Sequence
from typing import Any, Protocol

from partita.base.suggest import nearest
from partita.formulas.formats import check_format
from partita.formulas.functions import AGGREGATES, DAY, FUNCTIONS, SHOWING, Digits, Function, Kinds, Whole, vocabulary
from partita.formulas.mistake import Mistake
from partita.formulas.names import Resolver, Typed
from partita.formulas.scope import Names, Scope
from partita.formulas.syntax import Application, Expression, Path, Value, Word
from partita.formulas.tree import Aggregate, Call, Constant, IsEmpty, Read, Shown, Tree
from partita.formulas.types import (
    MAX_SCALE,
    WHOLE,
    Boolean,
    Date,
    DateTime,
    Duration,
    Empty,
    Link,
    Links,
    Number,
    Text,
    Time,
    Type,
    bare,
    name,
    unify,
)

_BY_COUNT = {("date", 1): "date_of", ("time", 1): "time_of", ("count", 1): "items"}
_KIND_WORDS: dict[type, str] = {Number: "decimal", Link: "link", Links: "links"}
_CONDITIONS = frozenset({"any", "all", "count"})
_MEASURES: dict[str, Kinds] = {
    "sum": (Number, Duration),
    "avg": (Number, Duration),
    "min": (Number, Date, DateTime, Time, Duration),
    "max": (Number, Date, DateTime, Time, Duration),
}


class Typist(Protocol):
    """What calls need of the checker."""

    scope: Scope
    resolver: Resolver

    def single(self, node: Expression, hint: Type | None = None) -> Typed | None: ...
    def check(self, node: Expression, hint: Type | None = None) -> Typed | None: ...
    def condition(self, node: Expression) -> Tree | None: ...
    def together(self, nodes: Sequence[Expression], hint: Type | None = None) -> list[Typed | None]: ...
    def report(self, code: str, node: Expression, **params: Any) -> None: ...


def check_call(typist: Typist, node: Application, hint: Type | None) -> Typed | None:
    word = node.function.text
    if word in AGGREGATES and node.args and isinstance(node.args[0], Path):
        rows = typist.resolver.rows(node.args[0])
        if rows is not None:
            return _over_rows(typist, node, *rows)
    if word in _SPECIAL:
        return _SPECIAL[word](typist, node)
    if word in AGGREGATES and node.args and not _of_values(node):
        _refuse_no_rows(typist, node)
        return None
    function = _function(node)
    if function.name in ("min", "max") and len(node.args) == 1:
        _refuse_no_rows(typist, node)
        return None
    _check_count(node, function)
    return _by_shared(typist, node, function, hint) if function.result is None else _by_params(typist, node, function)


def _of_values(node: Application) -> bool:
    """`min` and `max` also compare values, `count` counts a list."""
    return node.function.text in ("min", "max") or (node.function.text == "count" and len(node.args) == 1)


def _refuse_no_rows(typist: Typist, node: Application) -> None:
    word, arg = node.function.text, node.args[0]
    if (typed := typist.check(arg)) is not None:
        raise Mistake("F040", arg.start, arg.end, function=word, type=name(typed.type), usage=AGGREGATES[word])


def _function(node: Application) -> Function:
    """By the word as it is written; several functions may share one word."""
    word = node.function.text
    found = FUNCTIONS.get(_BY_COUNT.get((word, len(node.args)), word))
    if found is not None and found.usage and (found.spelling or found.name) == word:
        return found
    if word in AGGREGATES:
        raise Mistake("F033", node.start, node.end, function=word, count=len(node.args), expected="1–2",
                      usage=AGGREGATES[word])  # fmt: skip
    near = nearest(word, vocabulary())
    raise Mistake("F023", node.function.start, node.function.end, name=word, nearest=near)


def _check_count(node: Application, function: Function) -> None:
    low, high = len(function.params) - function.optional, len(function.params)
    low, high = (2, 99) if function.repeats else (low, high)
    if not low <= len(node.args) <= high:
        expected = f"{low}+" if function.repeats else str(low) if low == high else f"{low}–{high}"
        raise Mistake("F033", node.start, node.end, function=node.function.text, count=len(node.args),
                      expected=expected, usage=function.usage)  # fmt: skip


def _by_shared(typist: Typist, node: Application, function: Function, hint: Type | None) -> Typed | None:
    """All arguments of one type, which is the result's."""
    typed = typist.together(node.args, hint)
    if any(t is None for t in typed):
        return None
    found = [t for t in typed if t is not None]
    kind: Type = Empty()
    for arg, each in zip(node.args, found, strict=True):
        _refuse_other(function, function.params[0], each, arg)
        shared = unify(kind, each.type)
        if shared is None:
            raise Mistake("F036", node.start, node.end, left=name(kind), right=name(each.type))
        kind = shared
    options = next((t.options for t in found if t.options), found[0].options)
    return Typed(Call(function.name, tuple(t.tree for t in found), bare(kind)), kind, options)


def _by_params(typist: Typist, node: Application, function: Function) -> Typed | None:
    check = typist.check if function.name == "items" else typist.single
    typed = [check(arg) for arg in node.args]
    if any(t is None for t in typed):
        return None
    found = [t for t in typed if t is not None]
    args = [
        _argument(function, kinds, each, arg)
        for kinds, each, arg in zip(function.params, found, node.args, strict=False)
    ]
    assert function.result is not None
    if function.name == "round":
        args = args if len(args) == 2 else [*args, Constant(0, WHOLE)]
        digits = args[1].value if isinstance(args[1], Constant) else 0
        return Typed(Call("round", tuple(args), Number(digits, digits == 0)), Number(digits, digits == 0))
    return Typed(Call(function.name, tuple(args), function.result), function.result)


def _argument(function: Function, kinds: Kinds, typed: Typed, arg: Expression) -> Tree:
    """The argument's tree; a moment where a day is wanted is its date in the place's zone."""
    if kinds == (Digits,):
        if not isinstance(arg, Value) or not isinstance(arg.value, int) or not 0 <= arg.value <= MAX_SCALE:
            raise Mistake("F043", arg.start, arg.end, function=function.name, low=0, high=MAX_SCALE)
        return typed.tree
    _refuse_other(function, kinds, typed, arg)
    if kinds == DAY and isinstance(typed.type, DateTime):
        return Call("date_of", (typed.tree,), Date())
    return typed.tree


def _refuse_other(function: Function, kinds: Kinds, typed: Typed, arg: Expression) -> None:
    if kinds == (Whole,):
        if isinstance(typed.type, Number) and typed.type.scale > 0:
            raise Mistake("F037", arg.start, arg.end)
        kinds = (Number,)
    if isinstance(typed.type, Empty) and function.result is None:
        return
    if not isinstance(typed.type, kinds):
        expected = " | ".join(_kind_word(kind) for kind in kinds)
        code = "F040" if function.name == "items" else "F032"
        said = function.spelling or function.name
        raise Mistake(code, arg.start, arg.end, function=said, expected=expected, type=name(typed.type),
                      usage=AGGREGATES["count"])  # fmt: skip


def _kind_word(kind: type) -> str:
    return _KIND_WORDS.get(kind) or name(kind())


def _over_rows(
    typist: Typist, node: Application, table: Read, columns: Names, tail: tuple[Word, ...]
) -> Typed | None:  # fmt: skip
    word = node.function.text
    if typist.resolver.row is not None:
        raise Mistake("F039", node.start, node.end)
    typist.resolver.row = columns
    try:
        measured = _measured(typist, node, tail)
    finally:
        typist.resolver.row = None
    if measured is None and (tail or len(node.args) > 1):
        return None
    return _aggregate(node, "any" if word == "exists" else word, table, measured)


def _measured(typist: Typist, node: Application, tail: tuple[Word, ...]) -> Typed | None:
    """What is read in each row: the column named behind the table's dot, or the formula after the comma."""
    word, most = node.function.text, 1 if tail else 2
    if len(node.args) > most or (len(node.args) + bool(tail) < 2 and word not in ("any", "exists", "count")):
        raise Mistake("F033", node.start, node.end, function=word, count=len(node.args), expected=most,
                      usage=AGGREGATES[word])  # fmt: skip
    if tail:
        return typist.resolver.column(tail)
    if len(node.args) == 1:
        return None
    return typist.single(node.args[1])


def _aggregate(node: Application, word: str, table: Read, measured: Typed | None) -> Typed:
    if measured is None:
        if word == "any":
            return Typed(IsEmpty(table, True), Boolean())
        return Typed(Aggregate("count", table, None, WHOLE), WHOLE)
    tree, kind = measured.tree, measured.type
    place = node.args[-1]
    if word == "count" and not isinstance(kind, Boolean):
        tree, kind = IsEmpty(tree, True), Boolean()
    if word in _CONDITIONS and not isinstance(kind, Boolean):
        raise Mistake("F034", place.start, place.end, type=name(kind))
    if word in _MEASURES and not isinstance(kind, _MEASURES[word]):
        expected = " | ".join(_kind_word(k) for k in _MEASURES[word])
        raise Mistake("F032", place.start, place.end, function=word, expected=expected, type=name(kind))
    result = _result(word, kind)
    options = measured.options if word == "first" else Typed(tree, kind).options
    return Typed(Aggregate(word, table, tree, bare(result)), result, options)  # type: ignore[arg-type]


def _result(word: str, kind: Type) -> Type:
    if word in ("any", "all"):
        return Boolean()
    if word == "count":
        return WHOLE
    return Number(MAX_SCALE) if word == "avg" and isinstance(kind, Number) else kind


def _head_of(typist: Typist, node: Application) -> Typed | None:
    """The head of the person's department: a walk over two links."""
    if len(node.args) != 1:
        raise Mistake("F033", node.start, node.end, function="head_of", count=len(node.args), expected=1,
                      usage="head_of(person)")  # fmt: skip
    arg, people = node.args[0], typist.scope.people
    typed = typist.single(arg)
    if typed is None:
        return None
    if not isinstance(arg, Path) or typed.type != Link(people):
        expected = name(Link(people))
        raise Mistake("F032", arg.start, arg.end, function="head_of", expected=expected, type=name(typed.type))
    words = (*arg.words, Word(arg.start, arg.end, "department"), Word(arg.start, arg.end, "head"))
    return typist.check(Path(arg.start, arg.end, words))


def _has_role(typist: Typist, node: Application) -> Typed:
    """`has_role(user, role.head)`, `has_role(user, role.requests.head)`."""
    who, role = (*node.args, None, None)[:2]
    asked = isinstance(who, Path) and [w.text for w in who.words] == ["user"] and isinstance(role, Path)
    if not asked or not isinstance(role, Path) or len(node.args) != 2:
        raise Mistake("F033", node.start, node.end, function="has_role", count=len(node.args), expected=2,
                      usage="has_role(user, role.name)")  # fmt: skip
    written = ".".join(word.text for word in role.words[1:])
    fitting = [r for r in typist.scope.roles if written in (r, r.partition(".")[2])]
    if role.words[0].text != "role" or len(fitting) != 1:
        near = nearest(f"role.{written}", [f"role.{r.partition('.')[2]}" for r in typist.scope.roles])
        said = ".".join(word.text for word in role.words)
        raise Mistake("F027", role.start, role.end, name=said, nearest=near)
    return Typed(Call("has_role", (Constant(fitting[0], Text()),), Boolean()), Boolean())


def _text(typist: Typist, node: Application) -> Typed | None:
    """`text(value)`, `text(value, "format")`."""
    if not 1 <= len(node.args) <= 2:
        raise Mistake("F033", node.start, node.end, function="text", count=len(node.args), expected="1–2",
                      usage=SHOWING)  # fmt: skip
    typed = typist.single(node.args[0])
    wanted = node.args[1] if len(node.args) == 2 else None
    if typed is None:
        return None
    if wanted is not None and not (isinstance(wanted, Value) and isinstance(wanted.value, str)):
        raise Mistake("F032", wanted.start, wanted.end, function="text", expected="text", type="…")
    written = str(wanted.value) if isinstance(wanted, Value) else ""
    tree = check_format(typed, written, node.args[0])
    return Typed(Shown(tree, written, typed.options), Text())


_SPECIAL = {"head_of": _head_of, "has_role": _has_role, "text": _text}
