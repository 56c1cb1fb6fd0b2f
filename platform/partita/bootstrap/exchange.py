"""Import for the command line: the mapping's YAML is read by the strict reader, the rest is the runtime's."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from partita.base.diagnostics import Diagnostic, has_errors
from partita.base.errors import Denied
from partita.bootstrap.engine import open_engine
from partita.runtime.context import SYSTEM, Actor, Context
from partita.runtime.engine import Engine
from partita.runtime.exchange.importing import list_runs, run_import
from partita.runtime.exchange.mapping import read_mapping
from partita.runtime.exchange.report import Report, RunView
from partita.runtime.exchange.undoing import Undone, undo_run
from partita.runtime.identity import accounts
from partita.settings.settings import Settings
from partita.sources.read import read_text

Progress = Callable[[Report], None]


def read_mapping_file(path: Path) -> tuple[dict[str, Any] | None, dict[str, str], tuple[Diagnostic, ...]]:
    """The mapping as plain data, the text for excerpts, the findings."""
    text = path.read_text(encoding="utf-8", errors="replace")
    documents, findings = read_text(text, str(path))
    if has_errors(findings) or len(documents) != 1 or not isinstance(documents[0].data, dict):
        return None, {str(path): text}, tuple(findings)
    return documents[0].data, {str(path): text}, tuple(findings)


def import_file(
    settings: Settings, data: dict[str, Any], source: Path, login: str, *, dry_run: bool, progress: Progress
) -> Report:
    """Raises Refused for a mapping or a file that cannot be used, Denied for a person who may not import."""
    ctx = _context(open_engine(settings), login)
    return run_import(ctx, read_mapping(ctx, data), source, dry_run=dry_run, progress=progress)


def undo_import(settings: Settings, run: int, login: str) -> Undone:
    return undo_run(_context(open_engine(settings), login), run)


def list_imports(settings: Settings) -> tuple[RunView, ...]:
    return list_runs(open_engine(settings).context(SYSTEM, origin="import"))


def _context(engine: Engine, login: str) -> Context:
    return engine.context(_actor(engine, login), origin="import")


def _actor(engine: Engine, login: str) -> Actor:
    if not login:
        return SYSTEM
    actor = accounts.find_actor(engine, login)
    if actor is None:
        raise Denied("I008", login=login)
    return actor
