"""Where the fields of one owner live."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from partita.model.field import Field


@dataclass(frozen=True, slots=True)
class Shape:
    """A record type (`path` empty) or a table of its rows (`path` = the field): which field is which column."""

    type: str
    path: str
    table: sa.Table
    fields: Mapping[str, Field]
    columns: Mapping[str, sa.Column[Any]]
    folds: Mapping[str, sa.Column[Any]]
    links: Mapping[str, sa.Table]
    rows: Mapping[str, "Shape"]

    def owned(self) -> Iterator[sa.Table]:
        """This table, then those that hang on it."""
        yield self.table
        yield from self.links.values()
        for shape in self.rows.values():
            yield from shape.owned()
