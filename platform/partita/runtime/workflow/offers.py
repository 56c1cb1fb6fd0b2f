"""Which transitions and decisions stand open on a record for this actor, and why a closed one is closed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from partita.base.text import say
from partita.formulas.python import Env
from partita.runtime.access.rights import DECIDE, transition
from partita.runtime.access.rules import holds
from partita.runtime.compiled.blueprint import Blueprint, TransitionPlan
from partita.runtime.compiled.flags import flags_of
from partita.runtime.values.work import Work
from partita.runtime.workflow.asked import state_of, target_of
from partita.runtime.workflow.who import is_allowed

OTHER = "other"
"""The decision in free words."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A transition's button. `why`: what to do first when it is not enabled."""

    name: str
    label: str
    enabled: bool
    why: tuple[str, ...]
    target: str
    category: str


@dataclass(frozen=True, slots=True)
class DecisionOffer:
    """`comment`: required, optional or none. The decision in free words has the name `other` and no label."""

    name: str
    label: str
    decision_class: str
    comment: str


def may_fire(work: Work, blueprint: Blueprint, plan: TransitionPlan, env: Env) -> bool:
    """By right and by the scheme's own list; whether it is possible just now is another question."""
    rule = work.rights.rows(blueprint.name, transition(plan.transition.name))
    return holds(rule, env) and is_allowed(work.ctx, plan.transition.allow, env)


def offered_transitions(work: Work, blueprint: Blueprint, values: Mapping[str, Any]) -> tuple[Offer, ...]:
    return tuple(_offers(work, blueprint, values)) if is_registered(blueprint, values) else ()


def _offers(work: Work, blueprint: Blueprint, values: Mapping[str, Any]) -> Iterator[Offer]:
    env = work.env(blueprint, values, values)
    for name, plan in blueprint.transitions.items():
        if plan.transition.fires != "by_hand" or values["state"] not in plan.transition.sources:
            continue
        if (plan.visible is None or plan.visible.holds(env)) and may_fire(work, blueprint, plan, env):
            why = _why_not(plan, env, work.ctx.language)
            target = target_of(blueprint, name, values["state"])
            state = state_of(blueprint, target)
            label = say(plan.transition.label, work.ctx.language, name)
            yield Offer(name, label, not why, why, target, state.category if state else "")


def _why_not(plan: TransitionPlan, env: Env, language: str) -> tuple[str, ...]:
    """A guard that reads what the transition itself asks is judged after the answer, not before."""
    guard = plan.guard
    if guard is None or guard.reads & plan.transition.ask.keys() or guard.passes(env):
        return ()
    return (say(guard.say, language),)


def is_registered(blueprint: Blueprint, values: Mapping[str, Any]) -> bool:
    """Cards of books are always; a request from the moment it has its number."""
    return not blueprint.is_request or values.get("registered_at") is not None


def may_decide(work: Work, blueprint: Blueprint, values: Mapping[str, Any], env: Env) -> bool:
    """Whether a decision can be taken now: by right, in a registered record, in a state that leaves decisions open."""
    if blueprint.catalog is None or not is_registered(blueprint, values):
        return False
    closed = flags_of(state_of(blueprint, values.get("state")), "decision") & {"read_only", "hidden"}
    return not closed and holds(work.rights.rows(blueprint.name, DECIDE), env)


def offered_decisions(work: Work, blueprint: Blueprint, values: Mapping[str, Any]) -> tuple[DecisionOffer, ...]:
    env = work.env(blueprint, values, values)
    if blueprint.catalog is None or not may_decide(work, blueprint, values, env):
        return ()
    language = work.ctx.language
    found = [
        DecisionOffer(d.name, say(d.label, language, d.name), d.decision_class, d.comment)
        for d in blueprint.catalog.decisions.values()
    ]
    if blueprint.catalog.free_text:
        found.append(DecisionOffer(OTHER, "", OTHER, "required"))
    return tuple(found)
