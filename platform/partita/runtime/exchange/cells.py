"""Cells of a line as values of fields: maps, patterns of dates, rounding, links looked up."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from partita.base.errors import Problem
from partita.base.frozen import FrozenMap
from partita.runtime.codecs.locale import Locale, locale_at
from partita.runtime.codecs.numbers import quantize, read_number
from partita.runtime.codecs.registry import LINKS, codec_of
from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.context import Context
from partita.runtime.exchange.dates import read_date, read_moment
from partita.runtime.exchange.mapping import ColumnMapping, ImportMapping
from partita.runtime.exchange.reading import Cells

ROUNDED = frozenset(("decimal", "money", "percent"))


class CellReader:
    """Turns cells into values; a link is answered with its text, to be looked up by whoever has the database."""

    def __init__(self, ctx: Context, mapping: ImportMapping) -> None:
        self._mapping = mapping
        self._locale: Locale = locale_at(mapping.language, mapping.zone, ctx.now)

    def text_of(self, column: ColumnMapping, cells: Cells) -> Any:
        """The raw cell, trimmed, through the map and the default; None when empty. A text outside the map is E008."""
        raw = cells.get(column.source)
        raw = raw.strip() if isinstance(raw, str) else raw
        if raw is None or raw == "":
            return column.default
        if column.map is None:
            return raw
        found = column.map.get(str(raw), column.map.get("*", _NONE))
        return Problem("E008", params=FrozenMap({"value": str(raw)[:60]})) if found is _NONE else found

    def value(self, column: ColumnMapping, plan: FieldPlan, cells: Cells) -> Any:
        """A canonical value, or a Problem; links only when they are not looked up by a field."""
        raw = self.text_of(column, cells)
        if raw is None:
            return plan.empty
        if isinstance(raw, Problem) or (plan.field.type in LINKS and column.find):
            return raw
        if column.pattern and isinstance(raw, str):
            return self._by_pattern(column, plan, raw)
        if column.round and plan.field.type in ROUNDED:
            raw = self._rounded(plan, raw)
        if isinstance(raw, datetime):
            return self._moment(plan, column, raw)
        typed = isinstance(raw, str) and column.map is None and plan.field.type not in ("choice", "choices")
        return plan.codec.decode(raw, plan.field, self._locale) if typed else plan.codec.from_json(raw, plan.field)

    def _by_pattern(self, column: ColumnMapping, plan: FieldPlan, raw: str) -> Any:
        if plan.field.type == "date":
            found: Any = read_date(raw, column.pattern)
        else:
            found = read_moment(raw, column.pattern, column.zone or self._mapping.zone)
        if found is None:
            return Problem("E014", params=FrozenMap({"value": raw[:60], "format": column.format}))
        return plan.codec.normalise(found, plan.field)

    def _moment(self, plan: FieldPlan, column: ColumnMapping, raw: datetime) -> Any:
        """A date of a sheet has no zone: it is that of the file."""
        aware = raw if raw.tzinfo else raw.replace(tzinfo=column.zone or self._mapping.zone)
        if plan.field.type == "date":
            return plan.codec.normalise(date(raw.year, raw.month, raw.day), plan.field)
        return plan.codec.normalise(aware, plan.field)

    def _rounded(self, plan: FieldPlan, raw: Any) -> Any:
        try:
            number = read_number(raw, self._mapping.language) if isinstance(raw, str) else Decimal(str(raw))
            return raw if number is None else quantize(number, plan.field.scale)
        except InvalidOperation:
            return raw


def constants_of(mapping: ImportMapping, plans: Mapping[str, FieldPlan]) -> dict[str, Any]:
    """Values that are the same in all rows; what does not fit is refused by the first row."""
    return {
        name: codec_of(plans[name].field).from_json(data, plans[name].field) for name, data in mapping.constants.items()
    }


_NONE = object()
