"""Finding: words in any form, phones in any spelling, misspelt names, people of a counterparty."""

from __future__ import annotations

import pytest

from partita.runtime.queries.links import link_options
from partita.runtime.queries.lists import ListRequest, count_by, list_records
from partita.runtime.records.commands import ChangeRecord, DeleteRecord, PerformTransition
from partita.runtime.search.finder import search
from partita.runtime.search.identify import Candidate, identify, prefill
from partita.runtime.words.stems import other_layout, readings
from tests.runtime.support import Desk


def found(desk: Desk, text: str, who: str = "operator") -> list[tuple[str, str]]:
    return [(hit.type.partition(".")[2], hit.title) for hit in search(desk.ctx(who), text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("орион", ("organization", "Орион")),
        ("ОРИОНА", ("organization", "Орион")),
        ("jhbjy", ("organization", "Орион")),
        ("ори", ("organization", "Орион")),
        ("916 123-45-67", ("organization", "Орион")),
        ("8(916)1234567", ("organization", "Орион")),
        ("45-67", ("organization", "Орион")),
        ("7707083893", ("organization", "Орион")),
        ("чёрный пётр", ("contact", "Пётр Чёрный")),
        ("Черный", ("contact", "Пётр Чёрный")),
        ("ракеты", ("product", "Ракета")),
    ],
)
def test_what_people_type_finds_what_they_mean(desk: Desk, text: str, expected: tuple[str, str]) -> None:
    assert expected in found(desk, text)


def test_a_request_is_found_by_its_number_with_and_without_zeros_and_by_who_asked(desk: Desk) -> None:
    desk.inquiry(reference="Исходящее 17")
    for text in ("2026-00001", "00001", "исходящим", "орион"):
        assert ("inquiry", "2026-00001") in found(desk, text), text
    assert [r["title"] for r in list_records(desk.ctx(), "desk.inquiry", ListRequest(text="орион")).rows] == [
        "2026-00001"
    ]


def test_the_index_follows_changes_and_deletions(desk: Desk) -> None:
    made = desk.create("base.product", "chief", name="Дирижабль")
    desk.do(ChangeRecord("base.product", made, 1, {"name": "Аэростат"}), "chief")
    assert (found(desk, "дирижабль"), found(desk, "аэростат")) == ([], [("product", "Аэростат")])
    desk.do(DeleteRecord("base.product", made, 2), "chief")
    assert found(desk, "аэростат") == []


@pytest.mark.parametrize("text", ["", "  ", "ничегоподобного", "'; DROP TABLE", '"*', "^", "- -"])
def test_nothing_is_found_by_nothing(desk: Desk, text: str) -> None:
    assert found(desk, text) == []


def who(desk: Desk, text: str) -> list[Candidate]:
    return list(identify(desk.ctx(), "base.organization", text))


def test_a_counterparty_is_known_by_phone_code_name_and_by_its_people(desk: Desk) -> None:
    for text in ("+7 916 1234567", "8-916-123-45-67", "1234567", "7707083893", "орион", "oрион", "Jhbjy"):
        assert who(desk, text)[0].title == "Орион", text
    person = who(desk, "8 701 123 45 67")[0]
    assert (person.title, person.via) == ("Орион", "Пётр Чёрный")
    assert (person.via_type, person.via_id) == ("base.contact", desk.ids["petr"])
    assert person.matched == "+7 701 123 4567"
    assert [c.title for c in who(desk, "чёрный")] == ["Орион"]


def test_a_misspelt_name_is_still_known(desk: Desk) -> None:
    assert who(desk, "Арион")[0].title == "Орион"
    assert who(desk, "Сирус")[0].title == "Сириус"
    assert who(desk, "абвгдежз") == []


def test_a_candidate_tells_where_he_is_and_how_many_requests_stand_open(desk: Desk) -> None:
    first = desk.inquiry()
    desk.inquiry()
    desk.do(PerformTransition("desk.inquiry", first, 1, "cancel", {"reason": "r"}))
    candidate = who(desk, "орион")[0]
    assert (candidate.details["region"], candidate.open_requests) == ("Север", 1)
    assert candidate.details["inn"] == "7707083893"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("8 916 000 11 22", {"phone": "+79160001122"}),
        ("ivan@example.ru", {"email": "ivan@example.ru"}),
        ("7707083893", {"inn": "7707083893"}),
        (" Ромашка ", {"name": "Ромашка"}),
        ("123-45", {}),
    ],
)
def test_what_was_typed_fills_the_new_card(desk: Desk, text: str, values: dict[str, str]) -> None:
    assert prefill(desk.ctx(), "base.organization", text) == values


def test_a_link_offers_what_its_filter_and_the_text_leave(desk: Desk) -> None:
    other = desk.create("base.contact", "chief", name="Пётр Белый", organization=desk.ids["vega"])
    ctx = desk.ctx()

    def offered(values: dict[str, int], text: str = "") -> list[str]:
        return [o.title for o in link_options(ctx, "desk.inquiry", "contact", values, text)]

    assert offered({"counterparty": desk.ids["orion"]}) == ["Пётр Чёрный"]
    assert offered({"counterparty": desk.ids["vega"]}, "пётр") == ["Пётр Белый"]
    assert offered({"counterparty": desk.ids["vega"]}, "черн") == []
    assert other
    options = link_options(ctx, "desk.inquiry", "counterparty", {}, "орион")
    assert [o.hint for o in options] == ["+7 916 123-45-67, 7707083893"]


def test_records_are_tallied_by_a_field(desk: Desk) -> None:
    desk.inquiry(), desk.inquiry(priority="high", pair=[{}, {}]), desk.inquiry()
    assert count_by(desk.ctx(), "desk.inquiry", "priority", ListRequest()) == {"normal": 2, "high": 1}


def test_words_of_a_question_are_stems_and_phones_are_digits() -> None:
    assert readings("Закупками оборудования") == readings("закупка оборудование")
    assert readings("+7 (916) 123-45-67")[0] == ("9161234567",)
    assert readings("123-45") == (("123", "45"), ("12345",))
    assert readings(" - ") == ()
    assert other_layout("Ghbdtn") == "привет"
