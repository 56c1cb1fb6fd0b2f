"""What happened to a record, newest first; changes of fields that the reader may not see are absent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from partita.base.errors import NotFound
from partita.base.text import say
from partita.formulas.python import Env
from partita.runtime.access.rights import READ
from partita.runtime.access.rules import holds
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.context import Context
from partita.runtime.queries.shown import show_value
from partita.runtime.values.work import Work
from partita.runtime.values.written import read_value
from partita.storage import journal, rows
from partita.storage.journal import HistoryRow

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class FieldChange:
    """`old` and `new` as texts for the reader."""

    name: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """One command. `action`: create, draft, register, change, transition.NAME, decide, comment, attach, detach.
    `label`: of the transition. `id` continues the list (`before`)."""

    id: int
    at: datetime
    user_name: str
    action: str
    label: str
    note: str
    fields: tuple[FieldChange, ...]


def read_history(ctx: Context, type_name: str, record_id: int, limit: int = 50, before: int = 0) -> tuple[Change, ...]:
    blueprint = ctx.blueprint(type_name)
    with ctx.runtime.db.read() as conn:
        work = Work(ctx, conn)
        env = open_env(work, blueprint, record_id)
        found = journal.read(conn, blueprint.name, record_id, MOST_ROWS, before or None)
        changes = tuple(_changes(work, blueprint, env, found, whole=len(found) < MOST_ROWS))
    return changes[:limit]


def open_env(work: Work, blueprint: Blueprint, record_id: int) -> Env:
    """The record for rules; raises NotFound for one that the reader may not see."""
    record = rows.fetch(work.conn, work.runtime.tables, blueprint.name, record_id)
    env = work.env(blueprint, record or {}, record or {})
    if record is None or not holds(work.rights.rows(blueprint.name, READ), env):
        raise NotFound(blueprint.name, record_id)
    return env


def _changes(work: Work, blueprint: Blueprint, env: Env, found: list[HistoryRow], whole: bool) -> Iterator[Change]:
    groups = [list(rows) for _, rows in groupby(found, key=lambda row: row.command_id or row.id)]
    for group in groups if whole or len(groups) == 1 else groups[:-1]:
        fields = tuple(_fields(work, blueprint, env, group))
        if fields or any(not row.field for row in group):
            first = group[-1]
            label = _label(work, blueprint, first.action)
            yield Change(first.id, first.at, first.user_name, first.action, label, first.note, fields)


def _fields(work: Work, blueprint: Blueprint, env: Env, group: list[HistoryRow]) -> Iterator[FieldChange]:
    for row in reversed(group):
        if not row.field:
            continue
        rule = work.rights.field(blueprint.name, row.field, READ)
        if holds(rule, env):
            yield _field(work, blueprint, row)


def _field(work: Work, blueprint: Blueprint, row: HistoryRow) -> FieldChange:
    plan = blueprint.fields.get(row.field)
    old, new = (read_value(blueprint, row.field, text) for text in (row.old, row.new))
    if plan is None:
        return FieldChange(row.field, row.field, _raw(old), _raw(new))
    label = say(plan.field.label, work.ctx.language, row.field)
    return FieldChange(row.field, label, show_value(work, plan, old), show_value(work, plan, new))


def _raw(value: Any) -> str:
    return "" if value is None else str(value)


def _label(work: Work, blueprint: Blueprint, action: str) -> str:
    kind, _, name = action.partition(".")
    plan = blueprint.transitions.get(name) if kind == "transition" else None
    return say(plan.transition.label, work.ctx.language, name) if plan else ""
