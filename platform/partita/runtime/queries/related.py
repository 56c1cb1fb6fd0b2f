"""Tabs of a card: records of other types that point at it, with counts."""

from dataclasses import dataclass

from partita.base.text import say
from partita.model.layout import Related
from partita.runtime.access.rights import CREATE, READ
from partita.runtime.context import Context
from partita.runtime.queries import gate
from partita.runtime.queries.gate import Count, Filter
from partita.runtime.values.work import Work


@dataclass(frozen=True, slots=True)
class RelatedTab:
    """`by`: the link field of `type` that points here."""

    name: str
    label: str
    type: str
    by: str
    count: Count
    can_create: bool


def count_related(ctx: Context, type_name: str, record_id: int, cap: int = 1000) -> tuple[RelatedTab, ...]:
    """The tabs whose records the reader may see at all."""
    blueprint = ctx.blueprint(type_name)
    shown = [tab for tab in blueprint.type.related.values() if _is_open(ctx, tab)]
    with ctx.runtime.db.read() as conn:
        work = Work(ctx, conn)
        return tuple(_tab(work, tab, record_id, cap) for tab in shown)


def _is_open(ctx: Context, tab: Related) -> bool:
    name = tab.type.qualified
    return ctx.rights.may(name, READ) and ctx.rights.field(name, tab.by, READ) is not False


def _tab(work: Work, tab: Related, record_id: int, cap: int) -> RelatedTab:
    name = tab.type.qualified
    question = gate.ask(work, name, conditions=(Filter(tab.by, "eq", (record_id,)),))
    count, label = gate.count(work, question, cap), say(tab.label, work.ctx.language, tab.name)
    return RelatedTab(tab.name, label, name, tab.by, count, work.rights.may(name, CREATE))
