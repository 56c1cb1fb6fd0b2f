"""Finding the values of a form, each after those it is found from: hidden answers drop, defaults and totals come."""

from typing import Any

from partita.base.errors import Problem
from partita.runtime.codecs.registry import is_empty
from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.compiled.rule import Rule, holds
from partita.runtime.records.rows import settle_rows
from partita.runtime.records.sheet import Sheet


def settle(sheet: Sheet) -> None:
    """Brings `values`, `unasked` and `defaults` to what the rules say."""
    for name in sheet.unasked & sheet.blueprint.fields.keys():
        sheet.values[name] = sheet.given.get(name, sheet.old.get(name, sheet.blueprint.blank[name]))
    sheet.unasked.clear()
    for name in sheet.blueprint.order:
        plan = sheet.blueprint.fields[name]
        if not plan.system and not plan.quiet:
            _settle_field(sheet, plan)


def _settle_field(sheet: Sheet, plan: FieldPlan) -> None:
    name = plan.field.name
    if not _is_asked_now(sheet, plan):
        sheet.unasked.add(name)
        sheet.values[name] = plan.empty
        return
    if plan.default is not None and _wants_default(sheet, plan):
        sheet.values[name] = sheet.defaults[name] = fitted(sheet, plan, plan.default, name)
    if plan.columns:
        settle_rows(sheet, plan)
    if plan.compute is not None:
        sheet.values[name] = fitted(sheet, plan, plan.compute, name)


def _is_asked_now(sheet: Sheet, plan: FieldPlan) -> bool:
    """By the field's own rule, and for a field of decisions by the decision taken."""
    if plan.field.asked_by and sheet.values.get("decision") not in plan.field.asked_by:
        return False
    return holds(plan.visible, sheet.env)


def _wants_default(sheet: Sheet, plan: FieldPlan) -> bool:
    """In a new record where nothing was given (or only the former suggestion); later where a question newly appears."""
    name = plan.field.name
    if name in sheet.given:
        return name in sheet.suggested and sheet.given[name] == sheet.suggested[name]
    if sheet.purpose.is_new:
        return True
    return is_empty(sheet.old.get(name)) and (name in sheet.asked or _newly_appears(sheet, plan))


def _newly_appears(sheet: Sheet, plan: FieldPlan) -> bool:
    if not isinstance(plan.visible, Rule) or sheet.purpose.is_asking:
        return False
    return not plan.visible.holds(sheet.work.env(sheet.blueprint, sheet.old, sheet.old))


def fitted(sheet: Sheet, plan: FieldPlan, rule: Rule, path: str) -> Any:
    """What the formula gives, as a value of the field; one that does not fit is a problem there and empty."""
    found = rule.run(sheet.env)
    value = plan.codec.normalise(found, plan.field) if not is_empty(found) else plan.empty
    if isinstance(value, Problem):
        sheet.problems.append(Problem(value.code, path, value.params, say=value.say))
        return plan.empty
    return value
