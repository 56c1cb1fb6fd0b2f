"""Links of rows looked up by a field of their target, made when they are missing and may be made."""

from typing import Any

from partita.base.errors import Problem
from partita.base.frozen import FrozenMap
from partita.base.text import fold
from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.exchange.mapping import ColumnMapping
from partita.runtime.exchange.reading import Cells
from partita.runtime.queries import gate
from partita.runtime.queries.gate import Filter
from partita.runtime.records.commands import CreateRecord
from partita.runtime.records.pipeline import perform_within
from partita.runtime.values.work import Work


class LinkFinder:
    """Each text is looked up once in a run. `made`: records made on the way: (type, id)."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str], int] = {}
        self.made: list[tuple[str, int]] = []

    def forget(self) -> None:
        """After a transaction that was rolled back."""
        self._known.clear()
        self.made.clear()

    def find(self, work: Work, plan: FieldPlan, column: ColumnMapping, raw: Any, cells: Cells) -> int | Problem:
        text = str(raw)
        known = self._known.get((plan.target, column.find, fold(text)))
        if known is not None:
            return known
        found = self._look_up(work, plan, column, raw)
        if found is None and column.create is not None:
            found = self._make(work, plan, column, text, cells)
        if found is None:
            found = _problem("E006", plan, column, text)
        if isinstance(found, int):
            self._known[plan.target, column.find, fold(text)] = found
        return found

    def _look_up(self, work: Work, plan: FieldPlan, column: ColumnMapping, raw: Any) -> int | Problem | None:
        field = work.runtime.blueprint(plan.target).fields[column.find]
        value = field.codec.from_json(raw, field.field)
        if isinstance(value, Problem) or not work.rights.may(plan.target, "read"):
            return None
        question = gate.ask(work, plan.target, conditions=(Filter(column.find, "eq", (value,)),), limit=2)
        rows = gate.select(work, question).rows
        if len(rows) > 1:
            return _problem("E007", plan, column, str(raw))
        return int(rows[0]["id"]) if rows else None

    def _make(self, work: Work, plan: FieldPlan, column: ColumnMapping, text: str, cells: Cells) -> int:
        """Through the pipeline, with the rights of whoever imports."""
        fields = work.runtime.blueprint(plan.target).fields
        values = {column.find: fields[column.find].codec.from_json(text, fields[column.find].field)}
        for name, source in (column.create or {}).items():
            values[name] = fields[name].codec.from_json(cells.get(source), fields[name].field)
        sound = {name: value for name, value in values.items() if not isinstance(value, Problem)}
        made = perform_within(work, CreateRecord(plan.target, sound)).id
        self.made.append((plan.target, made))
        return made


def _problem(code: str, plan: FieldPlan, column: ColumnMapping, text: str) -> Problem:
    return Problem(code, params=FrozenMap({"value": text[:60], "type": plan.target, "field": column.find}))
