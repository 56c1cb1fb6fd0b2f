from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partita.base.errors import Problem
from partita.base.frozen import FrozenMap
from partita.model.field import Field, Option
from partita.runtime.codecs.locale import Locale
from partita.runtime.codecs.registry import CODECS, codec_of

MOSCOW = ZoneInfo("Europe/Moscow")
RU = Locale("ru", MOSCOW, date(2026, 11, 21))
EN = Locale("en", MOSCOW, date(2026, 11, 21))
OPTIONS = FrozenMap(
    {
        "low": Option(name="low", label=FrozenMap({"ru": "Низкий", "en": "Low"}), code="1"),
        "high": Option(name="high", label=FrozenMap({"ru": "Высокий", "en": "High"}), code="2"),
    }
)


def field(kind: str, **more: Any) -> Field:
    return Field(name="x", type=kind, label=FrozenMap({"ru": "Икс"}), **more)


def decode(raw: str | Sequence[str] | None, locale: Locale, kind: str, **more: Any) -> Any:
    found = field(kind, **more)
    return codec_of(found).decode(raw, found, locale)


@pytest.mark.parametrize(
    ("text", "locale", "number"),
    [
        ("1 200,50", RU, "1200.50"),
        ("1\u202f200,50", RU, "1200.50"),
        ("1\u00a0200.5", RU, "1200.50"),
        ("1.200,50", RU, "1200.50"),
        ("1,200.50", RU, "1200.50"),
        ("1,200", EN, "1200"),
        ("1,200", RU, "1.20"),
        ("1.200.300", RU, "1200300"),
        ("−5", RU, "-5"),
        ("+7", RU, "7"),
        (",5", RU, "0.5"),
        ("12 руб.", RU, "12"),
        ("$ 1,200.50", EN, "1200.50"),
    ],
)
def test_money_is_read_as_people_type_it(text: str, locale: Locale, number: str) -> None:
    assert decode(text, locale, "money", scale=2) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["двести", "1e5", "1,2,3", "1.23.4", "--5", "5-", "0x10", "٣", "9" * 17, "1,005", "NaN"]
)
def test_what_is_no_money_is_refused(text: str) -> None:
    assert decode(text, RU, "money", scale=2).code == "W005"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24.11.2026", date(2026, 11, 24)),
        ("24.11.26", date(2026, 11, 24)),
        ("24.11", date(2026, 11, 24)),
        ("2026-11-24", date(2026, 11, 24)),
        ("24/11/2026", date(2026, 11, 24)),
        ("24 ноября 2026 г.", date(2026, 11, 24)),
        ("24 Nov 2026", date(2026, 11, 24)),
        ("Nov 24, 2026", date(2026, 11, 24)),
        ("завтра", date(2026, 11, 22)),
        ("Послезавтра", date(2026, 11, 23)),
        ("+3д", date(2026, 11, 24)),
        ("-1н", date(2026, 11, 14)),
        ("+1м", date(2026, 12, 21)),
        ("+1y", date(2027, 11, 21)),
        ("пт", date(2026, 11, 27)),
        ("сб", date(2026, 11, 21)),
        ("29.02.2028", date(2028, 2, 29)),
    ],
)
def test_dates_are_read_as_people_type_them(text: str, day: date) -> None:
    assert decode(text, RU, "date") == day


@pytest.mark.parametrize(
    "text", ["31.02.2026", "вчераа", "2026", "24.13.2026", "0001-01-01", "+99999999y", "24 мартобря"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert decode(text, RU, "date").code == "W005"


def test_an_english_date_with_slashes_is_taken_only_where_it_cannot_be_mistaken() -> None:
    assert decode("03/04/2026", EN, "date").code == "W005"
    assert decode("11/24/2026", EN, "date") == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("24.11.2026 15:00", datetime(2026, 11, 24, 12, 0, tzinfo=UTC)),
        ("2026-11-24T15:00", datetime(2026, 11, 24, 12, 0, tzinfo=UTC)),
        ("2026-11-24T15:00:30+05:00", datetime(2026, 11, 24, 10, 0, 30, tzinfo=UTC)),
        ("пт 15:00", datetime(2026, 11, 27, 12, 0, tzinfo=UTC)),
        ("завтра в 9:30", datetime(2026, 11, 22, 6, 30, tzinfo=UTC)),
        ("24.11", datetime(2026, 11, 23, 21, 0, tzinfo=UTC)),
    ],
)
def test_moments_are_read_in_the_persons_zone(text: str, moment: datetime) -> None:
    assert decode(text, RU, "datetime") == moment


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("8 (916) 123-45-67", "+79161234567"),
        ("+7 916 123 45 67", "+79161234567"),
        ("89161234567", "+79161234567"),
        ("9161234567", "+79161234567"),
        ("+7 (701) 123-45-67", "+77011234567"),
        ("8 701 123 45 67", "+77011234567"),
        ("+44 20 7946 0958", "+442079460958"),
        ("+7 495 123-45-67 доб. 12", "+74951234567;ext=12"),
    ],
)
def test_phones_in_any_spelling_become_one(text: str, number: str) -> None:
    assert decode(text, RU, "phone") == number


