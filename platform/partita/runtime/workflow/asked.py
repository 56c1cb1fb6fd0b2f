"""What a transition or a decision asks: its own fields, and those that the state it leads to wants."""

from collections.abc import Mapping
from typing import Any

from partita.model.states import Asked, State
from partita.runtime.codecs.registry import is_empty
from partita.runtime.compiled.blueprint import ActionPlan, Blueprint
from partita.runtime.compiled.flags import asks, flags_of

SAME = "same"


def state_of(blueprint: Blueprint, name: str | None) -> State | None:
    return blueprint.scheme.states.get(name or "") if blueprint.scheme else None


def target_of(blueprint: Blueprint, transition: str, state: str) -> str:
    """Where the transition leads from `state`."""
    target = blueprint.transitions[transition].transition.target
    return state if target == SAME else target


def asked_by_transition(blueprint: Blueprint, name: str, values: Mapping[str, Any]) -> dict[str, Asked]:
    """Field → how it is asked, in the order: the transition's own, then the target state's."""
    plan = blueprint.transitions[name]
    asked: dict[str, Asked] = dict(plan.transition.ask)
    state = state_of(blueprint, target_of(blueprint, name, values["state"]))
    if state is not None and state.name != values["state"]:
        _add_flags(asked, state, blueprint, values)
    return {field: how for field, how in asked.items() if field in blueprint.fields}


def _add_flags(asked: dict[str, Asked], state: State, blueprint: Blueprint, values: Mapping[str, Any]) -> None:
    for field in asks(state):
        flags = flags_of(state, field)
        if "must_change" in flags:
            asked.setdefault(field, "must_change")
        elif "required" in flags and ("ask" in flags or is_empty(values.get(field))):
            asked.setdefault(field, "required")
        elif "ask" in flags:
            asked.setdefault(field, "optional")


def asked_by_decision(blueprint: Blueprint, name: str, values: Mapping[str, Any]) -> dict[str, Asked]:
    """The decision's own fields, and those of a transition that it fires without a condition."""
    plan = blueprint.decisions.get(name)
    if plan is None:
        return {}
    asked: dict[str, Asked] = dict(plan.decision.ask)
    for move in _sure_moves(plan.do, blueprint, values):
        for field, how in asked_by_transition(blueprint, move, values).items():
            asked.setdefault(field, how)
    return {field: how for field, how in asked.items() if field in blueprint.fields}


def _sure_moves(actions: tuple[ActionPlan, ...], blueprint: Blueprint, values: Mapping[str, Any]) -> list[str]:
    return [
        plan.action.move
        for plan in actions
        if plan.action.move in blueprint.transitions
        and plan.when is None
        and values.get("state") in blueprint.transitions[plan.action.move].transition.sources
    ]
