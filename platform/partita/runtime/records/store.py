"""The last steps of every write: the rows, the journal, the index, in the command's transaction."""

from collections.abc import Mapping
from typing import Any

from partita.base.errors import Conflict, Refused
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.records.sheet import Sheet
from partita.runtime.values.journaling import UNWRITTEN, changed_fields, write_changes
from partita.runtime.values.work import Work
from partita.runtime.words.body import index_record
from partita.storage import rows
from partita.storage.rows import Stamp


def refuse_if_wrong(sheet: Sheet) -> None:
    """All findings at once, each once."""
    wrong = {(p.code, p.field, p.say): p for p in sheet.problems if p.level == "error"}
    if wrong:
        raise Refused(*wrong.values())


def stamp_of(work: Work) -> Stamp:
    return Stamp(work.now, work.ctx.actor.employee_id, work.runtime.number)


def title_of(sheet: Sheet) -> str:
    return sheet.blueprint.title.run(sheet.env)


def insert_record(sheet: Sheet, action: str, note: str = "") -> int:
    """Stores a new record; returns its id."""
    work, blueprint, values = sheet.work, sheet.blueprint, sheet.values
    title = title_of(sheet)
    stored = {name: value for name, value in values.items() if name not in UNWRITTEN}
    record_id = rows.insert(work.conn, work.runtime.tables, blueprint.name, {**stored, "title": title}, stamp_of(work))
    values["id"], values["version"], values["title"] = record_id, 1, title
    if "id" in blueprint.title.reads:
        values["title"] = title = title_of(sheet)
        rows.set_title(work.conn, work.runtime.tables, blueprint.name, record_id, title)
    write_changes(work, blueprint, record_id, 1, action, blueprint.blank, _filled(sheet), note)
    index_record(work, blueprint, record_id, values, title)
    return record_id


def _filled(sheet: Sheet) -> dict[str, Any]:
    """What a new record begins with: the journal keeps it even when the field itself is retired one day."""
    return changed_fields(sheet.blueprint, sheet.blueprint.blank, sheet.values)


def update_record(sheet: Sheet, action: str, note: str = "") -> int:
    """Stores what has changed; returns the version. Nothing changed: nothing is written."""
    work, blueprint, old = sheet.work, sheet.blueprint, sheet.old
    changes = changed_fields(blueprint, old, sheet.values)
    if not changes:
        return int(old["version"])
    _update(sheet, changes)
    version = int(old["version"]) + 1
    write_changes(work, blueprint, old["id"], version, action, old, changes, note)
    work.wrote(blueprint.name, old["id"])
    index_record(work, blueprint, old["id"], sheet.values, sheet.values["title"])
    sheet.values["version"] = version
    return version


def _update(sheet: Sheet, changes: Mapping[str, Any]) -> None:
    work, old = sheet.work, sheet.old
    sheet.values["title"] = title_of(sheet)
    stored = {**changes, "title": sheet.values["title"]}
    tables, name = work.runtime.tables, sheet.blueprint.name
    if not rows.update(work.conn, tables, name, old["id"], old["version"], stored, stamp_of(work)):
        raise Conflict(old["version"] + 1, tuple(changes), {}, "", None)


def delete_record(work: Work, blueprint: Blueprint, record: Mapping[str, Any]) -> None:
    """With every value in the journal."""
    filled = {name: blueprint.blank[name] for name in blueprint.fields if name in record}
    gone = changed_fields(blueprint, record, filled)
    write_changes(work, blueprint, record["id"], record["version"], "delete", record, gone, record.get("title") or "")
    if not rows.delete(work.conn, work.runtime.tables, blueprint.name, record["id"], record["version"]):
        raise Conflict(record["version"] + 1, (), {}, "", None)
    work.wrote(blueprint.name, record["id"])