@pytest.mark.parametrize("text", ["12", "телефон", "+7 000", "8 (916) 123"])
def test_what_is_no_phone_is_refused(text: str) -> None:
    assert decode(text, RU, "phone").code == "W005"


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("inn", "7707083893", "7707083894"),
        ("inn", "500100732259", "500100732258"),
        ("kpp", "770701001", "77070100"),
        ("ogrn", "1027700132195", "1027700132196"),
        ("bin", "971240001315", "971240001316"),
        ("bik", "044525225", "0445252"),
        ("account", "40702810400000012345", "4070281040000001234"),
        ("snils", "112-233-445 95", "112-233-445 96"),
        ("iban", "DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 01"),
    ],
)
def test_official_codes_are_checked_by_their_keys(kind: str, right: str, wrong: str) -> None:
    assert isinstance(decode(right, RU, "code", format=kind), str)
    assert decode(wrong, RU, "code", format=kind).code == "W005"


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("text", "  Пётр \u00a0 и  ко ", "Пётр и ко"),
        ("text", "   ", None),
        ("text", "и\u0306\u202e", "й"),
        ("multiline", "a  \r\nb\n", "a\nb"),
        ("email", "Ivan@EXAMPLE.ru", "Ivan@example.ru"),
        ("url", "example.ru/x", "https://example.ru/x"),
        ("boolean", "да", True),
        ("boolean", "0", False),
        ("time", "9:30 pm", time(21, 30)),
        ("duration", "2 ч 30 мин", timedelta(hours=2, minutes=30)),
        ("duration", "1:30", timedelta(minutes=90)),
        ("integer", "1 200", 1200),
        ("link", "17", 17),
        ("links", ["3", "1", "3"], (3, 1)),
        ("choices", ["high", "low"], ("low", "high")),
    ],
)
def test_inputs_become_canonical_values(kind: str, raw: Any, value: Any) -> None:
    assert decode(raw, RU, kind, options=OPTIONS) == value


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("text", "x" * 501, "W010"),
        ("email", "ivan@", "W005"),
        ("email", "a@b@c.ru", "W005"),
        ("url", "javascript:alert(1)", "W005"),
        ("url", "ftp://example.ru", "W005"),
        ("boolean", "может", "W005"),
        ("time", "25:00", "W005"),
        ("duration", "вечность", "W005"),
        ("integer", "1,5", "W005"),
        ("integer", "9" * 30, "W005"),
        ("link", "-1", "W005"),
        ("link", "1 or 1=1", "W005"),
        ("choice", "highest", "W006"),
        ("choices", ["low", "highest"], "W006"),
        ("table", "x", "W005"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_code(kind: str, raw: Any, code: str) -> None:
    assert decode(raw, RU, kind, options=OPTIONS).code == code


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "integer": st.integers(-(10**17), 10**17),
    "money": st.decimals(-(10**12), 10**12, places=2),
    "percent": st.decimals(0, 100, places=2),
    "boolean": st.booleans(),
    "date": st.dates(date(1000, 1, 1)),
    "datetime": st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)).map(
        lambda m: m.replace(microsecond=0)
    ),
    "time": st.times().map(lambda t: t.replace(microsecond=0)),
    "duration": st.integers(-(10**6), 10**6).map(lambda s: timedelta(seconds=s)),
    "choice": st.sampled_from(["low", "high"]),
    "choices": st.sampled_from([(), ("low",), ("low", "high")]),
    "links": st.lists(st.integers(1, 10**9), unique=True).map(tuple),
}


@pytest.mark.parametrize("kind", sorted(VALUES))
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_value_comes_back_through_its_input_and_through_json(kind: str, data: st.DataObject) -> None:
    found = field(kind, options=OPTIONS, scale=2 if kind in ("money", "percent") else 0)
    value, codec = data.draw(VALUES[kind]), CODECS[kind]
    assert codec.decode(codec.encode(value, found, RU), found, RU) == value
    assert codec.from_json(codec.to_json(value, found), found) == value
    assert codec.normalise(value, found) == value


@pytest.mark.parametrize("kind", sorted(CODECS))
@settings(max_examples=30, deadline=None)
@given(junk=st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.none(), st.lists(st.text(max_size=5))))
def test_no_junk_breaks_a_codec(kind: str, junk: Any) -> None:
    found = field(kind, options=OPTIONS)
    for answer in (CODECS[kind].from_json(junk, found), CODECS[kind].normalise(junk, found)):
        assert isinstance(answer, Problem) or CODECS[kind].normalise(answer, found) == answer


def test_numbers_and_dates_are_shown_as_the_language_has_it() -> None:
    money, day = field("money", scale=2, currency="RUB"), field("date")
    assert codec_of(money).display(Decimal("-1234567.80"), money, RU) == "−1\u202f234\u202f567,80\u00a0₽"
    assert codec_of(money).display(Decimal("1234.50"), money, EN) == "1,234.50\u00a0₽"
    assert codec_of(day).display(date(2026, 11, 4), day, RU) == "04.11.2026"
    assert codec_of(day).display(date(2026, 11, 4), day, EN) == "4 Nov 2026"


def test_a_foreign_code_or_a_label_names_an_option_in_files() -> None:
    found = field("choice", options=OPTIONS)
    assert [codec_of(found).from_json(text, found) for text in ("2", "низкий", "High")] == ["high", "low", "high"]
