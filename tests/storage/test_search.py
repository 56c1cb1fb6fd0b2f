"""The index of words answers the same on both databases, and as a few lines of Python do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partita.storage import search_index
from partita.storage.database import Database, open_database
from partita.storage.search_index import Found, split
from tests.storage.conftest import put_in_force
from tests.storage.models import model

WORDS = [
    "ёлка",
    "ЕЛКА",
    "елки",
    "ель",
    "foo",
    "FOO-7",
    "семь7",
    "7",
    "+7 916",
    "ñandú",
    "İ",
    "ß",
    "ſ",
    "ⅷ",
    "日本",
    "'",
    '"',
    "a:b",
    "*",
    "not",
    "OR",
    "х*",
    "½",
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join) | st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), max_size=12
)


class Undo(Exception):
    pass


@pytest.fixture(scope="module")
def index(module_database_url: str) -> Iterator[Database]:
    db = open_database(module_database_url)
    put_in_force(db, model())
    yield db
    db.close()


def expected(records: list[tuple[str, int, str, str]], asked: list[str], prefix: bool) -> list[Found]:
    terms = [word for text in asked for word in split(text)]
    if not terms:
        return []

    def holds(words: list[str]) -> bool:
        last = any(word.startswith(terms[-1]) for word in words) if prefix else terms[-1] in words
        return last and all(term in words for term in terms[:-1])

    found = []
    for place, (kind, number, title, body) in enumerate(records):
        if holds([*split(title), *split(body)]):
            found.append((-int(holds(split(title))), -place, Found(kind, number, int(holds(split(title))))))
    return [item for _, _, item in sorted(found, key=lambda entry: entry[:2])]


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_indexed_and_asked_both_databases_answer_as_python_does(
    index: Database, data: st.DataObject
) -> None:
    texts = data.draw(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
    asked, prefix = data.draw(st.lists(TEXTS, max_size=3)), data.draw(st.booleans())
    records = [("base.a" if n % 2 else "base.b", n, title, body) for n, (title, body) in enumerate(texts)]
    try:
        with index.write() as conn:
            for kind, number, title, body in records:
                search_index.put(conn, kind, number, title, body)
            assert search_index.find(conn, asked, prefix) == expected(records, asked, prefix)
            only = [item for item in expected(records, asked, prefix) if item.type == "base.a"]
            assert search_index.find(conn, asked, prefix, types=["base.a"]) == only
            raise Undo
    except Undo:
        pass


def test_a_record_is_indexed_anew_forgotten_and_paged(install: Any) -> None:
    db, _ = install(model())
    with db.write() as conn:
        for number in range(5):
            search_index.put(conn, "base.a", number, "Ёлка", "старое")
        search_index.put(conn, "base.a", 3, "Сосна", "новое")
        search_index.drop(conn, "base.a", 4)
        search_index.drop(conn, "base.a", 99)

        def found(*words: str, **more: Any) -> list[int]:
            return [item.id for item in search_index.find(conn, words, **more)]

        assert found("елк") == [2, 1, 0]
        assert found("елк", prefix_last=False) == []
        assert found("елка", limit=2, offset=1) == [1, 0]
        assert found("старое", "елка") == [2, 1, 0]
        assert found("новое") == [3]
        assert found("елка", types=[]) == []
        assert found() == []
