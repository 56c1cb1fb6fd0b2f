"""The closed set of types that a formula and its parts can have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from partita.base.frozen import FrozenMap

MAX_SCALE = 10
"""Digits after the point that any number keeps; finer results are rounded half away from zero."""


@dataclass(frozen=True, slots=True)
class Text:
    """All kinds of text: one line, many lines, e-mail, phone, address, code."""


@dataclass(frozen=True, slots=True)
class Number:
    """`scale` digits after the point at most; `whole` numbers are Python's int, the others Decimal."""

    scale: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Boolean:
    pass


@dataclass(frozen=True, slots=True)
class Date:
    pass


@dataclass(frozen=True, slots=True)
class DateTime:
    pass


@dataclass(frozen=True, slots=True)
class Time:
    pass


@dataclass(frozen=True, slots=True)
class Duration:
    pass


@dataclass(frozen=True, slots=True)
class Choice:
    """One of `options`; in a checked tree the options are left out (they have done their work)."""

    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A record of the type `ref` (`pack.name`)."""

    ref: str


@dataclass(frozen=True, slots=True)
class Links:
    ref: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A table's rows; in a checked tree the columns are left out."""

    columns: "FrozenMap[str, Type]" = FrozenMap()


@dataclass(frozen=True, slots=True)
class File:
    pass


@dataclass(frozen=True, slots=True)
class Files:
    pass


@dataclass(frozen=True, slots=True)
class Empty:
    """The type of the word `empty` alone: it fits everywhere."""


Type: TypeAlias = (
    Text
    | Number
    | Boolean
    | Date
    | DateTime
    | Time
    | Duration
    | Choice
    | Choices
    | Link
    | Links
    | Rows
    | File
    | Files
    | Empty
)

WHOLE = Number(0, True)
_SIMPLE: dict[str, Type] = {
    "boolean": Boolean(),
    "date": Date(),
    "datetime": DateTime(),
    "time": Time(),
    "duration": Duration(),
    "file": File(),
    "image": File(),
    "files": Files(),
    "integer": WHOLE,
}
_NUMBERS = ("decimal", "money", "percent")


def of_field(
    word: str, *, scale: int = 0, options: Iterable[str] = (), to: str = "", columns: Mapping[str, Type] | None = None
) -> Type:
    """The type of a field by its type word in the language; what is none of the special ones is text."""
    if word in _NUMBERS:
        return Number(min(scale, MAX_SCALE))
    if word in ("choice", "choices"):
        return Choice(tuple(options)) if word == "choice" else Choices(tuple(options))
    if word in ("link", "user"):
        return Link(to)
    if word == "links":
        return Links(to)
    if word == "table":
        return Rows(FrozenMap(columns or {}))
    return _SIMPLE.get(word, Text())


def bare(kind: Type) -> Type:
    """Without what only the checker needs, as trees carry it."""
    if isinstance(kind, Choice | Choices) and kind.options:
        return replace(kind, options=())
    return Rows() if isinstance(kind, Rows) else kind


_WORDS: dict[type, str] = {
    Text: "text",
    Boolean: "boolean",
    Date: "date",
    DateTime: "datetime",
    Time: "time",
    Duration: "duration",
    Choice: "choice",
    Choices: "choices",
    Rows: "table",
    File: "file",
    Files: "files",
    Empty: "empty",
}


def name(kind: Type) -> str:
    """The type as the language spells it, for messages in any language."""
    if isinstance(kind, Number):
        return "integer" if kind.whole else "decimal"
    if isinstance(kind, Link | Links):
        return f"{'link' if isinstance(kind, Link) else 'links'} {kind.ref}".strip()
    return _WORDS[type(kind)]


def unify(one: Type, other: Type) -> Type | None:
    """The type that holds values of both, or None."""
    if isinstance(one, Empty):
        return other
    if isinstance(other, Empty):
        return one
    if isinstance(one, Number) and isinstance(other, Number):
        return Number(max(one.scale, other.scale), one.whole and other.whole)
    if isinstance(one, Choice) and isinstance(other, Choice):
        return Choice((*one.options, *(option for option in other.options if option not in one.options)))
    return one if one == other else None
