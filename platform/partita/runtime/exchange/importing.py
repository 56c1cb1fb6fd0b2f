"""A run of import: lines in batches, each batch one transaction, each line through the pipeline.

Safe to repeat: a run that was killed is begun again with the same file, and what is in is left as it is.
"""

import hashlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from partita.base.errors import Denied, PartitaError, Problem, Refused
from partita.base.frozen import FrozenMap
from partita.base.text import say
from partita.runtime.context import Context
from partita.runtime.exchange.cells import CellReader, constants_of
from partita.runtime.exchange.mapping import ImportMapping
from partita.runtime.exchange.reading import Line, read_lines
from partita.runtime.exchange.report import Report, RunView
from partita.runtime.exchange.taking import Taker
from partita.runtime.records.pipeline import check_revision
from partita.runtime.values.work import Work
from partita.storage import imports

BATCH = 500
IMPORT = "import"
Progress = Callable[[Report], None]


class _DryRun(Exception):
    """Takes the transaction back."""


def run_import(
    ctx: Context, mapping: ImportMapping, path: Path, *, dry_run: bool = False, progress: Progress | None = None
) -> Report:
    """Raises Denied without the right to import, Refused when the file or its columns cannot be read, StaleRevision."""
    require_import(ctx, mapping.into)
    lines = iter(read_lines(path, mapping.format, mapping.delimiter, mapping.encoding, mapping.sheet))
    first = next(lines, None)
    report = Report(dry_run=dry_run)
    if first is None:
        return report
    _check_columns(mapping, first, path)
    if not dry_run:
        report.run = _start(ctx, mapping, path)
    taker = _taker(ctx, mapping, path, report)
    try:
        for batch in _batches(first, lines):
            _take(ctx, taker, batch)
            if progress is not None:
                progress(report)
    except PartitaError:
        _finish(ctx, report, "failed")
        raise
    _finish(ctx, report, "done")
    return report


def require_import(ctx: Context, type_name: str) -> None:
    if not ctx.rights.may(type_name, IMPORT):
        label = say(ctx.blueprint(type_name).type.label, ctx.language, type_name)
        raise Denied("I003", command=IMPORT, type=label, action=IMPORT)


def list_runs(ctx: Context, limit: int = 50) -> tuple[RunView, ...]:
    """The newest first, those of types that the actor may import."""
    with ctx.runtime.db.read() as conn:
        runs = imports.list_runs(conn, limit)
    return tuple(_view(run) for run in runs if ctx.rights.may(run.record_type, IMPORT))


def _view(run: imports.Run) -> RunView:
    return RunView(
        run.id, run.record_type, run.source or "", run.status, run.started_at, run.finished_at, run.user_name or "",
        run.created_count, run.changed_count, run.same_count, run.failed_count,
    )  # fmt: skip


def _taker(ctx: Context, mapping: ImportMapping, path: Path, report: Report) -> Taker:
    blueprint = ctx.blueprint(mapping.into)
    constants = constants_of(mapping, blueprint.fields)
    return Taker(mapping, blueprint, CellReader(ctx, mapping), constants, report, note=path.name)


def _take(ctx: Context, taker: Taker, batch: list[Line]) -> None:
    try:
        with ctx.runtime.db.write(seconds=0) as conn:
            check_revision(conn, ctx)
            work = Work(ctx, conn)
            for line in batch:
                work.renew()
                taker.take(work, line)
            if taker.report.dry_run:
                raise _DryRun
    except _DryRun:
        taker.links.forget()


def _batches(first: Line, lines: Iterator[Line]) -> Iterator[list[Line]]:
    batch = [first, *islice(lines, BATCH - 1)]
    while batch:
        yield batch
        batch = list(islice(lines, BATCH))


def _check_columns(mapping: ImportMapping, first: Line, path: Path) -> None:
    """Objects of JSON may lack what is empty; a table has all its columns in each line."""
    if path.suffix.lower() == ".json" or mapping.format == "json":
        return
    columns = [*mapping.columns.values(), *([mapping.state] if mapping.state else [])]
    known = ", ".join(first.cells)
    lacking = dict.fromkeys(c.source for c in columns if c.source not in first.cells)
    if lacking:
        raise Refused(*(Problem("E005", params=FrozenMap({"source": name, "known": known})) for name in lacking))


def _start(ctx: Context, mapping: ImportMapping, path: Path) -> int:
    actor = ctx.actor
    run = imports.Run(
        record_type=mapping.into, status="running", started_at=ctx.now, source=path.name, digest=_digest(path),
        user_id=actor.user_id or None, user_name=actor.name,
    )  # fmt: skip
    with ctx.runtime.db.write() as conn:
        return imports.start(conn, run)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _finish(ctx: Context, report: Report, status: str) -> None:
    if report.run is not None:
        counts = {"created_count": report.created, "changed_count": report.changed, "same_count": report.same}
        with ctx.runtime.db.write() as conn:
            imports.finish(conn, report.run, status, ctx.now, failed_count=report.failed, **counts)
