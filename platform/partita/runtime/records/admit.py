"""Letting given values in: known names, values of the type, rows of this record. What is forbidden is judged later."""

from collections.abc import Mapping
from typing import Any

from partita.base.errors import Problem
from partita.runtime.codecs.codec import misfit
from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.records.rows import stored_rows
from partita.runtime.records.sheet import Sheet


def admit(sheet: Sheet, given: Mapping[str, Any]) -> None:
    for name, value in given.items():
        plan = sheet.blueprint.fields.get(name)
        if plan is None or not sheet.may_read(name):
            sheet.add("W019", name, name=name)
            continue
        canonical = plan.codec.normalise(value, plan.field)
        problem = canonical if isinstance(canonical, Problem) else _strange_row(sheet, plan, canonical)
        if problem is not None:
            sheet.problems.append(_placed(problem, name))
        else:
            sheet.given[name] = canonical
            if not plan.system:
                sheet.values[name] = canonical


def _placed(problem: Problem, name: str) -> Problem:
    """Problems of a cell know their place in the table."""
    path = f"{name}.{problem.field}" if problem.field else name
    return Problem(problem.code, path, problem.params, problem.level, problem.say)


def _strange_row(sheet: Sheet, plan: FieldPlan, rows: Any) -> Problem | None:
    """A row that names an id which is not one of this record's rows, or one named twice."""
    if not plan.columns:
        return None
    ids = [row.get("id") for row in rows if row.get("id") is not None]
    strange = [i for i in ids if i not in stored_rows(sheet, plan.field.name) or ids.count(i) > 1]
    return misfit(strange[0], "не строка этой записи", "not a row of this record") if strange else None
