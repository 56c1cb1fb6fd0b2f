"""Transitions and decisions: commands that move a record on."""

from collections.abc import Mapping
from typing import Any

from partita.base.errors import Problem, Refused
from partita.base.frozen import FrozenMap
from partita.runtime.access.rights import DECIDE
from partita.runtime.codecs.codec import clean
from partita.runtime.compiled.blueprint import Blueprint, DecisionPlan, TransitionPlan
from partita.runtime.compiled.flags import flags_of
from partita.runtime.files.adoption import adopt_files
from partita.runtime.records.authority import firing, open_record, require
from partita.runtime.records.change import mine
from partita.runtime.records.commands import Decide, Outcome, PerformTransition
from partita.runtime.records.create import outcome_of
from partita.runtime.records.effects import act, fire, wrong_state
from partita.runtime.records.filling import fill_asked
from partita.runtime.records.judge import judge
from partita.runtime.records.purpose import Purpose
from partita.runtime.records.settle import settle
from partita.runtime.records.sheet import Sheet
from partita.runtime.records.store import refuse_if_wrong, update_record
from partita.runtime.values.work import Work
from partita.runtime.workflow.asked import state_of
from partita.runtime.workflow.offers import OTHER, is_registered

STATE = frozenset(("state",))
DECISION = frozenset(("decision", "decision_text", "state"))


def perform_transition(work: Work, command: PerformTransition) -> Outcome:
    blueprint = work.ctx.blueprint(command.type)
    record = open_record(work, blueprint, command.id)
    plan = firing(work, blueprint, record, command.transition)
    _refuse_unregistered(blueprint, record)
    _refuse_elsewhere(work, blueprint, record, plan)
    given, merged = mine(work, blueprint, record, command.version, command.values, STATE)
    sheet = fill_asked(work, blueprint, Purpose("transition", command.transition), record, given)
    fire(sheet, plan)
    return _finish(sheet, command, f"transition.{command.transition}", merged)


def _refuse_unregistered(blueprint: Blueprint, record: Mapping[str, Any]) -> None:
    if not is_registered(blueprint, record):
        raise Refused(Problem("W029"))


def _refuse_elsewhere(work: Work, blueprint: Blueprint, record: Mapping[str, Any], plan: TransitionPlan) -> None:
    """Whoever comes second finds the record in another state."""
    possible = record["state"] in plan.transition.sources
    if not possible or (plan.visible is not None and not plan.visible.holds(work.env(blueprint, record, record))):
        raise Refused(wrong_state(work.ctx, blueprint, record["state"], plan))


def decide(work: Work, command: Decide) -> Outcome:
    blueprint = work.ctx.blueprint(command.type)
    record = open_record(work, blueprint, command.id)
    require(work, blueprint, record, DECIDE)
    _refuse_unregistered(blueprint, record)
    if flags_of(state_of(blueprint, record["state"]), "decision") & {"read_only", "hidden"}:
        raise Refused(Problem("W003", "decision"))
    text = clean(command.text).strip() or None
    plan = _decision(blueprint, command.decision, text)
    given, merged = mine(work, blueprint, record, command.version, command.values, DECISION)
    sheet = fill_asked(work, blueprint, Purpose("decide", command.decision), record, given)
    me = work.ctx.actor.employee_id
    sheet.values.update(decision_text=text, decided_at=work.now, decided_by=me)
    if plan is not None:
        act(sheet, plan.do)
    return _finish(sheet, command, "decide", merged)


def _decision(blueprint: Blueprint, name: str, text: str | None) -> DecisionPlan | None:
    """Of the catalog, or none for words alone. Raises Refused: no such decision, words missing or not accepted."""
    catalog = blueprint.catalog
    if name == OTHER and catalog is not None and OTHER not in catalog.decisions:
        if not catalog.free_text:
            raise Refused(Problem("W022", "decision"))
        if text is None:
            raise Refused(Problem("W021", "decision_text"))
        return None
    plan = blueprint.decisions.get(name)
    if plan is None:
        raise Refused(Problem("W020", "decision", FrozenMap({"decision": name})))
    if plan.decision.comment == "required" and text is None:
        raise Refused(Problem("W021", "decision_text"))
    if plan.decision.comment == "none" and text is not None:
        raise Refused(Problem("W022", "decision_text"))
    return plan


def _finish(sheet: Sheet, command: PerformTransition | Decide, action: str, merged: tuple[str, ...]) -> Outcome:
    settle(sheet)
    judge(sheet)
    refuse_if_wrong(sheet)
    version = update_record(sheet, action)
    adopt_files(sheet.work, sheet.blueprint, command.id, sheet.old, sheet.values, command.form_key)
    return outcome_of(sheet, command.id, version, _events(sheet, action), merged)


def _events(sheet: Sheet, action: str) -> tuple[str, ...]:
    moved = (f"state.{sheet.values['state']}",) if sheet.changed("state") else ()
    return (action, *moved)
