"""What stands in the database now: tables, columns, indexes. Operations are played on it while planning."""

from dataclasses import dataclass, field

from partita.storage.statements import Connection, dialect_of

_SQLITE_COLUMNS = (
    "SELECT m.name, p.name, p.type FROM sqlite_master m, pragma_table_info(m.name) p "
    "WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'"
)
_SQLITE_INDEXES = (
    "SELECT m.name, m.tbl_name, i.name FROM sqlite_master m, pragma_index_info(m.name) i "
    "WHERE m.type = 'index' AND m.sql IS NOT NULL"
)
_POSTGRESQL_COLUMNS = (
    "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_class c "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
    "WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace"
)
_POSTGRESQL_INDEXES = (
    "SELECT i.relname, t.relname, a.attname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid "
    "JOIN pg_class t ON t.oid = x.indrelid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY(x.indkey) "
    "WHERE t.relnamespace = current_schema()::regnamespace AND NOT x.indisprimary"
)
_OURS = ("ix_", "ux_")


@dataclass(slots=True)
class Layout:
    """`columns`: table → column → type as the database words it; `indexes`: name → (table, columns), ours only."""

    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    indexes: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def has(self, table: str, column: str = "") -> bool:
        return table in self.columns and (not column or column in self.columns[table])

    def touching(self, table: str, column: str = "") -> list[str]:
        """Indexes of the table, or of its column."""
        return sorted(
            name for name, (owner, parts) in self.indexes.items() if owner == table and (not column or column in parts)
        )

    def free(self, table: str, wanted: list[str]) -> str:
        """The first of the names that no column of the table has (for a table: `table` empty)."""
        taken = self.columns.get(table, {}) if table else self.columns
        return next(name for name in wanted if name not in taken)


def read_layout(conn: Connection) -> Layout:
    sqlite = dialect_of(conn) == "sqlite"
    layout = Layout()
    for table, column, kind in conn.exec_driver_sql(_SQLITE_COLUMNS if sqlite else _POSTGRESQL_COLUMNS):
        layout.columns.setdefault(table, {})[column] = normal_type(kind)
    parts: dict[str, tuple[str, set[str]]] = {}
    for name, table, column in conn.exec_driver_sql(_SQLITE_INDEXES if sqlite else _POSTGRESQL_INDEXES):
        if name.startswith(_OURS):
            parts.setdefault(name, (table, set()))[1].add(column)
    layout.indexes = {name: (table, frozenset(columns)) for name, (table, columns) in parts.items()}
    return layout


def normal_type(kind: str) -> str:
    """One wording for one type."""
    return kind.lower().replace(", ", ",").replace(" without time zone", "")
