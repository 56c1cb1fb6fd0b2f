"""Applying a plan: everything in one transaction, so that the database is wholly old or wholly new."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from partita.base.diagnostics import Diagnostic
from partita.base.errors import PartitaError, StaleRevision
from partita.base.source import Span
from partita.model import dump
from partita.model.model import Model
from partita.storage import revisions, system
from partita.storage.database import Database
from partita.storage.lookups import insert
from partita.storage.revisions import Entry, Revision
from partita.storage.schema.operations import words
from partita.storage.schema.plan import Plan, make_plan
from partita.storage.statements import Connection, Prepared
from partita.storage.tables import Tables

Retitle: TypeAlias = Callable[[Connection, Tables, tuple[str, ...]], None]
OnStatement: TypeAlias = Callable[[str], None]
LOCK = 0x7061727469746100
"""The number of PostgreSQL's advisory lock: one apply at a time."""


class PlanBlocked(PartitaError):
    """Live data stops the change; nothing was done."""

    def __init__(self, findings: tuple[Diagnostic, ...]) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is to be in force. `program` is the plain form of the Program; `base`: the revision that the author saw
    (0: none; None: whatever is there); `restores`: the revision that is gone back to."""

    model: Model
    program: Any
    sources: Mapping[str, str]
    author: str
    message: str
    at: datetime
    base: int | None = None
    restores: int | None = None
    origins: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Applied:
    """`number`: the revision in force now; `stored` is False when nothing had to be done."""

    number: int
    plan: Plan
    stored: bool


def apply(
    db: Database, proposal: Proposal, retitle: Retitle | None = None, on_statement: OnStatement | None = None
) -> Applied:
    """Plan again under the lock and do it. Raises PlanBlocked, StaleRevision (another was applied since `base`),
    Unavailable. `on_statement` is told each statement before it runs."""
    with db.write(seconds=0) as conn:
        if db.dialect == "postgresql":
            conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        plan = make_plan(conn, proposal.model, proposal.origins)
        if proposal.base is not None and (plan.base or 0) != proposal.base:
            raise StaleRevision(f"revision {plan.base} is in force, not {proposal.base}")
        if plan.blocked:
            raise PlanBlocked(tuple(f for f in plan.findings if f.severity == "error"))
        return _apply(conn, db.dialect, plan, proposal, retitle, on_statement or _silent)


def _apply(
    conn: Connection,
    dialect: str,
    plan: Plan,
    proposal: Proposal,
    retitle: Retitle | None,
    on_statement: OnStatement,
) -> Applied:
    for operation in plan.operations:
        for statement in operation.statements(dialect):
            on_statement(statement)
            _run(conn, statement)
    if retitle is not None and plan.retitle:
        on_statement("titles")
        retitle(conn, plan.tables, plan.retitle)
    stored = _is_new(conn, proposal)
    number = (plan.base or 0) + 1 if stored else plan.base or 0
    if stored:
        on_statement("sys_revision")
        revisions.store(conn, _revision(number, plan, proposal))
    on_statement("sys_schema_change")
    _record(conn, dialect, plan, number)
    on_statement("COMMIT")
    return Applied(number, plan, stored)


def _run(conn: Connection, statement: str) -> None:
    """On the bare cursor: the text is not to be searched for holes."""
    cursor: Any = conn.connection.cursor()
    cursor.execute(statement)
    cursor.close()


def _is_new(conn: Connection, proposal: Proposal) -> bool:
    current = revisions.fetch_latest(conn)
    return current is None or current.entry.digest != dump.digest(proposal.model) or current.program != proposal.program


def _revision(number: int, plan: Plan, proposal: Proposal) -> Revision:
    entry = Entry(
        number=number,
        digest=dump.digest(proposal.model),
        created_at=proposal.at,
        author=proposal.author,
        message=proposal.message,
        restores=proposal.restores,
    )
    return Revision(
        entry=entry, model=proposal.model, program=proposal.program, sources=proposal.sources, plan=plan.plain()
    )


def _record(conn: Connection, dialect: str, plan: Plan, number: int) -> None:
    many = [
        {"revision": number, "position": place, "words": words(operation, "en"), "statement": statement}
        for place, (operation, statement) in enumerate(
            (operation, statement) for operation in plan.operations for statement in operation.statements(dialect)
        )
    ]
    if many:
        _CHANGE.run_many(conn, many)


def _silent(statement: str) -> None:
    return None


_CHANGE = Prepared(insert(system.SCHEMA_CHANGE))
