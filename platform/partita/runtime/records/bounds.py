"""Least and most of a number, in a field or in a cell."""

from typing import Any

from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.records.sheet import Sheet


def judge_bounds(sheet: Sheet, plan: FieldPlan, path: str, value: Any) -> None:
    field = plan.field
    if plan.columns or isinstance(value, str | tuple | bool):
        return
    if field.min is not None and value < field.min:
        sheet.add("W008", path, min=field.min)
    if field.max is not None and value > field.max:
        sheet.add("W009", path, max=field.max)
