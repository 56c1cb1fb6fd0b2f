"""What was typed: gathered by fields, rows and pickers."""

from __future__ import annotations

from partita.base.frozen import FrozenMap
from partita.model.field import Field
from partita.screens.answers import Typed, field_of, gather, without_blanks

LABEL = FrozenMap({"en": "x"})
LINES = Field(
    name="lines",
    type="table",
    label=LABEL,
    fields=(Field(name="qty", type="decimal", label=LABEL), Field(name="gift", type="boolean", label=LABEL)),
)


def test_values_words_and_rows_are_gathered_by_field() -> None:
    found = gather((("note", "a"), ("tags", "x"), ("tags", "y"), ("customer__text", "орион"), ("customer", "")))
    assert found["note"] == Typed(("a",))
    assert found["tags"].values == ("x", "y")
    assert found["customer"] == Typed(("",), "орион")


def test_rows_keep_the_order_of_their_positions_not_of_the_pairs() -> None:
    found = gather((("lines.10.qty", "10"), ("lines.2.qty", "2"), ("lines.2.id", "7")))
    assert [row["qty"].values for row in found["lines"].rows] == [("2",), ("10",)]
    assert found["lines"].rows[0]["id"].values == ("7",)


def test_positions_that_are_no_numbers_are_no_rows() -> None:
    assert "lines" not in gather((("lines.x.qty", "1"), ("lines..qty", "1"), ("lines.1", "1")))


def test_new_rows_without_a_word_are_dropped_and_stored_ones_stay() -> None:
    blank = {"id": Typed(("",)), "qty": Typed(("",)), "gift": Typed(("0",))}
    stored = {**blank, "id": Typed(("5",))}
    ticked = {**blank, "gift": Typed(("0", "1"))}
    assert without_blanks(LINES, (blank, stored, ticked)) == (stored, ticked)


def test_a_path_belongs_to_its_field() -> None:
    assert [field_of(path) for path in ("note", "customer__text", "lines.0.qty")] == ["note", "customer", "lines"]
