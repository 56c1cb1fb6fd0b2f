"""What a transition or a decision does inside its transaction: sets fields, fires further transitions."""

from typing import Any

from partita.base.errors import Problem
from partita.base.frozen import FrozenMap
from partita.base.text import say
from partita.runtime.codecs.registry import is_empty
from partita.runtime.compiled.blueprint import ActionPlan, Blueprint, TransitionPlan
from partita.runtime.context import Context
from partita.runtime.records.settle import settle
from partita.runtime.records.sheet import Sheet
from partita.runtime.workflow.asked import state_of, target_of


def fire(sheet: Sheet, plan: TransitionPlan) -> None:
    """Judges the guard, moves the state, does the effects. Rights were asked before the first one; that transitions do
    not fire each other in a circle is proven before a configuration is applied."""
    name = plan.transition.name
    if sheet.values["state"] not in plan.transition.sources:
        sheet.problems.append(wrong_state(sheet.work.ctx, sheet.blueprint, sheet.values["state"], plan))
        return
    if plan.guard is not None and not plan.guard.passes(sheet.env):
        sheet.add("W015", "", say=plan.guard.say, transition=name)
    sheet.values["state"] = target_of(sheet.blueprint, name, sheet.values["state"])
    act(sheet, plan.do)


def act(sheet: Sheet, actions: tuple[ActionPlan, ...]) -> None:
    for action in actions:
        if action.when is not None and not action.when.holds(sheet.env):
            continue
        for name, rule in action.set.items():
            sheet.values[name] = _fitted(sheet, name, rule.run(sheet.env))
        if action.set:
            settle(sheet)
        if action.action.move:
            fire(sheet, sheet.blueprint.transitions[action.action.move])


def _fitted(sheet: Sheet, name: str, found: Any) -> Any:
    plan = sheet.blueprint.fields[name]
    value = plan.empty if is_empty(found) else plan.codec.normalise(found, plan.field)
    if isinstance(value, Problem):
        sheet.problems.append(Problem(value.code, name, value.params, say=value.say))
        return plan.empty
    return value


def wrong_state(ctx: Context, blueprint: Blueprint, name: str, plan: TransitionPlan) -> Problem:
    state = state_of(blueprint, name)
    shown = say(state.label, ctx.language, name) if state else ""
    label = say(plan.transition.label, ctx.language, plan.transition.name)
    return Problem("W016", "", FrozenMap({"transition": label, "state": shown}))
