"""The plan: what changes for people, what is done to the database, what stops it. Making it changes nothing."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partita.base.diagnostics import Diagnostic, has_errors, ordered
from partita.base.plain import to_plain
from partita.base.source import Span
from partita.model.compare import Change, Difference, compare
from partita.model.model import Model
from partita.storage import functions, revisions, search_index
from partita.storage.schema import blocks, converting, growth, renames, retiring
from partita.storage.schema.ddl import literal
from partita.storage.schema.draft import Draft, Retired
from partita.storage.schema.layout import Layout, read_layout
from partita.storage.schema.operations import Operation, PrepareSearch, RenewFunctions
from partita.storage.statements import Connection
from partita.storage.tables import Tables, build_tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`base`: the revision it starts from (None: an empty database). `retitle`: types whose titles are made anew."""

    base: int | None
    changes: tuple[Change, ...]
    operations: tuple[Operation, ...]
    findings: tuple[Diagnostic, ...]
    retitle: tuple[str, ...]
    tables: Tables
    dialect: str

    @property
    def empty(self) -> bool:
        return not self.changes and not self.operations

    @property
    def blocked(self) -> bool:
        return has_errors(self.findings)

    def plain(self) -> dict[str, Any]:
        """For the record of the revision."""
        return {
            "changes": [{"code": c.code, **to_plain(c.params)} for c in self.changes],
            "operations": [
                {"code": o.code, **{k: str(v) for k, v in o.params().items()}, "sql": list(o.statements(self.dialect))}
                for o in self.operations
            ],
            "findings": [{"code": f.code, **{k: str(v) for k, v in f.params.items()}} for f in self.findings],
        }


def make_plan(conn: Connection, new: Model, origins: Mapping[str, Span] | None = None) -> Plan:
    """From what the database holds to `new`. `origins`: address → place, for findings."""
    layout = read_layout(conn)
    current = revisions.fetch_latest(conn) if layout.has("sys_revision") else None
    old = build_tables(current.model) if current else None
    tables = build_tables(new)
    difference = compare(current.model if current else None, new)
    draft = Draft(conn, old, tables, difference, layout, origins or {})
    draft.retired = _read_retired(conn, layout)
    _draw(draft, old)
    return Plan(
        base=current.entry.number if current else None,
        changes=difference.changes,
        operations=tuple(draft.operations),
        findings=tuple(ordered(draft.findings)),
        retitle=_retitled(old, tables, difference),
        tables=tables,
        dialect=draft.dialect,
    )


def _draw(draft: Draft, old: Tables | None) -> None:
    """The passes, in the order in which their operations run."""
    growth.add_system(draft)
    _renew_functions(draft)
    _prepare_search(draft)
    growth.drop_indexes(draft, old)
    if old is not None:
        blocks.find_blocks(draft, old)
        retiring.retire_types(draft, old)
        retiring.retire_fields(draft, old)
        renames.rename_types(draft, old)
        renames.rename_fields(draft, old)
        converting.convert_fields(draft, old)
        renames.rename_options(draft, old)
    growth.add_tables(draft)
    growth.add_indexes(draft)


def _read_retired(conn: Connection, layout: Layout) -> list[Retired]:
    if not layout.has("sys_retired"):
        return []
    text = "SELECT record_type, path, table_name, kept_as, form FROM sys_retired ORDER BY id"
    return [Retired(*row) for row in conn.exec_driver_sql(text)]


def _renew_functions(draft: Draft) -> None:
    """PostgreSQL keeps the functions of formulas itself; SQLite is given them by each connection."""
    if draft.dialect != "postgresql":
        return
    texts = tuple(functions.POSTGRESQL_DDL)
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    known = None
    if draft.conn.exec_driver_sql("SELECT to_regclass('sys_fact')").scalar() is not None:
        known = draft.conn.exec_driver_sql("SELECT value FROM sys_fact WHERE name = 'functions'").scalar()
    if known != digest:
        noted = f"INSERT INTO sys_fact (name, value) VALUES ('functions', {literal(digest)}) ON CONFLICT (name) "
        draft.note(RenewFunctions((*texts, f"{noted}DO UPDATE SET value = excluded.value")))


def _prepare_search(draft: Draft) -> None:
    for question, *texts in search_index.EXTRAS[draft.dialect]:
        if draft.conn.exec_driver_sql(question).first() is None:
            draft.note(PrepareSearch(tuple(texts)))


def _retitled(old: Tables | None, new: Tables, difference: Difference) -> tuple[str, ...]:
    """Types whose template changed, or whose title shows what was renamed or worded otherwise."""
    if old is None:
        return ()
    found = []
    for name, former in difference.types.items():
        was, now = old.model.types[former], new.model.types[name]
        shown = [field for field in now.fields.values() if f"{{{field.name}" in now.title.text]
        reworded = any(
            path in was.fields and was.fields[path].options != field.options
            for field in shown
            for path in [difference.fields[name].get(field.name, "")]
        )
        if was.title.text != now.title.text or reworded:
            found.append(name)
    return tuple(found)
