"""The Python reading of trees: source generated from the tree alone, compiled once, run on plain values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from partita.base.frozen import FrozenMap
from partita.base.text import Words
from partita.formulas import values
from partita.formulas.formats import render
from partita.formulas.functions import FUNCTIONS
from partita.formulas.policy import compile_source
from partita.formulas.tree import (
    Aggregate,
    Among,
    Arithmetic,
    Call,
    Compare,
    Constant,
    Fit,
    Hole,
    If,
    IsEmpty,
    Logic,
    Member,
    Minus,
    Not,
    PartOf,
    Read,
    Shown,
    TemplateTree,
    Tree,
    is_certain,
)
from partita.formulas.types import Date, DateTime, Duration, Number, Text, Type

Values = Mapping[str, Any]
_NOTHING: Values = FrozenMap()


@dataclass(frozen=True, slots=True)
class Env:
    """What a formula may read. Conditions may give None: false.

    `values`: own fields; a linked value stands under its dotted key, a table is a tuple of mappings.
    `user`: likewise; `""` is the employee's id, `roles` the qualified roles.
    """

    values: Values
    old: Values
    user: Values
    settings: Values
    now: datetime
    zone: ZoneInfo
    language: str
    this: Values | None = None
    parent: Values | None = None


@lru_cache(maxsize=16_384)
def build(tree: Tree) -> Callable[[Env], Any]:
    """The tree as a function of an Env."""
    body = _compile(tree)

    def evaluate(env: Env) -> Any:
        return body(env.values, env.old, env.user, env.settings, env.this or _NOTHING, env.parent or _NOTHING, env)

    return evaluate


@lru_cache(maxsize=4_096)
def build_template(template: TemplateTree) -> Callable[[Env], str]:
    """The template as a function of an Env; blanks that empty holes leave at the ends are dropped."""
    parts = tuple(part if isinstance(part, str) else _hole(part) for part in template.parts)

    def evaluate(env: Env) -> str:
        return "".join(part if isinstance(part, str) else part(env) for part in parts).strip()

    return evaluate


def _hole(hole: Hole) -> Callable[[Env], str]:
    evaluate, kind = build(hole.tree), hole.tree.type

    def show(env: Env) -> str:
        return render(evaluate(env), kind, hole.format, hole.options, env.language, env.zone)

    return show


def _compile(tree: Tree) -> Callable[..., Any]:
    generator = _Generator()
    source = f"lambda v, o, u, s, t, p, e: {generator.source(tree)}"
    function: Callable[..., Any] = eval(compile_source(source), {**_HELPERS, **generator.constants, "__builtins__": {}})
    return function


def source_of(tree: Tree) -> str:
    """The generated source, for the curious and for tests."""
    return _Generator().source(tree)


class _Generator:
    """Writes the source. Nothing that an author wrote gets into it: names and values travel as constants `k0`, `k1`…"""

    def __init__(self) -> None:
        self.constants: dict[str, Any] = {}

    def source(self, tree: Tree) -> str:
        match tree:
            case Constant():
                return str(tree.value) if _is_word(tree) else self._put(tree.value)
            case Read():
                return f"get({_VARIABLES[tree.source]}, {self._put('.'.join(tree.path))})"
            case PartOf():
                return f"part({self._put(tree.values)}, {self.source(tree.of)})"
            case Minus():
                return f"negate({self.source(tree.of)})"
            case Arithmetic():
                helper = _ARITHMETIC[tree.op, type(tree.left.type), type(tree.right.type)]
                return f"{helper}({self.source(tree.left)}, {self.source(tree.right)})"
            case If():
                return f"({self.source(tree.then)} if {self._truth(tree.condition)} else {self.source(tree.other)})"
            case Call():
                return self._call(tree)
            case Aggregate():
                return self._aggregate(tree)
            case Shown():
                look = ", ".join(self._put(each) for each in (tree.of.type, tree.format, tree.options))
                return f"show(e, {self.source(tree.of)}, {look})"
            case Fit():
                scale, whole = self._put(tree.type.scale), self._put(tree.type.whole)
                return f"declared({self.source(tree.of)}, {scale}, {whole})"
            case _:
                return self._condition(tree)

    def _condition(self, tree: Compare | Logic | Not | IsEmpty | Among | Member) -> str:
        match tree:
            case Compare():
                return self._compare(tree)
            case Logic():
                return "(" + f" {tree.op} ".join(self._truth(item) for item in tree.items) + ")"
            case Not():
                return f"(not {self._truth(tree.of)})"
            case IsEmpty():
                return self._negated(f"({self.source(tree.of)} is None)", tree.negated)
            case Among():
                items = ", ".join(self._comparable(each) for each in (tree.of, *tree.items))
                return self._negated(f"among({items})", tree.negated)
            case Member():
                found = f"member({self.source(tree.of)}, {self.source(tree.collection)})"
                return self._negated(found, tree.negated)

    @staticmethod
    def _negated(source: str, negated: bool) -> str:
        return f"(not {source})" if negated else source

    def _truth(self, tree: Tree) -> str:
        return self.source(tree) if is_certain(tree) else f"({self.source(tree)} is True)"

    def _compare(self, tree: Compare) -> str:
        left, right = self._comparable(tree.left), self._comparable(tree.right)
        match tree.op:
            case "==" | "!=":
                return self._negated(f"equal({left}, {right})", tree.op == "!=")
            case "<" | "<=":
                return f"{'less' if tree.op == '<' else 'at_most'}({left}, {right})"
        return f"{'less' if tree.op == '>' else 'at_most'}({right}, {left})"

    def _comparable(self, tree: Tree) -> str:
        if not isinstance(tree.type, Text):
            return self.source(tree)
        if isinstance(tree, Constant):
            return self._put(values.folded(tree.value))
        return f"folded({self.source(tree)})"

    def _call(self, tree: Call) -> str:
        args = [self.source(arg) for arg in tree.args]
        env = ["e"] if FUNCTIONS[tree.function].env else []
        return f"call_{tree.function}({', '.join(env + args)})"

    def _aggregate(self, tree: Aggregate) -> str:
        rows = self.source(tree.rows)
        if tree.of is None:
            return f"count({rows})"
        kind = "_span" if isinstance(tree.of.type, Duration) and tree.function in ("sum", "avg") else ""
        of = self._truth(tree.of) if tree.function in ("any", "all", "count") else self.source(tree.of)
        return f"rows_{tree.function}{kind}({rows}, lambda r: {of})"

    def _put(self, value: Any) -> str:
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name


def _is_word(tree: Constant) -> bool:
    return tree.value is None or isinstance(tree.value, bool)


_VARIABLES = {
    "record": "v",
    "row": "r",
    "this": "t",
    "parent": "p",
    "old": "o",
    "user": "u",
    "settings": "s",
}

_ARITHMETIC: dict[tuple[str, type[Type], type[Type]], str] = {
    ("+", Number, Number): "add",
    ("-", Number, Number): "subtract",
    ("*", Number, Number): "multiply",
    ("/", Number, Number): "divide",
    ("%", Number, Number): "modulo",
    ("+", Text, Text): "join",
    ("+", Date, Duration): "move_date",
    ("+", Duration, Date): "move_date_after",
    ("-", Date, Duration): "move_date_back",
    ("-", Date, Date): "between_dates",
    ("+", DateTime, Duration): "move_moment",
    ("+", Duration, DateTime): "move_moment_after",
    ("-", DateTime, Duration): "move_moment_back",
    ("-", DateTime, DateTime): "between_moments",
    ("+", Duration, Duration): "add_spans",
    ("-", Duration, Duration): "subtract_spans",
    ("*", Duration, Number): "stretch",
    ("*", Number, Duration): "stretch_by",
    ("/", Duration, Number): "shrink",
    ("/", Duration, Duration): "ratio",
}


def _get(source: Values, name: str) -> Any:
    value = source.get(name)
    return None if value in ("", (), []) else value


def _measure(total: Callable[[Any], Any]) -> Callable[[Any, Callable[[Any], Any]], Any]:
    def over(rows: Any, of: Callable[[Any], Any]) -> Any:
        return total([of(row) for row in rows or ()])

    return over


def _show(env: Env, value: Any, kind: Type, wanted: str, options: FrozenMap[str, Words]) -> str | None:
    return render(value, kind, wanted, options, env.language, env.zone) or None


_OPERATORS: tuple[Callable[..., Any], ...] = (
    values.add, values.subtract, values.multiply, values.divide, values.modulo, values.join, values.negate,
    values.move_date, values.move_date_back, values.between_dates, values.move_moment, values.move_moment_back,
    values.between_moments, values.add_spans, values.subtract_spans, values.stretch, values.shrink, values.ratio,
    values.equal, values.less, values.at_most, values.among, values.member, values.folded, values.declared,
)  # fmt: skip

_HELPERS: dict[str, Any] = {
    "get": _get,
    "part": lambda table, option: table.get(option),
    "count": lambda rows: len(rows or ()),
    "move_date_after": lambda by, day: values.move_date(day, by),
    "move_moment_after": lambda by, moment: values.move_moment(moment, by),
    "stretch_by": lambda by, span: values.stretch(span, by),
    "rows_sum": _measure(values.total),
    "rows_sum_span": _measure(values.total_span),
    "rows_avg": _measure(values.average),
    "rows_avg_span": _measure(values.average_span),
    "rows_min": _measure(lambda found: values.least(*found)),
    "rows_max": _measure(lambda found: values.greatest(*found)),
    "rows_count": _measure(sum),
    "rows_any": _measure(any),
    "rows_all": _measure(all),
    "rows_first": _measure(lambda found: values.first_of(*found)),
    **{operator.__name__: operator for operator in _OPERATORS},
    **{f"call_{name}": function.python for name, function in FUNCTIONS.items()},
    "show": _show,
}
