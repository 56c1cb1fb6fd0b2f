"""Dates as people type them: 24.11.2026, 24.11, 2026-11-24, 24 ноября, «завтра», «+3д», «пт»."""

import re
from datetime import date, timedelta

NAMED = {
    "вчера": -1, "сегодня": 0, "завтра": 1, "послезавтра": 2, "yesterday": -1, "today": 0, "now": 0, "сейчас": 0,
    "tomorrow": 1, "кеше": -1, "бүгін": 0, "ертең": 1,
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("пн mon понедельник monday", "вт tue вторник tuesday", "ср wed среда wednesday", "чт thu четверг thursday",
         "пт fri пятница friday", "сб sat суббота saturday", "вс sun воскресенье sunday")
    )
    for name in names.split()
}  # fmt: skip
MONTHS = (
    "январь января january", "февраль февраля february", "март марта march", "апрель апреля april", "май мая may",
    "июнь июня june", "июль июля july", "август августа august", "сентябрь сентября sept september",
    "октябрь октября october", "ноябрь ноября november", "декабрь декабря december",
)  # fmt: skip
SHIFT = re.compile(r"^([+-])\s*(\d{1,4})\s*(д|дн|дня|дней|d|н|нед|w|м|мес|m|г|л|y)\.?$", re.ASCII)
ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$", re.ASCII)
DOTTED = re.compile(r"^(\d{1,2})[.](\d{1,2})(?:[.](\d{4}|\d{2}))?\.?(?:\s*г\.?)?$", re.ASCII)
SLASHED = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})$", re.ASCII)
WORDED = re.compile(r"^(\d{1,2})\s+([а-яa-z]{3,})\.?,?(?:\s+(\d{4}))?(?:\s*г\.?)?$", re.ASCII)
WORD_FIRST = re.compile(r"^([a-z]{3,})\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?$", re.ASCII)
EARLIEST = 1000


def read_day(text: str, today: date, language: str) -> date | None:
    """The day meant by `text`, or None."""
    plain = text.strip().lower().replace("ё", "е")
    if plain in NAMED:
        return today + timedelta(days=NAMED[plain])
    if plain in WEEKDAYS:
        return today + timedelta(days=(WEEKDAYS[plain] - today.weekday()) % 7)
    try:
        return _shifted(plain, today) or _written(plain, today, language)
    except (ValueError, OverflowError):
        return None


def _shifted(plain: str, today: date) -> date | None:
    found = SHIFT.match(plain)
    if not found:
        return None
    count = int(found[2]) * (1 if found[1] == "+" else -1)
    unit = found[3][0]
    if unit in "дd":
        return today + timedelta(days=count)
    if unit in "нw":
        return today + timedelta(weeks=count)
    return add_months(today, count * (1 if unit in "мm" else 12))


def add_months(day: date, count: int) -> date:
    """The same day of another month, or its last day."""
    index = day.year * 12 + day.month - 1 + count
    year, month = index // 12, index % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (following - timedelta(days=1)).day))


def _written(plain: str, today: date, language: str) -> date | None:
    if found := ISO.match(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := DOTTED.match(plain):
        return _day(_year(found[3], today), int(found[2]), int(found[1]))
    if found := SLASHED.match(plain):
        return _slashed(int(found[1]), int(found[2]), _year(found[3], today), language)
    if (found := WORDED.match(plain)) and (month := _month(found[2])):
        return _day(_year(found[3], today), month, int(found[1]))
    if (found := WORD_FIRST.match(plain)) and (month := _month(found[1])):
        return _day(_year(found[3], today), month, int(found[2]))
    return None


def _month(word: str) -> int | None:
    """By its name in any case, or by its beginning."""
    hits = [n for n, names in enumerate(MONTHS, 1) if any(name.startswith(word) for name in names.split())]
    return hits[0] if len(hits) == 1 else None


def _slashed(first: int, second: int, year: int, language: str) -> date | None:
    """Day first; in English only where it cannot be mistaken (the rest of the world disagrees about 03/04)."""
    if language == "en" and first <= 12 and second <= 12 and first != second:
        return None
    return _day(year, first, second) if second > 12 else _day(year, second, first)


def _year(text: str | None, today: date) -> int:
    if not text:
        return today.year
    return int(text) if len(text) == 4 else 2000 + int(text) if int(text) < 70 else 1900 + int(text)


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if year >= EARLIEST else None
