"""Names of tables and columns never meet, whatever an author calls his things."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from partita.storage.database import Database
from partita.storage.naming import column_name, fold_name, index_name, retired_name, table_name
from partita.storage.schema.plan import make_plan
from tests.storage.conftest import put_in_force
from tests.storage.models import book, field, model

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,39}", fullmatch=True) | st.sampled_from(
    ["a", "b", "a__b", "b__c", "a_", "zz_a", "sys", "fold", "f"]
)
PATHS = st.tuples(NAMES, NAMES) | st.tuples(NAMES, NAMES, NAMES) | st.tuples(NAMES, NAMES, NAMES, NAMES)


def physical(path: tuple[str, ...]) -> str:
    return table_name(".".join(path[:2]), *path[2:])


@given(one=PATHS, two=PATHS)
@settings(max_examples=200)
def test_two_things_never_have_the_same_table(one: tuple[str, ...], two: tuple[str, ...]) -> None:
    assert (physical(one) == physical(two)) == (one == two)
    assert len(physical(one)) <= 63
    assert not physical(one).startswith(("sys_", "zz_"))


@given(one=NAMES, two=NAMES)
@settings(max_examples=200)
def test_two_fields_never_have_the_same_column(one: str, two: str) -> None:
    assert (column_name(one) == column_name(two)) == (one == two)
    assert (fold_name(one) == fold_name(two)) == (one == two)
    assert column_name(one) != fold_name(two)
    assert not column_name(one).startswith("zz_")
    assert len(retired_name(fold_name(one), 999)) <= 63


@given(path=PATHS, columns=st.lists(NAMES, min_size=1, max_size=4))
def test_an_index_is_named_by_what_it_is(path: tuple[str, ...], columns: list[str]) -> None:
    name = index_name("ix", physical(path), tuple(columns))
    assert len(name) <= 63
    assert name != index_name("ux", physical(path), tuple(columns))
    assert name != index_name("ix", physical(path), (*columns, "id"))


def test_the_longest_and_the_strangest_names_make_tables(database: Database) -> None:
    long, words = (
        "n" * 40,
        (
            "order",
            "group",
            "user",
            "select",
            "xmin",
            "ctid",
            "rowid",
            "oid",
            "version_",
            "title_fold",
            "zz_a",
            "a__b",
            "position",
            "record_id",
            "target_id",
        ),
    )
    fields = (*(field(word, "text", search=True) for word in words), field(long, "text", search=True, unique=True))
    inside = tuple(field(word, "integer", index=True) for word in words)
    wanted = model(
        book(
            f"{long}.{long}",
            *fields,
            field("l" * 40, "table", fields=(*inside, field("k" * 40, "links", to=f"{long}.{long}"))),
        ),
        book("table.column", *fields, field("links", "links", to="a.b__c")),
        book("a.b__c", field("name", "text")),
        book("a.b", field("c", "table", fields=(field("name", "text"),)), field("d", "link", to="table.column")),
    )
    put_in_force(database, wanted)
    with database.read() as conn:
        assert make_plan(conn, wanted).empty
    put_in_force(database, model())
    put_in_force(database, wanted)
    with database.read() as conn:
        assert make_plan(conn, wanted).empty
