"""Uploads become a record's files when it is saved; until then they belong to whoever uploaded them."""

from collections.abc import Iterator, Mapping
from typing import Any

from partita.runtime.codecs.registry import FILES
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.values.work import Work
from partita.storage import attachments


def usable_files(work: Work, type_name: str, record_id: int | None, ids: tuple[int, ...]) -> frozenset[int]:
    """Of these attachments the actor's own that no record has taken, and those that this record has already."""
    me = work.ctx.actor.user_id
    return frozenset(
        a.id
        for a in attachments.fetch_many(work.conn, ids).values()
        if a.removed_at is None
        and ((a.record_id is None and a.created_by == me) or (a.record_type, a.record_id) == (type_name, record_id))
    )


def adopt_files(
    work: Work, blueprint: Blueprint, record_id: int, old: Mapping[str, Any], new: Mapping[str, Any], form_key: str
) -> None:
    """Files that fields name become the record's, those that they name no more are removed; what was uploaded to the
    form itself comes along."""
    if not blueprint.files and not form_key:
        return
    kept = {i for _, ids in _named(blueprint, new) for i in ids}
    for field, ids in _named(blueprint, new):
        attachments.bind(work.conn, ids, blueprint.name, record_id, field)
    for gone in {i for _, ids in _named(blueprint, old) for i in ids} - kept:
        attachments.remove(work.conn, gone, work.now)
    if form_key:
        loose = attachments.of_form(work.conn, form_key)
        taken = tuple(a.id for a in loose if not a.field and a.created_by == work.ctx.actor.user_id)
        attachments.bind(work.conn, taken, blueprint.name, record_id)


def drop_files(work: Work, type_name: str, record_id: int) -> None:
    for attachment in attachments.of_record(work.conn, type_name, record_id):
        attachments.remove(work.conn, attachment.id, work.now)


def _named(blueprint: Blueprint, values: Mapping[str, Any]) -> Iterator[tuple[str, tuple[int, ...]]]:
    for name in blueprint.files:
        plan = blueprint.fields[name]
        if plan.field.type in FILES and (own := _ids(values.get(name))):
            yield name, own
        for column, below in plan.columns.items():
            if below.field.type in FILES:
                yield f"{name}.{column}", tuple(i for row in values.get(name) or () for i in _ids(row.get(column)))


def _ids(value: Any) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)
