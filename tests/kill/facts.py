"""What stands in the database and in the folder of files, read by the bare drivers: no product code between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from pysqlite3 import dbapi2

from tests.support.postgres import plain

Row = tuple[Any, ...]


class Facts:
    """Statements are the same for both databases; money is compared only with money."""

    def __init__(self, connection: Any, sqlite: bool) -> None:
        self.connection, self.sqlite = connection, sqlite

    def rows(self, statement: str) -> list[Row]:
        cursor = self.connection.cursor()
        cursor.execute(statement)
        found = [tuple(row) for row in cursor.fetchall()]
        cursor.close()
        return found

    def one(self, statement: str) -> Any:
        return self.rows(statement)[0][0]

    def tables(self) -> list[str]:
        names = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1"
            if self.sqlite
            else "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
        )
        return [str(row[0]) for row in self.rows(names)]

    def columns(self, table: str) -> list[str]:
        names = (
            f"SELECT name FROM pragma_table_info('{table}') ORDER BY 1"
            if self.sqlite
            else f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' ORDER BY 1"
        )
        return [str(row[0]) for row in self.rows(names)]


@contextmanager
def facts(url: str) -> Iterator[Facts]:
    sqlite = url.startswith("sqlite")
    connection = dbapi2.connect(url.removeprefix("sqlite:///")) if sqlite else psycopg.connect(plain(url))
    try:
        yield Facts(connection, sqlite)
    finally:
        connection.close()
