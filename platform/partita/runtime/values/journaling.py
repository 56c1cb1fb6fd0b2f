"""What a command writes into the journal: one row per changed field, old and new, all under one command."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.values.work import Work
from partita.runtime.values.written import write_value
from partita.storage import journal
from partita.storage.journal import HistoryRow

Values: TypeAlias = Mapping[str, Any]
UNWRITTEN = frozenset(("id", "version", "revision", "title", "created_at", "created_by", "changed_at", "changed_by"))
"""Values that every write changes: the journal's row itself tells them."""


def write_event(work: Work, type_name: str, record_id: int, version: int, action: str, note: str = "") -> None:
    """That something happened, without a field: created, commented. `version` 0 where the record stays as it was."""
    journal.write(work.conn, (HistoryRow(**_event(work, type_name, record_id, version, action, note)),))


def write_changes(
    work: Work,
    blueprint: Blueprint,
    record_id: int,
    version: int,
    action: str,
    old: Values,
    new: Values,
    note: str = "",
) -> None:
    """`new`: the changed fields only."""
    event = _event(work, blueprint.name, record_id, version, action, note)
    rows = [HistoryRow(**event, **_change(blueprint, n, old.get(n), v)) for n, v in new.items() if n not in UNWRITTEN]
    journal.write(work.conn, rows or (HistoryRow(**event),))


def _change(blueprint: Blueprint, name: str, old: Any, new: Any) -> dict[str, Any]:
    return {"field": name, "old": write_value(blueprint, name, old), "new": write_value(blueprint, name, new)}


def _event(work: Work, type_name: str, record_id: int, version: int, action: str, note: str) -> dict[str, Any]:
    actor = work.ctx.actor
    return {
        "record_type": type_name, "record_id": record_id, "at": work.now, "user_id": actor.user_id or None,
        "user_name": actor.name, "action": action, "note": note, "version": version, "revision": work.runtime.number,
        "command_id": work.command,
    }  # fmt: skip


def changed_fields(blueprint: Blueprint, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    names: Iterable[str] = (name for name in blueprint.fields if name not in UNWRITTEN)
    return {name: new[name] for name in names if name in new and new[name] != old.get(name, blueprint.blank[name])}
