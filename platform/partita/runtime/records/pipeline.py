"""The pipeline that performs every command: one transaction, one revision, once per key."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from partita.base.errors import Problem, Refused, StaleRevision
from partita.base.plain import from_plain, to_plain
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.context import Context
from partita.runtime.records.change import change, delete
from partita.runtime.records.commands import (
    AddComment,
    AttachFiles,
    ChangeRecord,
    Command,
    CreateRecord,
    Decide,
    DeleteRecord,
    Outcome,
    PerformTransition,
    RegisterRecord,
    RemoveAttachment,
)
from partita.runtime.records.create import create, register
from partita.runtime.records.move import decide, perform_transition
from partita.runtime.records.talk import attach, comment, detach
from partita.runtime.values.work import Work
from partita.storage import attachments, keys, revisions
from partita.storage.statements import Connection

ACTS: dict[type, Callable[[Work, Any], Outcome]] = {
    CreateRecord: create,
    RegisterRecord: register,
    ChangeRecord: change,
    DeleteRecord: delete,
    PerformTransition: perform_transition,
    Decide: decide,
    AddComment: comment,
    AttachFiles: attach,
    RemoveAttachment: detach,
}


def perform(ctx: Context, command: Command) -> Outcome:
    """Does the whole command or nothing of it.

    Raises Refused, Denied, NotFound, Conflict; StaleRevision when the configuration was replaced meanwhile.
    """
    with ctx.runtime.db.write() as conn:
        check_revision(conn, ctx)
        return _once(ctx, conn, command) if ctx.key else perform_within(Work(ctx, conn), command)


def perform_within(work: Work, command: Command) -> Outcome:
    """Inside a transaction of somebody else's: of an import, of a pack's rows."""
    return ACTS[type(command)](work, command)


def check_revision(conn: Connection, ctx: Context) -> None:
    latest = revisions.latest(conn)
    if latest is None or latest[0] != ctx.runtime.number:
        raise StaleRevision


def _once(ctx: Context, conn: Connection, command: Command) -> Outcome:
    """The key stands first in the transaction: of two that bring it, one waits for the other's answer."""
    assert ctx.key is not None
    digest = digest_of(conn, ctx, command)
    known = keys.claim(conn, ctx.actor.user_id, ctx.key, digest, ctx.now)
    if known is not None:
        if known.digest != digest or known.response is None:
            raise Refused(Problem("W027"))
        stored: Outcome = from_plain(Outcome, json.loads(known.response) | {"repeated": True})
        return stored
    outcome = perform_within(Work(ctx, conn), command)
    keys.answer(conn, ctx.actor.user_id, ctx.key, json.dumps(to_plain(outcome), ensure_ascii=False))
    return outcome


def digest_of(conn: Connection, ctx: Context, command: Command) -> str:
    """The same for the same command with the same values, in any order of its fields. Files count by their names and
    contents: a form that is sent again uploads them again."""
    plain = _plain(command)
    if isinstance(plain.get("values"), dict):
        plain["values"] |= _file_values(conn, ctx.blueprint(command.type), getattr(command, "values", {}))
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(f"{type(command).__name__} {text}".encode()).hexdigest()


def _file_values(conn: Connection, blueprint: Blueprint, values: Mapping[str, Any]) -> dict[str, Any]:
    plain = (name for name in blueprint.files if name in values and not blueprint.fields[name].columns)
    named = {name: [i for i in _several(values[name]) if isinstance(i, int)] for name in plain}
    found = attachments.fetch_many(conn, tuple(i for ids in named.values() for i in ids))
    return {n: [[found[i].name, found[i].sha256] if i in found else i for i in ids] for n, ids in named.items()}


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (value,)


def _plain(command: Command) -> dict[str, Any]:
    names = (name for name in command.__slots__ if name != "form_key")
    return {name: _data(getattr(command, name)) for name in names}


def _data(value: Any) -> Any:
    if hasattr(value, "items"):
        return {str(key): _data(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_data(item) for item in value]
    return value if value is None or isinstance(value, str | int) else f"{type(value).__name__} {value}"
