"""The state of a form for the person who fills it: what is asked, what is required, what may be chosen, what is wrong.

The same sheet that the pipeline judges, so that a form and a command can never disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partita.base.errors import Problem
from partita.base.frozen import FrozenMap
from partita.runtime.compiled.blueprint import Blueprint, TransitionPlan
from partita.runtime.context import Context
from partita.runtime.queries.cards import RecordView
from partita.runtime.records.authority import denied, firing, is_own_draft, may, open_record, require
from partita.runtime.records.effects import act, fire
from partita.runtime.records.filling import fill_asked, fill_new, fill_stored
from partita.runtime.records.form_state import FieldState
from partita.runtime.records.form_states import field_states
from partita.runtime.records.judge import judge
from partita.runtime.records.purpose import Purpose, read_purpose
from partita.runtime.records.sheet import Sheet
from partita.runtime.values.work import Work
from partita.runtime.workflow.offers import is_registered

Values = Mapping[str, Any]
NOTHING: Values = FrozenMap()


@dataclass(frozen=True, slots=True)
class FormState:
    """`values`: with defaults and totals. `suggested`: defaults shown, to be sent back with the next rendering."""

    type: str
    purpose: str
    fields: FrozenMap[str, FieldState]
    problems: tuple[Problem, ...]
    values: Values
    suggested: Values


def evaluate(
    ctx: Context,
    type_name: str,
    values: Values,
    *,
    record: RecordView | None = None,
    purpose: str = "create",
    suggested: Values | None = None,
) -> FormState:
    """The form as it stands after these answers. Raises Denied when the actor may not act so at all."""
    blueprint = ctx.blueprint(type_name)
    with ctx.runtime.db.read() as conn:
        work = Work(ctx, conn)
        sheet = _fill(work, blueprint, read_purpose(purpose), values, record, suggested or NOTHING)
        if sheet.purpose.kind != "read":
            judge(sheet)
        problems = tuple(dict.fromkeys(sheet.problems))
        fields = FrozenMap(field_states(sheet, problems))
        values = {name: value for name, value in sheet.values.items() if sheet.may_read(name)}
        seen = {path: value for path, value in sheet.defaults.items() if path.partition(".")[0] in values}
    return FormState(type_name, purpose, fields, problems, FrozenMap(values), FrozenMap(seen))


def _fill(
    work: Work, blueprint: Blueprint, purpose: Purpose, values: Values, record: RecordView | None, suggested: Values
) -> Sheet:
    if purpose.is_new:
        if not work.rights.may(blueprint.name, purpose.action):
            raise denied(work, blueprint, purpose.action)
        return fill_new(work, blueprint, purpose, values, suggested)
    assert record is not None, "only a new record has no record"
    stored = open_record(work, blueprint, record.id, lock=False)
    if purpose.kind == "read":
        return fill_stored(work, blueprint, purpose, purpose.action, stored, values)
    if not purpose.is_asking:
        return _fill_change(work, blueprint, purpose, stored, values)
    plan = require_asking(work, blueprint, purpose, stored)
    sheet = fill_asked(work, blueprint, purpose, stored, values)
    if plan is not None:
        fire(sheet, plan)
    elif purpose.name in blueprint.decisions:
        act(sheet, blueprint.decisions[purpose.name].do)
    return sheet


def require_asking(work: Work, blueprint: Blueprint, purpose: Purpose, stored: Values) -> TransitionPlan | None:
    """The transition that is asked for; none for a decision. Raises Denied for whoever may not."""
    if purpose.kind == "decide":
        require(work, blueprint, stored, purpose.action)
        return None
    return firing(work, blueprint, stored, purpose.name)


def _fill_change(work: Work, blueprint: Blueprint, purpose: Purpose, stored: Values, values: Values) -> Sheet:
    action = purpose.action
    if purpose.kind != "register" and not is_registered(blueprint, stored):
        purpose = Purpose("redraft")
    if is_own_draft(work, blueprint, stored):
        action = "create"
    elif not may(work, blueprint, stored, action):
        raise denied(work, blueprint, action)
    return fill_stored(work, blueprint, purpose, action, stored, values)
