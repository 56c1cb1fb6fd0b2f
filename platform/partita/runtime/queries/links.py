"""What a link may point at: the target's readable records that pass the link's filter, looked for by text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partita.base.errors import NotFound
from partita.model.layout import SortKey
from partita.runtime.access.rights import READ
from partita.runtime.codecs.phone import show_phone
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.context import Context
from partita.runtime.queries import gate
from partita.runtime.queries.gate import Condition
from partita.runtime.queries.lists import is_seen, text_conditions
from partita.runtime.values.views import NO_VALUES, ValuesView
from partita.runtime.values.work import Work

HINTS = ("phone", "email", "inn", "code", "position")
"""Fields that tell namesakes apart, the first two that the target has and the reader sees."""


@dataclass(frozen=True, slots=True)
class LinkOption:
    id: int
    title: str
    hint: str


def link_options(
    ctx: Context, type_name: str, field: str, values: Mapping[str, Any], text: str = "", limit: int = 20,
    row: Mapping[str, Any] | None = None,
) -> tuple[LinkOption, ...]:  # fmt: skip
    """`field` is `name` or `lines.column`; `values` are the form's, `row` those of the row."""
    blueprint = ctx.blueprint(type_name)
    plan = _plan(ctx, blueprint, field)
    if not plan.target or not ctx.rights.may(plan.target, READ):
        return ()
    with ctx.runtime.db.read() as conn:
        work = Work(ctx, conn)
        filled = {**blueprint.blank, **values}
        owner = work.view(blueprint, filled)
        this = owner if row is None else ValuesView(row, blueprint.fields[field.partition(".")[0]].columns, work.lookup)
        return _find(work, plan, text, limit, this, NO_VALUES if row is None else owner)


def _plan(ctx: Context, blueprint: Blueprint, field: str) -> FieldPlan:
    head, _, column = field.partition(".")
    plan = blueprint.fields.get(head)
    if plan is not None and column:
        plan = plan.columns.get(column)
    if plan is None or not _concerns(ctx, blueprint, head):
        raise NotFound(blueprint.name, field)
    return plan


def _concerns(ctx: Context, blueprint: Blueprint, field: str) -> bool:
    """The field is one that the actor reads or fills."""
    actions = ("read", "create", "change")
    return any(ctx.rights.field(blueprint.name, field, action) is not False for action in actions)


def _find(
    work: Work, plan: FieldPlan, text: str, limit: int, this: Mapping[str, Any], parent: Mapping[str, Any]
) -> tuple[LinkOption, ...]:
    target = work.runtime.blueprint(plan.target)
    conditions: tuple[Condition, ...] = text_conditions(work.ctx, target, text)
    if plan.where is not None:
        conditions = (*conditions, plan.where.tree)
    hints = tuple(h for h in HINTS if h in target.fields and is_seen(work.ctx, plan.target, h))
    question = gate.ask(
        work, plan.target, columns=("title", *hints), conditions=conditions, sort=(SortKey("title"),), this=this,
        parent=parent, limit=limit,
    )  # fmt: skip
    return tuple(
        LinkOption(row["id"], row.get("title") or f"№ {row['id']}", _hint(work, row, hints))
        for row in gate.select(work, question).rows
    )


def _hint(work: Work, row: Mapping[str, Any], hints: tuple[str, ...]) -> str:
    shown = [show_phone(row[h], work.ctx.language) if h == "phone" else str(row[h]) for h in hints if row.get(h)]
    return ", ".join(shown[:2])
