"""What others did to a record since it was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.values.work import Work
from partita.runtime.values.written import read_value
from partita.storage import journal


@dataclass(frozen=True, slots=True)
class Since:
    """`before`: changed field → its value at the version asked for. `by` and `at` are of the last change."""

    versions: frozenset[int]
    before: Mapping[str, Any]
    by: str
    at: datetime | None


def changes_since(work: Work, blueprint: Blueprint, record_id: int, version: int) -> Since:
    rows = journal.since(work.conn, blueprint.name, record_id, version)
    before: dict[str, Any] = {}
    for row in rows:
        if row.field and row.field not in before:
            before[row.field] = read_value(blueprint, row.field, row.old)
    last = rows[-1] if rows else None
    versions = frozenset(row.version for row in rows)
    return Since(versions, before, last.user_name or "" if last else "", last.at if last else None)
