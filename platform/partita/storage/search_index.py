"""One index of words over all records: FTS5 on SQLite, tsvector on PostgreSQL, the same answers from both.

The caller prepares the text (folded, stemmed). It is split into words here, by one rule, and both databases are given
the words as they are: neither database's own splitting or folding can make a difference.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from partita.base.text import fold
from partita.storage import sets
from partita.storage.conditions import Matches
from partita.storage.sqltypes import PlainText
from partita.storage.statements import Connection, Prepared, dialect_of

EXTRAS = {
    "sqlite": (
        (
            "SELECT 1 FROM sqlite_master WHERE name = 'sys_search_words'",
            "CREATE VIRTUAL TABLE sys_search_words USING fts5"
            "(title, body, content='', contentless_delete=1, detail=column, tokenize='ascii')",
        ),
    ),
    "postgresql": tuple(
        (
            f"SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass('sys_search') AND attname = '{name}'",
            f"ALTER TABLE sys_search ADD COLUMN {name} tsvector",
            f"CREATE INDEX gin_sys_search__{name} ON sys_search USING gin ({name})",
        )
        for name in ("title_words", "all_words")
    ),
}
"""What each database needs beside the tables: a question whether it is there, and the statements that make it."""

LONGEST = 64
MOST = 20_000
"""Characters of a word and words of a record that are indexed; the rest is cut, the same on both databases."""


@dataclass(frozen=True, slots=True)
class Found:
    """`score`: 1 when all words stand in the title, else 0."""

    type: str
    id: int
    score: int


def split(text: str) -> list[str]:
    """Words of letters and digits, without repeats."""
    spaced = "".join(c if c.isalnum() else " " for c in fold(text.lower()))
    return list(dict.fromkeys(word[:LONGEST] for word in spaced.split()))[:MOST]


def put(conn: Connection, type_name: str, record_id: int, title: str, body: str) -> None:
    """Index a record anew."""
    dialect = dialect_of(conn)
    given = {"record_type": type_name, "record_id": record_id, "title": title, "body": body}
    row = _PUT.first(conn, **given)
    assert row is not None
    titles, bodies = split(title), split(body)
    if dialect == "sqlite":
        _UNINDEX.run(conn, id=row[0])
        _INDEX.run(conn, id=row[0], title=" ".join(titles), body=" ".join(bodies))
    else:
        both = list(dict.fromkeys([*titles, *bodies]))
        _VECTORS.run(conn, id=row[0], title=titles, words=both)


def drop(conn: Connection, type_name: str, record_id: int) -> None:
    """Forget a record."""
    row = _DROP.first(conn, record_type=type_name, record_id=record_id)
    if row is not None and dialect_of(conn) == "sqlite":
        _UNINDEX.run(conn, id=row[0])


def find(
    conn: Connection,
    words: Sequence[str],
    prefix_last: bool = True,
    types: Sequence[str] | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[Found]:
    """Records that hold all the words, those with all of them in the title first, then the newest."""
    asked = Matches(tuple(words), prefix_last)
    dialect = dialect_of(conn)
    if not _terms(asked):
        return []
    params = {
        "in_title": query_maker(dialect, "title")(asked),
        "anywhere": query_maker(dialect)(asked),
        "types": types,
        "most": limit,
        "skip": offset,
    }
    return [Found(*row) for row in _FIND.rows(conn, **params)]


def query_maker(dialect: str, column: str = "") -> Callable[[Matches], str]:
    """Turns asked words into the query text of the dialect."""
    if dialect == "sqlite":
        only = f"{{{column}}} : " if column else ""
        return lambda asked: only + "(" + " AND ".join(_sqlite_term(*term) for term in _terms(asked)) + ")"
    return lambda asked: " & ".join(_postgresql_term(*term) for term in _terms(asked))


def found(owner: sa.ColumnElement[Any], type_name: str, hole: str, dialect: str) -> sa.ColumnElement[bool]:
    """`owner` is a record of the type whose text matches the query of the hole."""
    query = sa.bindparam(hole, type_=sa.Text())
    search = sa.table("sys_search", sa.column("id"), sa.column("record_type"), sa.column("record_id"))
    matching = sa.select(search.c.record_id).where(search.c.record_type == sa.literal(type_name, PlainText()))
    if dialect == "sqlite":
        words = sa.table("sys_search_words", sa.column("rowid"))
        held = sa.select(words.c.rowid).where(sa.literal_column("sys_search_words").op("MATCH")(query))
        return owner.in_(matching.where(search.c.id.in_(held)))
    vector: sa.ColumnElement[Any] = sa.literal_column("sys_search.all_words")
    return owner.in_(matching.where(vector.op("@@")(sa.cast(query, postgresql.TSQUERY()))))


def _terms(asked: Matches) -> list[tuple[str, bool]]:
    words = [word for given in asked.words for word in split(given)]
    return [(word, asked.prefix_last and number == len(words) - 1) for number, word in enumerate(words)]


def _sqlite_term(word: str, begun: bool) -> str:
    return f'"{word}" *' if begun else f'"{word}"'


def _postgresql_term(word: str, begun: bool) -> str:
    return f"'{word}':*" if begun else f"'{word}'"


_PUT = Prepared(
    sa.text(
        "INSERT INTO sys_search (record_type, record_id, title, body) VALUES (:record_type, :record_id, :title, :body) "
        "ON CONFLICT (record_type, record_id) DO UPDATE SET title = excluded.title, body = excluded.body RETURNING id"
    )
)
_DROP = Prepared(
    sa.text("DELETE FROM sys_search WHERE record_type = :record_type AND record_id = :record_id RETURNING id")
)
_UNINDEX = Prepared(sa.text("DELETE FROM sys_search_words WHERE rowid = :id"))
_INDEX = Prepared(sa.text("INSERT INTO sys_search_words (rowid, title, body) VALUES (:id, :title, :body)"))
_VECTORS = Prepared(
    sa.text(
        "UPDATE sys_search SET title_words = array_to_tsvector(CAST(:title AS text[])), "
        "all_words = array_to_tsvector(CAST(:words AS text[])) WHERE id = :id"
    )
)
_FINDS = {
    "sqlite": (
        "SELECT s.record_type, s.record_id, s.id IN (SELECT rowid FROM sys_search_words WHERE sys_search_words "
        "MATCH :in_title) AS score FROM sys_search s WHERE s.id IN (SELECT rowid FROM sys_search_words WHERE "
        "sys_search_words MATCH :anywhere) "
        "AND (:types IS NULL OR s.record_type IN (SELECT value FROM json_each(:types))) "
    ),
    "postgresql": (
        "SELECT s.record_type, s.record_id, "
        "CAST(coalesce(s.title_words @@ CAST(:in_title AS tsquery), false) AS integer) AS score "
        "FROM sys_search s WHERE s.all_words @@ CAST(:anywhere AS tsquery) "
        "AND (CAST(:types AS text[]) IS NULL OR s.record_type = ANY(CAST(:types AS text[]))) "
    ),
}
_ORDER = "ORDER BY score DESC, s.id DESC LIMIT :most OFFSET :skip"
_TYPES = sa.bindparam("types", type_=sets.SetOf(PlainText()))
_FIND = Prepared(lambda dialect: sa.text(_FINDS[dialect] + _ORDER).bindparams(_TYPES))
