"""Plain values of a scenario → canonical values: names become ids, dates move with the story, files are uploaded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from partita.base.errors import Problem, Refused
from partita.base.frozen import FrozenMap
from partita.model.field import Field
from partita.model.record_type import RecordType
from partita.runtime.codecs.registry import FILES, codec_of
from partita.testing.scenarios.names import Names

EMPTY = "empty"
Upload = Callable[[str, str], int]
"""Field and file name → the id of an attachment."""


@dataclass(frozen=True, slots=True)
class Reader:
    """`shift`: how far the whole story is moved in time. `people`: the book that a user field points at."""

    names: Names
    people: str
    shift: timedelta = timedelta()

    def read(self, record_type: RecordType, plain: Mapping[str, Any], upload: Upload | None = None) -> dict[str, Any]:
        """Values as the pipeline takes them; without `upload` files stay names.

        Raises Refused for those that no codec reads, UnknownName for names.
        """
        made: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, value in plain.items():
            field = record_type.fields.get(name)
            made[name] = self._value(field, value, upload) if field else value
            if isinstance(made[name], Problem):
                problems.append(_at(name, made[name]))
        if problems:
            raise Refused(*problems)
        return made

    def _value(self, field: Field, value: Any, upload: Upload | None) -> Any:
        if field.type in FILES and value != EMPTY:
            names = tuple(value) if isinstance(value, list | tuple) else (value,)
            given = tuple(upload(field.name, name) for name in names) if upload else names
            return given if field.type == "files" else given[0]
        return self._moved(codec_of(field).from_json(self._resolved(value, field), field))

    def _resolved(self, value: Any, field: Field) -> Any:
        if value == EMPTY or value is None:
            return None
        if field.type == "table" and isinstance(value, list | tuple):
            return [self._resolved_row(row, field) for row in value]
        target = self.people if field.type == "user" else field.to.qualified if field.to else ""
        if not target:
            return value
        if field.type == "links" and isinstance(value, list | tuple):
            return [self.names.find(target, item) for item in value]
        return self.names.find(target, value)

    def _resolved_row(self, row: Any, field: Field) -> Any:
        if not isinstance(row, Mapping):
            return row
        pairs = ((name, cell, field.column(name)) for name, cell in row.items())
        return {name: self._resolved(cell, column) if column else cell for name, cell, column in pairs}

    def _moved(self, value: Any) -> Any:
        if isinstance(value, date | datetime):
            return value + self.shift
        if isinstance(value, tuple):
            return tuple(self._moved(item) for item in value)
        if isinstance(value, Mapping):
            return FrozenMap({name: self._moved(cell) for name, cell in value.items()})
        return value


def _at(name: str, problem: Problem) -> Problem:
    path = ".".join(part for part in (name, problem.field) if part)
    return Problem(problem.code, path, problem.params, say=problem.say)
