"""Names in a scenario's values → ids of records: a step, a row of a data set, or the value of a key field."""

from partita.model.model import Model
from partita.runtime.revision import Runtime
from partita.storage import data_rows, query


class UnknownName(Exception):
    """The scenario names a record that does not exist."""

    def __init__(self, name: str, type_name: str) -> None:
        super().__init__(f"no record «{name}» of {type_name}")
        self.name, self.type_name = name, type_name


class Names:
    """`made`: step → (type, id), filled as the scenario goes."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self.made: dict[str, tuple[str, int]] = {}
        self._rows = _data_rows(runtime)

    def find(self, type_name: str, name: object) -> int:
        """The id of the record of `type_name` that `name` names."""
        text = str(name)
        made = self.made.get(text)
        if made is not None and made[0] == type_name:
            return made[1]
        found = self._rows.get((type_name, text)) or self._by_key(type_name, text)
        if found is None:
            raise UnknownName(text, type_name)
        return found

    def row(self, type_name: str, name: str) -> int | None:
        """The record that a data set made of its row `name`."""
        return self._rows.get((type_name, name))

    def _by_key(self, type_name: str, text: str) -> int | None:
        runtime = self._runtime
        for field in key_fields(runtime.model, type_name):
            condition = query.Filter(field, "eq", (text,))
            select = query.Select(type=type_name, access=query.OPEN, conditions=(condition,), limit=2)
            with runtime.db.read() as conn:
                rows = query.select_rows(conn, runtime.tables, select).rows
            if len(rows) == 1:
                return int(rows[0]["id"])
        return None


def key_fields(model: Model, type_name: str) -> tuple[str, ...]:
    """Fields whose values name records: the keys of data sets into the type, then its unique texts."""
    keys = [data.key for data in model.data.values() if data.key and data.into.qualified == type_name]
    unique = [f.name for f in model.types[type_name].fields.values() if f.unique and f.type in ("text", "code")]
    return tuple(dict.fromkeys((*keys, *unique)))


def _data_rows(runtime: Runtime) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    with runtime.db.read() as conn:
        for name in runtime.model.data:
            loaded = data_rows.read(conn, name).values()
            found |= {(row.record_type, row.row): row.record_id for row in loaded}
    return found
