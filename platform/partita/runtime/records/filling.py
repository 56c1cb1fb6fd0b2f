"""Sheets made for each purpose: what the record is before the rules run."""

from collections.abc import Mapping
from typing import Any

from partita.base.errors import Problem
from partita.model.states import Asked
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.records.admit import admit
from partita.runtime.records.first_time import is_first_time
from partita.runtime.records.purpose import Purpose
from partita.runtime.records.settle import settle
from partita.runtime.records.sheet import NO_ASKED, Sheet
from partita.runtime.values.work import Work
from partita.runtime.workflow.asked import asked_by_decision, asked_by_transition

Values = Mapping[str, Any]


def fill_new(work: Work, blueprint: Blueprint, purpose: Purpose, given: Values, suggested: Values) -> Sheet:
    """A record that is not stored yet."""
    values = dict(blueprint.blank)
    me = work.ctx.actor.employee_id
    values.update(created_at=work.now, created_by=me, changed_at=work.now, changed_by=me)
    if blueprint.scheme is not None:
        values["state"] = blueprint.scheme.initial
    if blueprint.is_request and purpose.kind == "create":
        values["registered_at"] = work.now
    sheet = Sheet(work, blueprint, purpose, purpose.action, {}, values, suggested=suggested)
    return complete(sheet, given)


def fill_stored(
    work: Work, blueprint: Blueprint, purpose: Purpose, action: str, record: Values, given: Values
) -> Sheet:
    """A stored record that is being changed or registered."""
    values = dict(record)
    if purpose.kind == "register":
        values["registered_at"] = work.now
    return complete(Sheet(work, blueprint, purpose, action, record, values), given)


def fill_asked(work: Work, blueprint: Blueprint, purpose: Purpose, record: Values, given: Values) -> Sheet:
    """A stored record on its way through a transition or under a decision."""
    values = dict(record)
    if purpose.kind == "decide":
        values["decision"] = purpose.name
    asked = asked_fields(blueprint, purpose, record)
    return complete(Sheet(work, blueprint, purpose, purpose.action, record, values, asked=asked), given)


def asked_fields(blueprint: Blueprint, purpose: Purpose, record: Values) -> Mapping[str, Asked]:
    if purpose.kind == "transition":
        return asked_by_transition(blueprint, purpose.name, record)
    return asked_by_decision(blueprint, purpose.name, record) if purpose.kind == "decide" else NO_ASKED


def complete(sheet: Sheet, given: Values) -> Sheet:
    admit(sheet, given)
    if sheet.blueprint.is_request and sheet.purpose.kind in ("create", "register"):
        sheet.values["first_time"] = is_first_time(sheet.work, sheet.blueprint, sheet.values.get("counterparty"))
    settle(sheet)
    return sheet


def canonical(blueprint: Blueprint, given: Values) -> dict[str, Any]:
    """Those of the given values that are values of their fields."""
    found = {}
    for name, value in given.items():
        plan = blueprint.fields.get(name)
        value = plan.codec.normalise(value, plan.field) if plan else value
        if not isinstance(value, Problem):
            found[name] = value
    return found
