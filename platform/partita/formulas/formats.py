"""How values look inside templates and `text(…)`: formats by type, Russian and English numbers and dates."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from partita.base.frozen import FrozenMap
from partita.base.text import Words, say
from partita.formulas import values
from partita.formulas.mistake import Mistake
from partita.formulas.names import Typed
from partita.formulas.syntax import Expression
from partita.formulas.tree import Read, Tree
from partita.formulas.types import (
    Boolean,
    Choice,
    Choices,
    Date,
    DateTime,
    Duration,
    Empty,
    Link,
    Number,
    Text,
    Time,
    Type,
    name,
)

_PATTERN = re.compile(r"(?:(?:yyyy|yy|mm|dd)[-./ ]?)+")
_MOMENT_PATTERN = re.compile(r"(?:(?:yyyy|yy|mm|dd|hh|mi)[-./: ]?)+")
_TOKEN = re.compile("yyyy|yy|mm|dd|hh|mi")
_CODES = {"yyyy": "{0.year:04}", "yy": "{1:02}", "mm": "{0.month:02}", "dd": "{0.day:02}", "hh": "{0.hour:02}",
          "mi": "{0.minute:02}"}  # fmt: skip
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_GROUP = {"en": ","}
_POINT = {"en": "."}
_NARROW = "\u202f"

_FORMATS: Mapping[type, tuple[re.Pattern[str], str]] = {
    Date: (re.compile(rf"|date|{_PATTERN.pattern}"), "date, yyyy, yy, mm, dd, dd.mm.yyyy"),
    DateTime: (
        re.compile(rf"|date|datetime|time|{_MOMENT_PATTERN.pattern}"),
        "datetime, date, time, yyyy, yy, mm, dd, hh, mi",
    ),
    Time: (re.compile("|time"), "time"),
    Number: (re.compile(r"|0(?:[1-9]|1\d)|\.(?:\d|10)"), "05, .2"),
}


def check_format(typed: Typed, wanted: str, place: Expression) -> Tree:
    """The tree to be shown (a link shows its title); raises Mistake for an unknown format or what has no look."""
    kind = typed.type
    if isinstance(kind, Link) and isinstance(typed.tree, Read):
        read = typed.tree
        return Read(read.source, (*read.path, "title"), Text(), (*read.hops, kind.ref))
    if not isinstance(kind, tuple(_LOOKS)):
        raise Mistake("F053", place.start, place.end, type=name(kind))
    pattern, formats = _FORMATS.get(type(kind), (re.compile(""), "—"))
    if not pattern.fullmatch(wanted) or (wanted.startswith("0") and isinstance(kind, Number) and kind.scale > 0):
        raise Mistake("F052", place.start, place.end, name=wanted, type=name(kind), formats=formats)
    return typed.tree


def render(
    value: Any, kind: Type, wanted: str, options: FrozenMap[str, Words], language: str, zone: tzinfo
) -> str:  # fmt: skip
    """The value in words of the language; empty is nothing."""
    if value is None or value == ():
        return ""
    if isinstance(kind, DateTime):
        value = values.local(value, zone) or value
    if isinstance(kind, Choice):
        return say(options.get(value), language, value)
    if isinstance(kind, Choices):
        return ", ".join(say(options.get(each), language, each) for each in value)
    if wanted in ("date", "datetime", "time"):
        return _NAMED[wanted](value, language)
    if wanted and isinstance(kind, Date | DateTime):
        return _TOKEN.sub(lambda token: _CODES[token[0]].format(value, value.year % 100), wanted)
    return _number(value, kind, wanted, language) if isinstance(kind, Number) else _LOOKS[type(kind)](value, language)


def _number(value: int | Decimal, kind: Number, wanted: str, language: str) -> str:
    if wanted.startswith("0"):
        return f"{int(value):0{int(wanted)}}"
    if wanted.startswith("."):
        return grouped(values.quantize(value, int(wanted[1:])), language)
    if kind.scale == 0:
        return str(int(value))
    shown = values.quantize(value, kind.scale)
    return grouped(shown if kind.scale <= 4 else _trimmed(shown), language)


def _trimmed(value: Decimal) -> Decimal:
    """Without zeros that a division left at the end."""
    return Decimal(f"{value:f}".rstrip("0").rstrip("."))


def grouped(value: Decimal, language: str) -> str:
    """`1 234,50` or `1,234.50`."""
    whole, _, fraction = f"{value:,f}".replace("-", "−").partition(".")
    whole = whole.replace(",", _GROUP.get(language, _NARROW))
    return f"{whole}{_POINT.get(language, ',')}{fraction}" if fraction else whole


def _date(value: date, language: str) -> str:
    if language == "en":
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year:04}"
    return f"{value.day:02}.{value.month:02}.{value.year:04}"


def _moment(value: datetime, language: str) -> str:
    return f"{_date(value, language)} {value.hour:02}:{value.minute:02}"


def _time(value: time | datetime, language: str) -> str:
    return f"{value.hour:02}:{value.minute:02}"


_UNITS = {"en": ("d", "h", "min", "s")}


def _duration(value: timedelta, language: str) -> str:
    """`2 д 3 ч 5 мин`."""
    rest, parts = abs(values.seconds(value)), []
    for size, unit in zip((86_400, 3_600, 60, 1), _UNITS.get(language, ("д", "ч", "мин", "с")), strict=True):
        count, rest = divmod(rest, size)
        parts += [f"{count}\u00a0{unit}"] if count else []
    shown = " ".join(parts) or f"0\u00a0{_UNITS.get(language, ('д', 'ч', 'мин', 'с'))[2]}"
    return f"−{shown}" if value < timedelta(0) else shown


_YES = {"ru": ("нет", "да"), "en": ("no", "yes"), "kk": ("жоқ", "иә")}

_NAMED: Mapping[str, Callable[[Any, str], str]] = {"date": _date, "datetime": _moment, "time": _time}
_LOOKS: Mapping[type, Callable[[Any, str], str]] = {
    Text: lambda value, language: str(value),
    Boolean: lambda value, language: _YES.get(language, _YES["en"])[bool(value)],
    Date: _date,
    DateTime: _moment,
    Time: _time,
    Duration: _duration,
    Number: lambda value, language: str(value),
    Choice: lambda value, language: str(value),
    Choices: lambda value, language: str(value),
    Empty: lambda value, language: "",
}
