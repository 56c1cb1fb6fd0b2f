"""Conditions of a list as they stand in its address: `state:in:accepted,in_work`, `created_at:ge:-7d`, `note:empty`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from partita.base.errors import Problem
from partita.base.frozen import FrozenMap
from partita.base.text import read_id
from partita.model.field import Field
from partita.model.record_type import RecordType
from partita.runtime.codecs.registry import CODECS, codec_of
from partita.runtime.queries.cards import read_titles
from partita.runtime.queries.links import link_options
from partita.runtime.queries.lists import Filter
from partita.screens.view import View, field_at

TEXTS = frozenset(("text", "multiline", "email", "phone", "url", "person_name", "address", "code"))
NUMBERS = frozenset(("integer", "decimal", "money", "percent", "duration", "time"))
DAYS = frozenset(("date", "datetime"))
PICKED = frozenset(("link", "user", "links"))
OPS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(TEXTS, ("contains", "starts", "eq", "empty", "filled")),
    **dict.fromkeys(NUMBERS, ("eq", "ge", "le", "between", "empty", "filled")),
    **dict.fromkeys(DAYS, ("eq", "ge", "le", "between", "empty", "filled")),
    **dict.fromkeys(PICKED, ("in", "empty", "filled")),
    "choice": ("in", "empty", "filled"),
    "choices": ("in", "empty", "filled"),
    "boolean": ("eq",),
}
BARE = frozenset(("empty", "filled"))
SAID = frozenset(("contains", "starts", "ge", "le"))
"""Comparisons with words of their own; others that an address names are shown as they stand."""
ME = "me"
MOST_CONDITIONS = 20
MOST_VALUES = 100
LAST_DAY = date.max - timedelta(days=1)
"""The last one that has a next."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition as written. `raw` are the texts of its values."""

    path: str
    op: str
    raw: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ":".join((self.path, self.op, ",".join(self.raw))) if self.raw else f"{self.path}:{self.op}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A condition on the screen: `text` in words; `error` when its value cannot be read. Without `op` it is not set."""

    index: int
    path: str
    label: str
    type: str
    op: str = ""
    ops: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()
    text: str = ""
    error: str = ""
    options: tuple[tuple[str, str], ...] = ()
    picked: tuple[tuple[str, str], ...] = ()
    open: bool = False


def read_condition(text: str) -> Condition | None:
    path, _, rest = text.partition(":")
    op, _, values = rest.partition(":")
    if not path or not op:
        return None
    many = op in ("in", "between")
    raw = tuple(v for v in values.split(",") if v)[:MOST_VALUES] if many else (values,) if values else ()
    return Condition(path, op, raw)


