"""Loading the rows of a class: new ones are created, changed ones are changed, the rest stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from partita.base.errors import PartitaError, Problem, Refused
from partita.runtime.context import SYSTEM
from partita.runtime.data_loading.rows import Finder, Named, Reader, Unresolved, digest_of, rows_of_class
from partita.runtime.engine import Engine
from partita.runtime.queries.gate import Filter, find_anywhere
from partita.runtime.records.commands import ChangeRecord, CreateRecord
from partita.runtime.records.pipeline import check_revision, perform_within
from partita.runtime.values.work import Work
from partita.storage import data_rows, rows
from partita.storage.data_rows import DataRow


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row was not loaded."""

    data_set: str
    row: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Loaded:
    created: int
    updated: int
    unchanged: int
    problems: tuple[RowProblem, ...]


@dataclass(slots=True)
class _Load:
    """One transaction of loading. `late`: rows whose links name rows that were loaded after them."""

    work: Work
    find: Finder = field(default_factory=Finder)
    known: dict[tuple[str, str], DataRow] = field(default_factory=dict)
    late: list[tuple[Named, int]] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    created: int = 0
    updated: int = 0
    unchanged: int = 0


def load_data(engine: Engine, data_class: str) -> Loaded:
    """All data sets of the class in the revision that serves: `reference` or `demo`. Safe to repeat."""
    ctx = engine.context(SYSTEM, origin="job")
    with engine.db.write(seconds=0) as conn:
        check_revision(conn, ctx)
        load = _Load(Work(ctx, conn))
        _remember(load)
        _load_all(load, list(rows_of_class(ctx.runtime.model, data_class)))
        _finish_late(load)
    return Loaded(load.created, load.updated, load.unchanged, tuple(load.problems))


def _remember(load: _Load) -> None:
    """What was loaded before, of every class: links may name it."""
    for data_set in load.work.runtime.model.data.values():
        for name, known in data_rows.read(load.work.conn, data_set.ref.qualified).items():
            load.known[data_set.ref.qualified, name] = known
            if name in data_set.rows:
                load.find.add(Named(data_set, name), known.record_id)


def _load_all(load: _Load, waiting: list[Named]) -> None:
    """Row by row after those that they name; a circle is broken by leaving its links for later."""
    while waiting:
        left = [row for row in waiting if not _try(load, row, whole=True)]
        if len(left) == len(waiting):
            left.remove(_break_circle(load, left))
        waiting = left


def _break_circle(load: _Load, left: list[Named]) -> Named:
    """Loads one that can do without its links for a while; if none can, the first one's problems stand."""
    before = len(load.problems)
    for row in left:
        _try(load, row, whole=False)
        if len(load.problems) == before:
            return row
        if row is not left[-1]:
            del load.problems[before:]
    return left[-1]


def _try(load: _Load, row: Named, whole: bool) -> bool:
    """False: the row names one that is not loaded yet."""
    known, digest = load.known.get(row.place), digest_of(row)
    if known is not None and known.digest == digest:
        load.unchanged += 1
        return True
    reader = Reader(load.work.runtime.blueprint(row.type), load.find)
    try:
        values, problems = reader.read(row.plain, without_unresolved=not whole)
    except Unresolved:
        return False
    if problems:
        load.problems += [RowProblem(*row.place, problem) for problem in problems]
        return True
    record_id = _store(load, row, known, values)
    if record_id is not None:
        load.find.add(row, record_id)
        data_rows.write(load.work.conn, DataRow(*row.place, row.type, record_id, digest if whole else ""))
        if not whole:
            load.late.append((row, record_id))
    return True


def _store(load: _Load, row: Named, known: DataRow | None, values: Mapping[str, Any]) -> int | None:
    """In a savepoint: a row that is refused does not take the others along."""
    try:
        with load.work.conn.begin_nested():
            there = known.record_id if known is not None else _with_same_key(load.work, row, values)
            return _create(load, row, values) if there is None else _change(load, row, there, values)
    except Refused as refusal:
        load.problems += [RowProblem(*row.place, problem) for problem in refusal.problems]
    except PartitaError as error:
        load.problems.append(RowProblem(*row.place, Problem("W004", say={"en": str(error), "ru": str(error)})))
    return None


def _create(load: _Load, row: Named, values: Mapping[str, Any]) -> int:
    made = perform_within(load.work, CreateRecord(row.type, values)).id
    load.created += 1
    return made


def _change(load: _Load, row: Named, record_id: int, values: Mapping[str, Any]) -> int:
    """A record that people have deleted since is not made again."""
    stored = rows.fetch(load.work.conn, load.work.runtime.tables, row.type, record_id)
    if stored is None:
        load.unchanged += 1
        return record_id
    after = perform_within(load.work, ChangeRecord(row.type, record_id, stored["version"], values)).version
    changed = after > stored["version"]
    load.updated, load.unchanged = load.updated + changed, load.unchanged + (not changed)
    return record_id


def _with_same_key(work: Work, row: Named, values: Mapping[str, Any]) -> int | None:
    """A card that people made themselves before the pack brought the row."""
    key = row.data_set.key
    if not key or values.get(key) is None:
        return None
    return find_anywhere(work, row.type, (Filter(key, "eq", (values[key],)),))


def _finish_late(load: _Load) -> None:
    for row, record_id in load.late:
        reader = Reader(load.work.runtime.blueprint(row.type), load.find)
        try:
            values, _ = reader.read(row.plain)
        except Unresolved as missing:
            problem = Problem("W007", missing.field)
            load.problems.append(RowProblem(*row.place, problem))
            continue
        created, updated, unchanged = load.created, load.updated, load.unchanged
        if _store(load, row, DataRow(*row.place, row.type, record_id, ""), values) is not None:
            data_rows.write(load.work.conn, DataRow(*row.place, row.type, record_id, digest_of(row)))
        load.created, load.updated, load.unchanged = created, updated, unchanged
