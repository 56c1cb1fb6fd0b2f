"""Taking demonstration rows away again, those that nobody has touched and nothing uses."""

from dataclasses import dataclass

from partita.base.errors import Refused
from partita.runtime.codecs.registry import LINKS
from partita.runtime.context import SYSTEM
from partita.runtime.engine import Engine
from partita.runtime.records.commands import DeleteRecord
from partita.runtime.records.pipeline import check_revision, perform_within
from partita.runtime.values.work import Work
from partita.storage import data_rows, journal, rows
from partita.storage.data_rows import DataRow
from partita.storage.rows import Stamp


@dataclass(frozen=True, slots=True)
class Removed:
    """`kept`: (record type, id) of rows that people changed or that others refer to."""

    removed: int
    kept: tuple[tuple[str, int], ...]


def remove_demo(engine: Engine) -> Removed:
    ctx = engine.context(SYSTEM, origin="job")
    with engine.db.write(seconds=0) as conn:
        check_revision(conn, ctx)
        work = Work(ctx, conn)
        left, removed = _demo_rows(work), 0
        while gone := _remove_round(work, left):
            left = [row for row in left if row not in gone]
            removed += len(gone)
        return Removed(removed, tuple((row.record_type, row.record_id) for row in left))


def _remove_round(work: Work, rows_left: list[DataRow]) -> list[DataRow]:
    """Those that go one by one; else those that only hold each other."""
    return [row for row in rows_left if _remove(work, row)] or _remove_together(work, rows_left)


def _remove_together(work: Work, rows_left: list[DataRow]) -> list[DataRow]:
    """Their links are cleared first. If somebody else holds one of them, it stays, and the rest is tried anew."""
    together = [row for row in rows_left if not _is_touched(work, row)]
    while together:
        savepoint = work.conn.begin_nested()
        for row in together:
            _clear_links(work, row)
        held = [row for row in together if not _remove(work, row, looked=True)]
        if not held:
            savepoint.commit()
            return together
        savepoint.rollback()
        together = [row for row in together if row not in held]
    return []


def _clear_links(work: Work, row: DataRow) -> None:
    """Past the rules: the record is deleted in the next breath, or all of this is taken back."""
    stored = rows.fetch(work.conn, work.runtime.tables, row.record_type, row.record_id)
    plans = work.runtime.blueprint(row.record_type).fields.values()
    links = {p.field.name: p.empty for p in plans if p.field.type in LINKS and p.field.own and p.required is False}
    if stored is not None and links:
        stamp = Stamp(work.now, None, work.runtime.number)
        rows.update(work.conn, work.runtime.tables, row.record_type, row.record_id, stored["version"], links, stamp)


def _demo_rows(work: Work) -> list[DataRow]:
    sets = (s.ref.qualified for s in work.runtime.model.data.values() if s.data_class == "demo")
    return [row for name in sets for row in data_rows.read(work.conn, name).values()]


def _remove(work: Work, row: DataRow, looked: bool = False) -> bool:
    """False: it stays."""
    stored = rows.fetch(work.conn, work.runtime.tables, row.record_type, row.record_id)
    if not looked and stored is not None and _is_touched(work, row):
        return False
    try:
        with work.conn.begin_nested():
            if stored is not None:
                perform_within(work, DeleteRecord(row.record_type, row.record_id, stored["version"]))
            data_rows.forget(work.conn, row.data_set, row.row)
    except Refused:
        return False
    return True


def _is_touched(work: Work, row: DataRow) -> bool:
    """Somebody, not the system, has done something with it."""
    return any(entry.user_id for entry in journal.read(work.conn, row.record_type, row.record_id, 1000))
