"""The reference of formulas tells the truth: every answer on the page is worked out here."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from partita.base.frozen import FrozenMap
from partita.base.text import words
from partita.formulas import parse, tokens
from partita.formulas.check import check_formula, check_template
from partita.formulas.functions import AGGREGATES, FUNCTIONS, SHOWING, vocabulary
from partita.formulas.python import Env, build, build_template
from partita.formulas.scope import Name, Scope
from partita.formulas.types import (
    WHOLE,
    Boolean,
    Choice,
    Choices,
    Date,
    DateTime,
    Duration,
    Number,
    Rows,
    Text,
    Type,
)
from tests.formulas.pages import REFERENCE, code, rows

OPTIONS = FrozenMap({"low": words({"ru": "Обычный", "en": "Normal"}), "high": words({"ru": "Срочный", "en": "Urgent"})})
COLUMNS: dict[str, Type] = {"qty": WHOLE, "price": Number(2), "ok": Boolean()}
LINES = Name(Rows(FrozenMap(COLUMNS)))
SCOPE = Scope(
    record={
        "qty": Name(WHOLE),
        "price": Name(Number(2)),
        "name": Name(Text()),
        "day": Name(Date()),
        "at": Name(DateTime()),
        "span": Name(Duration()),
        "kind": Name(Choice(("low", "high")), options=OPTIONS),
        "tags": Name(Choices(("red", "green", "blue"))),
        "flag": Name(Boolean()),
        "lines": LINES,
        "nolines": LINES,
        "none": Name(WHOLE),
        "nokind_number": Name(Number(2)),
        "nodate": Name(Date()),
        "notext": Name(Text()),
        "noflag": Name(Boolean()),
        "nokind": Name(Choice(("low", "high"))),
        "nospan": Name(Duration()),
    },
    types={},
)


def env(language: str = "ru") -> Env:
    values = {
        "qty": 7, "price": Decimal("12.50"), "name": "Ёлка", "day": date(2026, 1, 31), "span": timedelta(hours=36),
        "at": datetime(2026, 11, 20, 22, 30, tzinfo=UTC), "kind": "high", "tags": ("red", "green"), "flag": True,
        "lines": ({"qty": 2, "price": Decimal("10.00"), "ok": True}, {"qty": 1, "price": None, "ok": None}),
        "nolines": (),
    }  # fmt: skip
    now = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    zone = ZoneInfo("Europe/Moscow")
    return Env(values=values, old={}, user={}, settings={}, now=now, zone=zone, language=language)


def read(answer: str) -> Any:
    """An answer as it is written on the page."""
    constants = {"true": True, "false": False, "empty": None}
    if answer in constants:
        return constants[answer]
    if answer.startswith('"'):
        return answer.strip('"')
    for reader in (Decimal, date.fromisoformat, time.fromisoformat):
        try:
            return reader(answer)
        except (ValueError, ArithmeticError):
            continue
    raise AssertionError(f"an answer that cannot be read: {answer}")


@pytest.mark.parametrize(("formula", "answer"), [(code(row[0]), row[1]) for row in rows("Formula", "Answer")])
def test_an_answer_of_the_manual_is_the_formulas_answer(formula: str, answer: str) -> None:
    tree, findings = check_formula(formula, None, SCOPE, None, "manual")
    assert tree is not None, [finding.text("en") for finding in findings]
    found = build(tree)(env())
    assert found == read(answer)
    assert isinstance(found, bool) == isinstance(read(answer), bool)


@pytest.mark.parametrize(("template", "ru", "en"), [(code(row[0]), row[1], row[2]) for row in rows("Template", "ru")])
def test_a_template_of_the_manual_looks_as_printed(template: str, ru: str, en: str) -> None:
    tree, findings = check_template(template, None, SCOPE, "manual")
    assert tree is not None, [finding.text("en") for finding in findings]
    shown = [build_template(tree)(env(language)) for language in ("ru", "en")]
    assert [text.replace("\u00a0", " ").replace("\u202f", " ") for text in shown] == [ru, en]


def test_the_manual_has_enough_answers() -> None:
    assert len(list(rows("Formula", "Answer"))) > 100


def test_every_function_stands_in_the_manual_as_it_is_written() -> None:
    page = REFERENCE.read_text(encoding="utf-8").replace("\\|", "|")
    for function in FUNCTIONS.values():
        for usage in filter(None, function.usage.split(" | min(")[0].split(" | max(")[:1]):
            assert f"`{usage}`" in page, usage
    assert f"`{SHOWING}`" in page
    for word in AGGREGATES:
        assert f"`{word}" in page, word
    assert all(f"`{word}" in page for word in vocabulary())


def test_the_limits_of_the_manual_are_those_of_the_parser() -> None:
    page = REFERENCE.read_text(encoding="utf-8")
    limits = (
        f"{tokens.MAX_LENGTH:,} characters, {parse.MAX_NODES} parts, {parse.MAX_DEPTH} nested brackets, "
        f"{parse.MAX_TERMS} operands in one row"
    )
    assert limits in page
