"""Titles made anew when their template changed: a step of apply, in its transaction."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from partita.base.frozen import FrozenMap
from partita.formulas.program import Program
from partita.formulas.python import Env, build_template
from partita.formulas.tree import paths
from partita.model.model import Model
from partita.storage import query, rows
from partita.storage.statements import Connection
from partita.storage.tables import Tables

BATCH = 1000


def retitler(
    model: Model, program: Program, zone: ZoneInfo, language: str
) -> Callable[[Connection, Tables, tuple[str, ...]], None]:
    """What apply calls with the types whose titles are to be made anew."""

    def retitle(conn: Connection, tables: Tables, types: tuple[str, ...]) -> None:
        for name in types:
            _retitle_type(conn, tables, name, model, program, zone, language)

    return retitle


def _retitle_type(
    conn: Connection, tables: Tables, name: str, model: Model, program: Program, zone: ZoneInfo, language: str
) -> None:
    template = program.template(name, model.types[name].title)
    render, read = build_template(template), paths(template)
    after, nothing = "", FrozenMap[str, object]()
    while True:
        by_id = (query.SortKey("id"),)
        page = query.select_rows(
            conn, tables, query.Select(type=name, access=query.OPEN, sort=by_id, after=after, limit=BATCH)
        )
        ids = [row["id"] for row in page.rows]
        for record_id, values in query.fetch_paths(conn, tables, name, ids, read).items():
            env = Env(values, nothing, nothing, nothing, datetime.now(UTC), zone, language)
            rows.set_title(conn, tables, name, record_id, render(env))
        if not page.next:
            return
        after = page.next
