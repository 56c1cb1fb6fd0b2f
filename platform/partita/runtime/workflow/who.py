"""Whether the actor is one of those a transition allows: by role, by a field of the record, as a head."""

from typing import Any

from partita.formulas.python import Env
from partita.model.states import Who
from partita.runtime.context import Context


def is_allowed(ctx: Context, allow: tuple[Who, ...], env: Env) -> bool:
    """Nobody named means everybody whose role gives the transition."""
    return ctx.actor.system or not allow or any(_matches(ctx, who, env) for who in allow)


def _matches(ctx: Context, who: Who, env: Env) -> bool:
    if who.kind == "role":
        return who.role is not None and who.role.qualified in ctx.actor.roles
    me = ctx.actor.employee_id
    path = who.field if who.kind == "field" else f"{who.field}.department.head"
    return me is not None and _holds(me, env.values[path])


def _holds(me: int, value: Any) -> bool:
    return me in value if isinstance(value, tuple) else me == value
