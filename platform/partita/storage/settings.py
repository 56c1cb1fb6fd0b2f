"""Settings of packs that an administrator changed at work; values are JSON texts made by the caller."""

import sqlalchemy as sa

from partita.storage import system
from partita.storage.lookups import Lookup, hole, is_, upsert
from partita.storage.statements import Connection, Prepared

_SETTING = system.SETTING


def read(conn: Connection) -> dict[tuple[str, str], str]:
    """(pack, name) → value."""
    return {(row["pack"], row["name"]): row["value"] for row in _READ.all(conn)}


def write(conn: Connection, pack: str, name: str, value: str) -> None:
    _WRITE.run(conn, pack=pack, name=name, value=value)


def reset(conn: Connection, pack: str, name: str) -> None:
    """Back to the pack's own default."""
    _RESET.run(conn, pack=pack, name=name)


def _write(dialect: str) -> sa.Executable:
    statement = upsert(_SETTING, dialect).values({column.name: hole(column) for column in _SETTING.c})
    written: sa.Executable = statement.on_conflict_do_update(
        index_elements=[_SETTING.c.pack, _SETTING.c.name], set_={"value": statement.excluded.value}
    )
    return written


_READ = Lookup(sa.select(*_SETTING.c))
_WRITE = Prepared(_write)
_RESET = Prepared(sa.delete(_SETTING).where(is_(_SETTING.c.pack), is_(_SETTING.c.name)))
