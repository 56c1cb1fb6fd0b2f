"""Values read over links, each linked record fetched once in a transaction."""

from typing import Any

from partita.runtime.revision import Runtime
from partita.storage.statements import Connection
from partita.storage.values import fetch_paths

MANY = 10_000
"""Linked records remembered at once, at most."""


class Lookup:
    """`read(type, id, "region.name")`. Paths once asked of a type are fetched together for its next record."""

    def __init__(self, conn: Connection, runtime: Runtime) -> None:
        self._conn, self._runtime = conn, runtime
        self._known: dict[tuple[str, int], dict[str, Any]] = {}

    def read(self, type_name: str, record_id: int | None, path: str) -> Any:
        if record_id is None or not type_name:
            return None
        if path == "id":
            return record_id
        known = self._known.setdefault((type_name, record_id), {})
        if path not in known:
            self._fetch(type_name, record_id, path, known)
        return known[path]

    def forget(self, type_name: str, record_id: int) -> None:
        """The record was written: whatever was read of it, or through it, is read again."""
        if (type_name, record_id) in self._known or len(self._known) > MANY:
            self._known.clear()

    def _fetch(self, type_name: str, record_id: int, path: str, known: dict[str, Any]) -> None:
        paths = self._runtime.learned_paths(type_name)
        paths.add(path)
        wanted = tuple(sorted(paths))
        found = fetch_paths(self._conn, self._runtime.tables, type_name, (record_id,), wanted)
        row = found.get(record_id, {})
        known.update((name, row.get(name)) for name in wanted)
