"""Values written in data sets and scenarios, checked against their fields; stored as plain JSON values."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from partita.base.frozen import FrozenMap
from partita.compiler.build.expect import expect_field
from partita.compiler.build.site import Site, Step, formula_text
from partita.model.field import Field

KnownRows = Callable[[Field], Collection[str] | None]
"""The names by which a link's target can be named; None when they cannot be known here."""

_TEXTS = ("text", "multiline", "email", "phone", "url", "person_name", "address", "code")
_NUMBERS = ("decimal", "money", "percent")
_DURATION = re.compile(r"\d+(?:\s*[a-zа-я]+\.?)?(?:\s+\d+\s*[a-zа-я]+\.?)*|\d+:\d{2}(?::\d{2})?")
_PHONE = re.compile(r"[+0-9][0-9 ()\-.]{4,30}(?:(?:;ext=|,| доб\.? ?| ext\.? ?)\d{1,8})?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class ValueReader:
    """Reads values of one declared thing. `empty_word`: how a value says that there is none; `files_by_name`: whether
    files may be given by their names."""

    def __init__(self, site: Site, known_rows: KnownRows, empty_word: str = "", files_by_name: bool = False) -> None:
        self._site, self._known_rows = site, known_rows
        self._empty_word, self._files_by_name = empty_word, files_by_name

    def read_all(
        self, fields: Mapping[str, Field], owner: str, *path: Step, free: Collection[str] = ()
    ) -> FrozenMap[str, Any]:
        """The map of values at the path; unknown fields are told. Fields in `free` may hold anything."""
        found: dict[str, Any] = {}
        for name, value in self._site.items(*path):
            if name in free:
                found[name] = _plain(value)
            elif expect_field(self._site, name, fields, self._site.key(*path, name), owner):
                found[name] = self.read(fields[name], value, *path, name)
        return FrozenMap(found)

    def read(self, field: Field, value: Any, *path: Step) -> Any:
        """The plain value; what does not fit the field is told."""
        if value == self._empty_word:
            return value
        if field.type in ("file", "files", "image"):
            return self._files(field, value, path)
        if field.type == "table":
            return self._rows(field, value, path)
        if field.type in ("links", "choices"):
            items = value if isinstance(value, list) else None
            if items is None:
                return self._misfit(field, value, path)
            return tuple(self._one(field, item, (*path, number)) for number, item in enumerate(items))
        return self._one(field, value, path)

    def _files(self, field: Field, value: Any, path: tuple[Step, ...]) -> Any:
        """Names of files, where files can be given at all."""
        if not self._files_by_name:
            self._site.add("B032", self._site.key(*path), name=field.name)
            return None
        names = value if isinstance(value, list) else [value]
        if isinstance(value, list) != (field.type == "files") or not all(isinstance(name, str) for name in names):
            return self._misfit(field, value, path)
        return _plain(value)

    def _rows(self, field: Field, value: Any, path: tuple[Step, ...]) -> Any:
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            return self._misfit(field, value, path)
        columns = {column.name: column for column in field.fields}
        return tuple(self.read_all(columns, field.name, *path, number) for number in range(len(value)))

    def _one(self, field: Field, value: Any, path: tuple[Step, ...]) -> Any:
        if isinstance(value, dict | list):
            return self._misfit(field, value, path)
        if field.type in ("choice", "choices"):
            return self._option(field, value, path)
        if field.type in ("link", "links", "user"):
            return self._link(field, str(value), path)
        read: Callable[[Any], Any] = _READERS.get(field.type, _as_text)
        plain = read(value)
        if plain is None:
            return self._misfit(field, value, path)
        self._check_bounds(field, plain, value, path)
        return plain

    def _misfit(self, field: Field, value: Any, path: tuple[Step, ...]) -> None:
        shown = "{…}" if isinstance(value, dict) else "[…]" if isinstance(value, list) else formula_text(value)
        self._site.add("B028", self._site.place(*path), value=shown, name=field.name, type=field.type)

    def _option(self, field: Field, value: Any, path: tuple[Step, ...]) -> str:
        if value not in field.options:
            place = self._site.place(*path)
            self._site.add("B027", place, known=(str(value), field.options), value=value, name=field.name)
        return str(value)

    def _link(self, field: Field, value: str, path: tuple[Step, ...]) -> str:
        known = self._known_rows(field)
        if known is not None and value not in known and field.to:
            place = self._site.place(*path)
            self._site.add("B029", place, known=(value, known), value=value, type=field.to.qualified)
        return value

    def _check_bounds(self, field: Field, plain: Any, value: Any, path: tuple[Step, ...]) -> None:
        if isinstance(plain, str) and field.length and len(plain) > field.length:
            self._site.add("B028", self._site.place(*path), value=plain, name=field.name, type=field.type)
        if field.type in (*_NUMBERS, "integer"):
            low, high, number = field.min, field.max, Decimal(plain)
            if (low is not None and number < low) or (high is not None and number > high):
                self._site.add("B028", self._site.place(*path), value=value, name=field.name, type=field.type)


def _plain(value: Any) -> Any:
    """A value as it is written, without a check: a scenario may offer a wrong one to see it refused."""
    if isinstance(value, list):
        return tuple(_plain(item) for item in value)
    if isinstance(value, dict):
        return FrozenMap({key: _plain(item) for key, item in value.items()})
    return format(value, "f") if isinstance(value, Decimal) else value


def _as_text(value: Any) -> str | None:
    return None if isinstance(value, bool) else str(value)


def _as_integer(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _as_decimal(value: Any) -> str | None:
    return format(Decimal(value), "f") if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _as_boolean(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _parsed_by(parse: Callable[[str], Any]) -> Callable[[Any], str | None]:
    def read(value: Any) -> str | None:
        try:
            parse(value)
        except (ValueError, TypeError):
            return None
        return str(value)

    return read


def _matching(pattern: re.Pattern[str]) -> Callable[[Any], str | None]:
    return lambda value: str(value) if not isinstance(value, bool) and pattern.fullmatch(str(value)) else None


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "integer": _as_integer,
    "boolean": _as_boolean,
    "date": _parsed_by(date.fromisoformat),
    "datetime": _parsed_by(datetime.fromisoformat),
    "time": _parsed_by(time.fromisoformat),
    "duration": _matching(_DURATION),
    "phone": _matching(_PHONE),
    "email": _matching(_EMAIL),
    **dict.fromkeys(_NUMBERS, _as_decimal),
}
