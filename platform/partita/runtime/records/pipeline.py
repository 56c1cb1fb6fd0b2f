"""The pipeline that performs every command: one transaction, one revision, once per key."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from partita.base.errors import Problem, Refused, StaleRevision
from partita.base.plain import from_plain, to_plain
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
from partita.storage import keys, revisions
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
    digest = digest_of(command)
    known = keys.claim(conn, ctx.actor.user_id, ctx.key, digest, ctx.now)
    if known is not None:
        if known.digest != digest or known.response is None:
            raise Refused(Problem("W027"))
        stored: Outcome = from_plain(Outcome, json.loads(known.response) | {"repeated": True})
        return stored
    outcome = perform_within(Work(ctx, conn), command)
    keys.answer(conn, ctx.actor.user_id, ctx.key, json.dumps(to_plain(outcome), ensure_ascii=False))
    return outcome


def digest_of(command: Command) -> str:
    """The same for the same command with the same values, in any order of its fields."""
    text = json.dumps(_plain(command), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(f"{type(command).__name__} {text}".encode()).hexdigest()


def _plain(command: Command) -> Any:
    names = (name for name in command.__slots__ if name != "form_key")
    return {name: _data(getattr(command, name)) for name in names}


def _data(value: Any) -> Any:
    if hasattr(value, "items"):
        return {str(key): _data(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_data(item) for item in value]
    return value if value is None or isinstance(value, str | int) else f"{type(value).__name__} {value}"