def read_conditions(texts: Iterable[str]) -> tuple[Condition, ...]:
    found = (read_condition(text) for text in list(texts)[:MOST_CONDITIONS])
    return tuple(condition for condition in found if condition)


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns conditions on one type into filters of the query and chips of the screen."""

    view: View
    type: RecordType

    def field(self, path: str) -> Field | None:
        return field_at(self.type, self.view.model, path)

    def filters(self, conditions: Iterable[Condition]) -> tuple[tuple[Filter, ...], dict[Condition, str]]:
        """The filters of readable conditions, and what is wrong with the others."""
        filters: list[Filter] = []
        wrong: dict[Condition, str] = {}
        for condition in conditions:
            known = self.field(condition.path)
            if known is None or condition.op not in OPS.get(known.type, ()):
                wrong[condition] = self.view.t("filter.unknown", name=condition.path)
            elif condition.op in BARE:
                filters.append(Filter(condition.path, cast(Any, condition.op), ()))
            elif condition.raw:
                self._add(filters, wrong, condition, known)
        return tuple(filters), wrong

    def _add(self, filters: list[Filter], wrong: dict[Condition, str], condition: Condition, known: Field) -> None:
        try:
            filters.extend(self._meaning(condition, known))
        except Misread as misread:
            wrong[condition] = self.view.problem(misread.problem)

    def _meaning(self, condition: Condition, known: Field) -> Iterable[Filter]:
        if known.type == "datetime":
            return self._moments(condition, [self._day(raw) for raw in condition.raw])
        if known.type == "date":
            return [Filter(condition.path, cast(Any, condition.op), tuple(self._day(raw) for raw in condition.raw))]
        if known.type in PICKED:
            return [Filter(condition.path, "in", tuple(self._id(raw) for raw in condition.raw))]
        if known.type in TEXTS and condition.op in ("contains", "starts"):
            return [Filter(condition.path, cast(Any, condition.op), condition.raw)]
        return [
            Filter(condition.path, cast(Any, condition.op), tuple(self._value(raw, known) for raw in condition.raw))
        ]

    def _value(self, raw: str, known: Field) -> Any:
        value = codec_of(known).decode((raw,), known, self.view.ctx.locale)
        if isinstance(value, Problem):
            raise Misread(value)
        return value[0] if isinstance(value, tuple) and value else value

    def _id(self, raw: str) -> int:
        if raw == ME:
            return self.view.ctx.actor.employee_id or 0
        return read_id(raw) or 0

    def _day(self, raw: str) -> date:
        value = CODECS["date"].decode(raw, DAY, self.view.ctx.locale)
        if not isinstance(value, date):
            raise Misread(value if isinstance(value, Problem) else Problem("W005", params=FrozenMap({"value": raw})))
        return value

    def _moments(self, condition: Condition, days: list[date]) -> Iterable[Filter]:
        """A day of a moment is the whole day in the person's zone."""
        first, last = min(days), min(max(days), LAST_DAY)
        if condition.op in ("eq", "between", "ge"):
            yield Filter(condition.path, "ge", (self._midnight(first),))
        if condition.op in ("eq", "between", "le"):
            yield Filter(condition.path, "lt", (self._midnight(last + timedelta(days=1)),))

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.view.ctx.zone)

    def chip(self, index: int, condition: Condition, wrong: Mapping[Condition, str] = FrozenMap()) -> Chip | None:
        known = self.field(condition.path)
        if known is None or known.type not in OPS:
            return None
        picked = self._picked(condition, known)
        return Chip(
            index=index,
            path=condition.path,
            label=self.label(condition.path),
            type=known.type,
            op=condition.op,
            ops=OPS[known.type],
            raw=condition.raw,
            text=self._text(condition, known, picked),
            error=wrong.get(condition, ""),
            options=tuple((name, self.view.words(option.label)) for name, option in known.options.items()),
            picked=picked,
        )

    def label(self, path: str) -> str:
        parts = path.split(".")
        fields = (self.field(".".join(parts[: n + 1])) for n in range(len(parts)))
        return " → ".join(self.view.label(found) for found in fields if found)

    def _picked(self, condition: Condition, known: Field) -> tuple[tuple[str, str], ...]:
        if known.type not in PICKED or not condition.raw:
            return ()
        target = known.to.qualified if known.to else self.view.ctx.runtime.people
        ids = tuple(number for raw in condition.raw if (number := read_id(raw)))
        titles = read_titles(self.view.ctx, target, ids)
        return tuple((raw, self._title(raw, titles)) for raw in condition.raw)

    def _title(self, raw: str, titles: Mapping[int, str]) -> str:
        return self.view.t("filter.me") if raw == ME else titles.get(read_id(raw) or 0, raw)

    def _text(self, condition: Condition, known: Field, picked: tuple[tuple[str, str], ...]) -> str:
        t = self.view.t
        if condition.op in BARE:
            return t(f"filter.is.{condition.op}")
        if not condition.raw:
            return ""
        shown = [title for _, title in picked] or [self._shown(raw, known) for raw in condition.raw]
        if condition.op == "between":
            return t("filter.is.between", first=shown[0], last=shown[-1])
        words = t("filter.or").join(shown[:3]) + ("…" if len(shown) > 3 else "")
        if condition.op in ("in", "eq"):
            return words
        return t(f"filter.is.{condition.op}", value=words) if condition.op in SAID else f"{condition.op} {words}"

    def _shown(self, raw: str, known: Field) -> str:
        if known.type in ("date", "datetime"):
            return raw
        value = codec_of(known).decode((raw,), known, self.view.ctx.locale)
        return raw if isinstance(value, Problem) or value is None else self.view.show(value, known)

    def look_up(self, path: str, text: str) -> tuple[str, ...]:
        """Ids of the records that the words typed into a picker may mean: the way without JavaScript."""
        found = link_options(self.view.ctx, self.type.name, path, {}, text=text, limit=20) if "." not in path else ()
        return tuple(str(option.id) for option in found)


DAY = Field(name="day", type="date", label=FrozenMap({"en": "day"}))


class Misread(Exception):
    """A value of a condition that does not fit its field."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem
