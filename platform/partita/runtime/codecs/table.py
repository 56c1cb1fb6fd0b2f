"""Rows of a table field: mappings of columns, each by the codec of its type."""

from collections.abc import Callable, Mapping
from typing import Any

from partita.base.errors import Problem
from partita.base.frozen import FrozenMap
from partita.model.field import Field
from partita.runtime.codecs.codec import NO_TITLES, Codec, Raw, Titles, misfit
from partita.runtime.codecs.locale import Locale

Read = Callable[[Codec, Any, Field], Any]


class TableCodec(Codec):
    """A tuple of rows with `id` (None for a new one). Problems of a cell carry `position.column` as their field."""

    def __init__(self, codec_of: Callable[[Field], Codec]) -> None:
        self._codec_of = codec_of

    def decode(self, raw: Raw, field: Field, locale: Locale) -> Any:
        return misfit(raw, "не таблица", "not a table")

    def encode(self, value: Any, field: Field, locale: Locale) -> tuple[str, ...]:
        return ()

    def display(self, value: Any, field: Field, locale: Locale, titles: Titles = NO_TITLES) -> str:
        return "; ".join(self._row_text(row, field, locale, titles) for row in value or ())

    def _row_text(self, row: Mapping[str, Any], field: Field, locale: Locale, titles: Titles) -> str:
        cells = (self._codec_of(c).display(row.get(c.name), c, locale, titles) for c in field.fields)
        return ", ".join(cell for cell in cells if cell)

    def normalise(self, value: Any, field: Field) -> Any:
        return self._rows(value, field, lambda codec, cell, column: codec.normalise(cell, column))

    def from_json(self, data: Any, field: Field) -> Any:
        return self._rows(data, field, lambda codec, cell, column: codec.from_json(cell, column))

    def _rows(self, value: Any, field: Field, read: Read) -> Any:
        if value is None:
            return ()
        if not isinstance(value, tuple | list):
            return misfit(value, "не таблица", "not a table")
        rows = []
        for position, row in enumerate(value):
            made = self._row(row, position, field, read)
            if isinstance(made, Problem):
                return made
            rows.append(made)
        return tuple(rows)

    def _row(self, row: Any, position: int, field: Field, read: Read) -> Any:
        if not isinstance(row, Mapping):
            return misfit(row, "не строка таблицы", "not a row of a table")
        made: dict[str, Any] = {"id": row.get("id")}
        for name, cell in row.items():
            column = field.column(name)
            if name == "id":
                continue
            if column is None:
                return Problem("W019", f"{position}.{name}", FrozenMap({"name": name}))
            made[name] = read(self._codec_of(column), cell, column)
            if isinstance(made[name], Problem):
                return Problem(made[name].code, f"{position}.{name}", made[name].params, say=made[name].say)
        return FrozenMap(made)

    def to_json(self, value: Any, field: Field) -> Any:
        return [
            {"id": row.get("id")} | {c.name: self._codec_of(c).to_json(row.get(c.name), c) for c in field.fields}
            for row in value or ()
        ]
