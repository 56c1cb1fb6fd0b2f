"""Random well-typed formulas as an author would write them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.formulas.world import OPTIONS, TAGS

Draw = Callable[[st.SearchStrategy[Any]], Any]

_LEAVES: dict[str, tuple[str, ...]] = {
    "whole": ("qty", "stock", "settings.term", "id", "org.id", "0", "1", "2", "-3", "10", "999999999999999999",
              "length(name)", "count(lines)", "count(helpers)", "count(papers)", "count(tags)", "1000000"),
    "number": ("weight", "price", "cost", "part", "settings.limit", "org.amount", "payer.region.rate", "0.5", "0.01",
               "-2.25", "3", "1.0000000001", "0.0000000003", "999999999999999.99", "12.3456"),
    "text": ("name", "note", "org.name", "org.region.name", "payer.title", "user.name", "settings.word", "'ёлка'",
             '"ЕЛ"', "'a'", "'Я'", "'%'", "boss.department.head.name"),
    "bool": ("flag", "done", "org.active", "true", "false", "has_role(user, role.head)", "has_role(user, role.clerk)"),
    "date": ("day", "until", "org.since", "today()", "date(2026, 11, 21)", "date(2024, 2, 30)"),
    "datetime": ("at", "closed", "now()"),
    "time": ("clock", "alarm", "time(at)"),
    "duration": ("span", "lag", "days(1)", "hours(36)", "minutes(-1)", "days(0.5)"),
    "choice": ("kind", "sort", "org.kind", "settings.grade"),
    "link": ("boss", "org.manager", "user", "boss.department.head", "head_of(boss)"),
}  # fmt: skip
_ROW_LEAVES: dict[str, tuple[str, ...]] = {
    "whole": ("count", "this.qty", "2", "0"),
    "number": ("qty", "price", "service.price", "this.price", "0.5", "parent.weight"),
    "text": ("remark", "service.name", "this.name", "'а'"),
    "bool": ("ok", "this.flag"),
    "date": ("on", "this.day", "today()"),
    "datetime": ("moment", "now()"),
    "time": ("time(moment)", "this.clock"),
    "duration": ("took", "this.span", "hours(3)"),
    "choice": ("grade", "this.kind"),
    "link": ("this.boss",),
}
_ROW_ONLY = ("whole", "number", "text", "bool", "date", "datetime", "duration", "choice")
_COLUMN = {"whole": "count", "number": "qty", "duration": "took", "date": "on", "datetime": "moment", "text": "remark",
           "bool": "ok", "choice": "grade"}  # fmt: skip


class Writer:
    """Writes one formula; `row` while inside a function over rows."""

    def __init__(self, draw: Draw, row: bool = False) -> None:
        self.draw, self.row = draw, row

    def pick(self, items: tuple[Any, ...]) -> Any:
        return self.draw(st.sampled_from(items))

    def of(self, kind: str, depth: int) -> str:
        if kind == "number" and self.draw(st.booleans()):
            kind = "whole"
        leaves = (_ROW_LEAVES if self.row else _LEAVES)[kind]
        if depth <= 0:
            return str(self.pick(leaves))
        shapes = (*_SHAPES[kind], *_COMMON)
        shape = self.pick((*shapes, None))
        return str(self.pick(leaves)) if shape is None else shape(self, kind, depth - 1)


def _leaf(writer: Writer, kind: str, depth: int) -> str:
    return str(writer.pick((_ROW_LEAVES if writer.row else _LEAVES)[kind]))


def _conditional(writer: Writer, kind: str, depth: int) -> str:
    return f"({writer.of(kind, depth)} if {writer.of('bool', depth)} else {writer.of(kind, depth)})"


def _coalesce(writer: Writer, kind: str, depth: int) -> str:
    return f"coalesce({writer.of(kind, depth)}, {writer.of(kind, depth)})"


def _over(function: str) -> Callable[[Writer, str, int], str]:
    def made(writer: Writer, kind: str, depth: int) -> str:
        if writer.row:
            return _leaf(writer, kind, depth)
        inner = Writer(writer.draw, row=True)
        if kind in _COLUMN and writer.draw(st.booleans()):
            return f"{function}(lines.{_COLUMN[kind]})"
        return f"{function}(lines, {inner.of(kind, min(depth, 2))})"

    return made


def _count_rows(writer: Writer, kind: str, depth: int) -> str:
    return "2" if writer.row else f"count(lines, {Writer(writer.draw, row=True).of('bool', min(depth, 2))})"


def _some_rows(writer: Writer, kind: str, depth: int) -> str:
    if writer.row:
        return _leaf(writer, kind, depth)
    word = writer.pick(("any", "all", "exists"))
    return f"{word}(lines, {Writer(writer.draw, row=True).of('bool', min(depth, 2))})"


def _pattern(text: str, *kinds: str) -> Callable[[Writer, str, int], str]:
    return lambda writer, kind, depth: text.format(*(writer.of(each, depth) for each in kinds))


def _comparison(writer: Writer, kind: str, depth: int) -> str:
    sort = writer.pick(("number", "number", "text", "text", "date", "datetime", "time", "duration"))
    op = writer.pick(("==", "!=", "<", "<=", ">", ">="))
    return f"({writer.of(sort, depth)} {op} {writer.of(sort, depth)})"


def _equality(writer: Writer, kind: str, depth: int) -> str:
    sort, op = writer.pick(("bool", "choice", "link")), writer.pick(("==", "!="))
    return f"({writer.of(sort, depth)} {op} {writer.of(sort, depth)})"


def _option(writer: Writer, kind: str, depth: int) -> str:
    return f"({writer.of('choice', depth)} {writer.pick(('==', '!='))} {writer.pick(OPTIONS)})"


def _part(writer: Writer, kind: str, depth: int) -> str:
    name = "this.kind" if writer.row else writer.pick(("kind", "org.kind"))
    return f"({name}.class {writer.pick(('==', '!='))} {writer.pick(('accept', 'refuse'))})"


def _among(writer: Writer, kind: str, depth: int) -> str:
    sort = writer.pick(("number", "text", "date", "choice", "link", "duration", "whole"))
    items = [writer.of(sort, 0) for _ in range(writer.draw(st.integers(1, 3)))]
    return f"({writer.of(sort, depth)} {writer.pick(('in', 'not in'))} ({', '.join(items)},))"


def _options_among(writer: Writer, kind: str, depth: int) -> str:
    some = writer.draw(st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=3))
    return f"({writer.of('choice', depth)} {writer.pick(('in', 'not in'))} ({', '.join(some)}))"


def _member(writer: Writer, kind: str, depth: int) -> str:
    if writer.row:
        return _leaf(writer, kind, depth)
    link = f"{writer.of('link', depth)} {writer.pick(('in', 'not in'))} {writer.pick(('helpers', 'org.friends'))}"
    region = f"org.region {writer.pick(('in', 'not in'))} user.regions"
    return f"({writer.pick((link, f'{writer.pick(TAGS)} in tags', f'{writer.pick(TAGS)} not in tags', region))})"


def _emptiness(writer: Writer, kind: str, depth: int) -> str:
    sort = writer.pick(tuple(_LEAVES))
    lists = () if writer.row else ("tags", "helpers", "papers", "paper", "lines", "org.friends", "user.regions")
    what = writer.pick((writer.of(sort, depth), *lists))
    return f"({what} {writer.pick(('is empty', 'is not empty', '== empty'))})"


def _chain(writer: Writer, kind: str, depth: int) -> str:
    sort = writer.pick(("number", "date", "text"))
    first, middle, last = writer.of(sort, 0), writer.of(sort, 1), writer.of(sort, 0)
    if "==" in middle or "<" in middle or ">" in middle:
        middle = _leaf(writer, sort, 0)
    return f"({first} {writer.pick(('<', '<=', '=='))} {middle} {writer.pick(('<', '<=', '!='))} {last})"


_NUMERIC = (
    _pattern("({} + {})", "number", "number"),
    _pattern("({} - {})", "number", "number"),
    _pattern("({} * {})", "number", "number"),
    _pattern("({} / {})", "number", "number"),
    _pattern("({} % {})", "number", "number"),
    _pattern("-({})", "number"),
    _pattern("round({}, 1)", "number"),
    _pattern("abs({})", "number"),
    _pattern("min({}, {})", "number", "number"),
    _pattern("max({}, {})", "number", "number"),
    _pattern("({} / {})", "duration", "duration"),
    _over("sum"),
    _over("avg"),
    _over("min"),
    _over("max"),
)
_WHOLE = (
    _pattern("({} + {})", "whole", "whole"),
    _pattern("({} * {})", "whole", "whole"),
    _pattern("({} % {})", "whole", "whole"),
    _pattern("round({})", "number"),
    _pattern("length({})", "text"),
    _pattern("year({})", "date"),
    _pattern("month({})", "datetime"),
    _pattern("day({})", "date"),
    _pattern("weekday({})", "date"),
    _pattern("days_between({}, {})", "date", "datetime"),
    _count_rows,
    _over("sum"),
    _over("max"),
)
_SHAPES: dict[str, tuple[Callable[[Writer, str, int], str], ...]] = {
    "number": _NUMERIC,
    "whole": _WHOLE,
    "text": (
        _pattern("({} + {})", "text", "text"),
        _pattern("lower({})", "text"),
        _pattern("upper({})", "text"),
        _pattern("trim({})", "text"),
        _pattern("left({}, {})", "text", "whole"),
        _pattern("right({}, {})", "text", "whole"),
        _over("first"),
    ),
    "bool": (
        _comparison,
        _comparison,
        _equality,
        _option,
        _part,
        _among,
        _options_among,
        _member,
        _emptiness,
        _chain,
        _some_rows,
        _pattern("({} and {})", "bool", "bool"),
        _pattern("({} or {})", "bool", "bool"),
        _pattern("(not {})", "bool"),
        _pattern("contains({}, {})", "text", "text"),
        _pattern("starts_with({}, {})", "text", "text"),
        _pattern("ends_with({}, {})", "text", "text"),
        _over("first"),
    ),
    "date": (
        _pattern("({} + {})", "date", "duration"),
        _pattern("({} + {})", "duration", "date"),
        _pattern("({} - {})", "date", "duration"),
        _pattern("date({})", "datetime"),
        _pattern("date({}, {}, {})", "whole", "whole", "whole"),
        _pattern("add_months({}, {})", "date", "whole"),
        _pattern("max({}, {})", "date", "date"),
        _over("min"),
        _over("first"),
    ),
    "datetime": (
        _pattern("({} + {})", "datetime", "duration"),
        _pattern("({} - {})", "datetime", "duration"),
        _pattern("min({}, {})", "datetime", "datetime"),
        _over("max"),
    ),
    "time": (_pattern("time({})", "datetime"), _pattern("min({}, {})", "time", "time"), _over("max")),
    "duration": (
        _pattern("({} + {})", "duration", "duration"),
        _pattern("({} - {})", "duration", "duration"),
        _pattern("({} - {})", "date", "date"),
        _pattern("({} - {})", "datetime", "datetime"),
        _pattern("({} * {})", "duration", "number"),
        _pattern("({} * {})", "number", "duration"),
        _pattern("({} / {})", "duration", "number"),
        _pattern("-({})", "duration"),
        _pattern("abs({})", "duration"),
        _pattern("days({})", "number"),
        _pattern("minutes({})", "number"),
        _over("sum"),
        _over("avg"),
        _over("min"),
    ),
    "choice": (_over("first"),),
    "link": (_leaf,),
}
_COMMON = (_conditional, _coalesce)
KINDS = tuple(_SHAPES)


@st.composite
def formulas(draw: Draw, kind: str | None = None) -> str:
    wanted = kind or draw(st.sampled_from(("bool", "bool", "bool", *KINDS)))
    return Writer(draw).of(wanted, draw(st.integers(1, 4)))
