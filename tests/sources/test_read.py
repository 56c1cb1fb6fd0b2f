"""The strict reader: plain data with a place for every key and value; the ground rules of scalars."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partita.sources.document import Document
from partita.sources.read import read_text


def one(text: str) -> Document:
    documents, findings = read_text(text, "f.yaml")
    assert findings == ()
    (document,) = documents
    return document


def codes(text: str) -> list[str]:
    return [f"{finding.code} {str(finding.span).partition(':')[2]}" for finding in read_text(text, "f.yaml")[1]]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("0", 0),
        ("-5", -5),
        ("007", "007"),
        ("+79161234567", "+79161234567"),
        ("12:30", "12:30"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        ("0x10", "0x10"),
        (".5", ".5"),
        ("5.", "5."),
        ("1.50", Decimal("1.50")),
        ("-0.10", Decimal("-0.10")),
        ("1.2.3", "1.2.3"),
        ("2026-11-21", "2026-11-21"),
        ("'5'", "5"),
        ('"true"', "true"),
        ("'~'", "~"),
        ("=", "="),
        ("7707083893", 7707083893),
        ("40702810900000000001", 40702810900000000001),
    ],
)
def test_a_scalar_means_what_it_looks_like(text: str, value: Any) -> None:
    found = one(f"a: {text}\n").data["a"]
    assert found == value
    assert type(found) is type(value)


def test_every_key_and_value_has_its_place() -> None:
    document = one("kind: role\nfields:\n  name: {type: text, must: 'a == b'}\n  list: [x, 15]\n")
    assert str(document.keys["fields", "name"]) == "f.yaml:3:3"
    assert str(document.values["fields", "name", "type"]) == "f.yaml:3:16"
    must = document.values["fields", "name", "must"]
    assert (must.column, must.end_column) == (29, 35)
    assert str(document.values["fields", "list", 1]) == "f.yaml:4:13"


def test_places_count_letters_not_bytes() -> None:
    assert str(one("Ключ: {Ещё: значение}\n").values["Ключ", "Ещё"]) == "f.yaml:1:13"


def test_places_are_right_in_later_documents_and_with_foreign_line_ends() -> None:
    documents, findings = read_text("\ufeff# note\r\na: 1\r\n---\r\nb:\r\n  c: 2\r\n", "f.yaml")
    assert findings == ()
    assert [dict(d.data) for d in documents] == [{"a": 1}, {"b": {"c": 2}}]
    assert str(documents[1].values["b", "c"]) == "f.yaml:5:6"


def test_a_missing_value_is_pointed_at_by_the_nearest_thing_above() -> None:
    document = one("name: x\nfields:\n  a: {type: text}\n")
    assert str(document.key("fields", "a", "to")) == "f.yaml:3:3"
    assert str(document.at("grants")) == "f.yaml:1:7"


def test_an_empty_file_and_a_file_of_comments_hold_nothing() -> None:
    assert read_text("", "f.yaml") == ((), ())
    assert read_text("# nothing\n\n  # here\n", "f.yaml") == ((), ())


def test_long_text_is_read_whole() -> None:
    document = one("a: >\n  one\n  two\nb: |\n  x\n  y\n")
    assert document.data == {"a": "one two\n", "b": "x\ny\n"}


def test_all_mistakes_of_a_document_are_told_at_once() -> None:
    assert codes("a: 1\na: 2\nb: ~\nc: &x 1\nd: !!int 5\n<<: {e: 1}\n") == [
        "Y007 2:1",
        "Y011 3:1",
        "Y008 4:4",
        "Y009 5:4",
        "Y010 6:1",
    ]


def test_a_repeat_shows_the_first_place() -> None:
    (finding,) = read_text("a: 1\nb: 2\na: 3\n", "f.yaml")[1]
    assert str(finding.notes[0].span) == "f.yaml:1:1"


def test_a_mistake_in_one_document_leaves_the_others() -> None:
    documents, findings = read_text("kind: a\nname: b\n x: 1\n---\nkind: c\nname: d\n", "f.yaml")
    assert [f.code for f in findings] == ["Y006"]
    assert [(d.data["name"], d.broken) for d in documents] == [("b", True), ("d", False)]


def test_what_is_left_out_is_remembered_by_name() -> None:
    documents, _ = read_text("kind: a\nfields:\n  one: ~\n  two: {type: text}\n", "f.yaml")
    assert documents[0].damaged == {"one"}
    assert documents[0].data["fields"] == {"two": {"type": "text"}}


def test_tabs_are_told_once_each_and_nothing_beside() -> None:
    assert codes("a:\n\tb: 1\n\tc: 2\n") == ["Y005 2:1", "Y005 3:1"]


def test_a_tab_inside_a_line_is_no_mistake() -> None:
    assert one("a:\t1\nb: 'x\ty'\n").data == {"a": 1, "b": "x\ty"}


def test_repeats_of_one_invisible_character_are_told_to_a_limit() -> None:
    assert len(codes("a\u200b" * 1000)) == 20


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    documents, findings = read_text(text, "f.yaml")
    for finding in findings:
        assert finding.span
        assert finding.text("ru")
    for document in documents:
        assert isinstance(dict(document.data), dict)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_answered(raw: bytes) -> None:
    read_text(raw.decode("utf-8", errors="surrogateescape"), "f.yaml")


SCALARS = st.integers(-(10**9), 10**9) | st.booleans() | st.text(alphabet="abвг 12-", min_size=1, max_size=6)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet="abc", min_size=1), inner, max_size=3),
    max_leaves=8,
)


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}": {_written(item)}' for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_written(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else f'"{value}"'


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.text(alphabet="abc", min_size=1), TREES, min_size=1, max_size=4))
def test_what_is_written_is_read_and_every_leaf_has_a_place(tree: dict[str, Any]) -> None:
    document = one(_written(tree))
    assert document.data == tree

    def visit(value: Any, pointer: tuple[str | int, ...]) -> None:
        assert pointer == () or pointer in document.values
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, item in items:
            visit(item, (*pointer, key))

    visit(tree, ())
