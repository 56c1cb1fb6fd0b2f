"""Undoing a run of import: what it made goes, what it changed goes back; what people touched since is listed."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from partita.base.errors import Conflict, NotFound, Problem, Refused
from partita.base.frozen import FrozenMap
from partita.runtime.context import Context
from partita.runtime.exchange.importing import require_import
from partita.runtime.records.annul import annul
from partita.runtime.records.commands import ChangeRecord, DeleteRecord
from partita.runtime.records.past import changes_since
from partita.runtime.records.pipeline import check_revision, perform_within
from partita.runtime.values.work import Work
from partita.runtime.workflow.offers import is_registered
from partita.storage import imports, rows

CHUNK = 500


@dataclass(slots=True)
class Undone:
    """`kept`: (record type, id, title) of records touched since, or in use by others."""

    deleted: int = 0
    annulled: int = 0
    restored: int = 0
    kept: list[tuple[str, int, str]] = field(default_factory=list)


def undo_run(ctx: Context, run_id: int) -> Undone:
    """Raises Refused E011, Denied. Done in parts; one that was broken off is begun again."""
    with ctx.runtime.db.read() as conn:
        run = imports.fetch(conn, run_id)
        if run is None or run.status == "undone":
            raise Refused(Problem("E011", params=FrozenMap({"run": run_id})))
        taken = [row for row in imports.rows_of(conn, run_id) if row.action in ("created", "changed")]
    require_import(ctx, run.record_type)
    ctx = replace(ctx, actor=replace(ctx.actor, system=True))
    undone = Undone()
    for chunk in _chunks(taken[::-1]):
        with ctx.runtime.db.write(seconds=0) as conn:
            check_revision(conn, ctx)
            work = Work(ctx, conn)
            for row in chunk:
                _undo(work, row, undone)
    with ctx.runtime.db.write() as conn:
        imports.set_status(conn, run_id, "undone", f"{len(undone.kept)}" if undone.kept else "")
    return undone


def _chunks(taken: list[imports.Row]) -> Iterator[list[imports.Row]]:
    return (taken[start : start + CHUNK] for start in range(0, len(taken), CHUNK))


def _undo(work: Work, row: imports.Row, undone: Undone) -> None:
    if row.record_type is None or row.record_type not in work.runtime.model.types or row.record_id is None:
        return
    stored = rows.fetch(work.conn, work.runtime.tables, row.record_type, row.record_id)
    if stored is None:
        return
    work.renew()
    if stored["version"] != row.version:
        undone.kept.append((row.record_type, row.record_id, stored["title"] or ""))
        return
    try:
        with work.conn.begin_nested():
            _take_back(work, row, stored["version"], undone)
    except (Refused, Conflict, NotFound):
        undone.kept.append((row.record_type, row.record_id, stored["title"] or ""))


def _take_back(work: Work, row: imports.Row, version: int, undone: Undone) -> None:
    assert row.record_type is not None
    assert row.record_id is not None
    blueprint = work.runtime.blueprint(row.record_type)
    if row.action == "changed":
        before = changes_since(work, blueprint, row.record_id, version - 1).before
        values = {name: value for name, value in before.items() if not blueprint.fields[name].system}
        perform_within(work, ChangeRecord(row.record_type, row.record_id, version, values))
        undone.restored += 1
        return
    stored = rows.fetch(work.conn, work.runtime.tables, row.record_type, row.record_id) or {}
    if blueprint.is_request and is_registered(blueprint, stored):
        annul(work, blueprint, stored, f"№ {row.run_id}")
        undone.annulled += 1
    else:
        perform_within(work, DeleteRecord(row.record_type, row.record_id, version))
        undone.deleted += 1
