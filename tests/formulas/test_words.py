"""The plain-language reading, for «why»."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from partita.formulas.check import check_formula
from partita.formulas.functions import FUNCTIONS
from partita.formulas.types import Boolean
from partita.formulas.words import read
from tests.formulas.texts import formulas
from tests.formulas.world import SCOPE

LABELS = {
    "flag": "Новое изделие",
    "kind": "Приоритет",
    "kind=high": "Срочный",
    "kind=low": "Обычный",
    "day": "Срок",
    "qty": "Количество",
    "lines": "Строки",
    "lines.qty": "Количество",
    "lines.ok": "Согласовано",
    "kind.class": "Класс решения",
    "kind.class=accept": "принято",
    "helpers": "Исполнители",
    "org.region": "Регион",
    "name": "Имя",
    "settings.limit": "Предел",
    "tags": "Метки",
    "tags=red": "красная",
    "lines.price": "Цена",
    "price": "Цена",
}


def reading(text: str, language: str = "ru", holds: bool = True) -> str:
    tree, findings = check_formula(text, None, SCOPE, Boolean(), "x")
    assert tree is not None, [finding.text("en") for finding in findings]
    return read(tree, language, lambda path: LABELS.get(path, ""), holds)


@pytest.mark.parametrize(
    ("text", "said", "denied"),
    [
        ("flag", "«Новое изделие» отмечено", "«Новое изделие» не отмечено"),
        ("not flag", "«Новое изделие» не отмечено", "«Новое изделие» отмечено"),
        ("kind == high", "«Приоритет» — «Срочный»", "«Приоритет» — не «Срочный»"),
        ("high == kind", "«Приоритет» — «Срочный»", "«Приоритет» — не «Срочный»"),
        (
            "kind in (low, high)",
            "«Приоритет» — одно из: «Обычный», «Срочный»",
            "«Приоритет» — ни одно из: «Обычный», «Срочный»",
        ),
        ("org.region is not empty", "«Регион» заполнено", "«Регион» не заполнено"),
        ("day < today()", "«Срок» раньше, чем сегодня", "«Срок» не раньше, чем сегодня или «Срок» не заполнено"),
        (
            "qty * price > settings.limit",
            "«Количество» × «Цена» больше «Предел»",
            "«Количество» × «Цена» не больше «Предел» или «Предел» не заполнено",
        ),
        (
            "flag and kind == high",
            "«Новое изделие» отмечено и «Приоритет» — «Срочный»",
            "«Новое изделие» не отмечено или «Приоритет» — не «Срочный»",
        ),
        (
            "flag and (qty > 1 or qty < 0)",
            "«Новое изделие» отмечено и («Количество» больше 1 или «Количество» меньше 0)",
            "«Новое изделие» не отмечено или («Количество» не больше 1 или «Количество» не заполнено и "
            "«Количество» не меньше 0 или «Количество» не заполнено)",
        ),
        (
            "all(lines, ok)",
            "во всех строках «Строки»: «Согласовано» отмечено",
            "хотя бы в одной строке «Строки»: «Согласовано» не отмечено",
        ),
        (
            "sum(lines.qty) > 3",
            "сумма «Количество» по строкам «Строки» больше 3",
            "сумма «Количество» по строкам «Строки» не больше 3",
        ),
        ("lines is empty", "«Строки» не заполнено", "«Строки» заполнено"),
        ("kind.class == accept", "«Класс решения» — «принято»", "«Класс решения» — не «принято»"),
        ("red in tags", "среди «Метки» есть «красная»", "среди «Метки» нет «красная»"),
        ("contains(name, 'ооо')", "«Имя» содержит «ооо»", "неверно, что «Имя» содержит «ооо»"),
        (
            "0 < qty <= 10",
            "0 меньше «Количество» и «Количество» не больше 10",
            "0 не меньше «Количество» или «Количество» не заполнено или «Количество» больше 10 или «Количество» "
            "не заполнено",
        ),
    ],
)
def test_a_condition_reads_as_a_person_says_it(text: str, said: str, denied: str) -> None:
    assert reading(text) == said
    assert reading(text, holds=False) == denied


def test_english_reads_likewise() -> None:
    assert reading("flag and day >= today()", "en") == "«Новое изделие» is ticked and «Срок» is not before today"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=formulas("bool"))
def test_everything_has_a_reading_in_every_language(text: str) -> None:
    tree, _ = check_formula(text, None, SCOPE, Boolean(), "x")
    if tree is not None:
        for language in ("ru", "en", "kk"):
            for holds in (True, False):
                assert read(tree, language, lambda path: "", holds)


def test_every_function_has_words() -> None:
    for function in FUNCTIONS.values():
        assert {"ru", "en"} <= set(function.words), function.name
