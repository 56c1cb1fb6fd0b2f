"""One record for reading: the values that this reader may see, and what he may do with it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from partita.base.errors import NotFound
from partita.base.frozen import FrozenMap
from partita.base.text import say
from partita.formulas.python import Env
from partita.runtime.access.rights import ATTACH, CHANGE, COMMENT, CREATE, DELETE, READ
from partita.runtime.access.rules import holds
from partita.runtime.codecs.registry import LINKS
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.context import Context
from partita.runtime.queries.gate import titles
from partita.runtime.values.work import Work
from partita.runtime.workflow.offers import (
    DecisionOffer,
    Offer,
    is_registered,
    may_decide,
    offered_decisions,
    offered_transitions,
)
from partita.storage import rows

Values = Mapping[str, Any]
FieldSight = Literal["read", "change"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Can:
    """What the reader may do now. `delete` and `register` only where the record's own state allows."""

    change: bool
    delete: bool
    register: bool
    decide: bool
    comment: bool
    attach: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """`titles`: link field (or `lines.column`) → id → title of the linked records that the reader may see."""

    type: str
    id: int
    version: int
    title: str
    values: Values
    titles: Mapping[str, Mapping[int, str]]
    state: str | None
    registered: bool
    can: Can
    transitions: tuple[Offer, ...]
    decisions: tuple[DecisionOffer, ...]
    fields: FrozenMap[str, FieldSight]


def read_record(ctx: Context, type_name: str, record_id: int) -> RecordView:
    """Raises NotFound: absent and unreadable look the same."""
    blueprint = ctx.blueprint(type_name)
    with ctx.runtime.db.read() as conn:
        return view_record(Work(ctx, conn), blueprint, record_id)


def read_titles(ctx: Context, type_name: str, ids: Iterable[int]) -> Mapping[int, str]:
    """Titles of those of the records that the reader may see."""
    blueprint = ctx.blueprint(type_name)
    with ctx.runtime.db.read() as conn:
        return FrozenMap(titles(Work(ctx, conn), blueprint.name, ids))


def view_record(work: Work, blueprint: Blueprint, record_id: int) -> RecordView:
    record = rows.fetch(work.conn, work.runtime.tables, blueprint.name, record_id)
    env = work.env(blueprint, record or {}, record or {})
    if record is None or not holds(work.rights.rows(blueprint.name, READ), env):
        raise NotFound(blueprint.name, record_id)
    fields = FrozenMap(_seen_fields(work, blueprint, env))
    values = {name: record[name] for name in fields if name in record}
    return RecordView(
        type=blueprint.name, id=record_id, version=record["version"], title=_title(work, blueprint, record, env),
        values=FrozenMap(values), titles=FrozenMap(_titles(work, blueprint, values)),
        state=record.get("state") if "state" in fields else None, registered=is_registered(blueprint, record),
        can=_can(work, blueprint, record, env), transitions=offered_transitions(work, blueprint, record),
        decisions=offered_decisions(work, blueprint, record), fields=fields,
    )  # fmt: skip


def _seen_fields(work: Work, blueprint: Blueprint, env: Env) -> Iterator[tuple[str, FieldSight]]:
    rights = work.rights
    for name, plan in blueprint.fields.items():
        if holds(rights.field(blueprint.name, name, READ), env):
            closed = plan.system or plan.compute is not None
            may_change = not closed and holds(rights.field(blueprint.name, name, CHANGE), env)
            yield name, "change" if may_change else "read"


def _title(work: Work, blueprint: Blueprint, record: Values, env: Env) -> str:
    """Never made of what the reader may not see; a record without a title is called by its type."""
    rule = work.rights.title(blueprint.name, blueprint.title.reads)
    if record["title"] and holds(rule, env):
        return str(record["title"])
    return f"{say(blueprint.type.label, work.ctx.language, blueprint.name)} № {record['id']}"


def _titles(work: Work, blueprint: Blueprint, values: Values) -> Iterator[tuple[str, Mapping[int, str]]]:
    for name, ids in linked_ids(blueprint, values):
        head, _, column = name.partition(".")
        plan = blueprint.fields[head].columns[column] if column else blueprint.fields[head]
        yield name, FrozenMap(titles(work, plan.target, ids))


def linked_ids(blueprint: Blueprint, values: Values) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Link field (or `lines.column`) → ids of the records that it names."""
    for name, plan in blueprint.fields.items():
        value = values.get(name)
        if value is None or value == ():
            continue
        if plan.field.type in LINKS:
            yield name, _ids(value)
        for column, below in plan.columns.items():
            if below.field.type in LINKS:
                yield f"{name}.{column}", tuple(i for row in value for i in _ids(row.get(column)))


def _ids(value: Any) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _can(work: Work, blueprint: Blueprint, record: Values, env: Env) -> Can:
    def may(action: str) -> bool:
        return holds(work.rights.rows(blueprint.name, action), env)

    me = work.ctx.actor.employee_id
    draft = blueprint.is_request and not is_registered(blueprint, record)
    own_draft = draft and me is not None and record.get("created_by") == me and may(CREATE)
    return Can(
        change=may(CHANGE) or own_draft,
        delete=own_draft or (may(DELETE) and (draft or not blueprint.is_request)),
        register=draft and (own_draft or may(CREATE)),
        decide=may_decide(work, blueprint, record, env),
        comment=may(COMMENT),
        attach=may(ATTACH),
    )
