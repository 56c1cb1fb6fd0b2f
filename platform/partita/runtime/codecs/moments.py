"""Dates, moments, times of day and durations."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from partita.base.errors import Problem
from partita.model.field import Field
from partita.runtime.codecs.codec import NO_TITLES, Codec, Raw, Titles, misfit, single
from partita.runtime.codecs.days import EARLIEST, read_day
from partita.runtime.codecs.locale import Locale

ENGLISH_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
CLOCK = re.compile(r"^([0-9]{1,2})(?:[:.]([0-9]{2})(?:[:.]([0-9]{2}))?)?(?:\s*(am|pm))?$")
SPLIT = re.compile(
    r"^(?P<day>.+?)(?:t|,?\s+(?:в\s+|at\s+)?)(?P<clock>[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?:\s*[ap]m)?)$", re.I
)
UNITS = {"д": 86400, "d": 86400, "ч": 3600, "h": 3600, "м": 60, "m": 60, "с": 1, "s": 1, "н": 604800, "w": 604800}
PART = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*([а-яa-z]+)\.?", re.I)
LONGEST_SECONDS = 10**11


class DateCodec(Codec):
    def decode(self, raw: Raw, field: Field, locale: Locale) -> Any:
        text = single(raw)
        if text is None:
            return None
        found = read_day(text, locale.today, locale.language)
        return found if found is not None else _no_date(text)

    def encode(self, value: Any, field: Field, locale: Locale) -> str:
        return "" if value is None else f"{value:%d.%m.}{value.year:04}"

    def display(self, value: Any, field: Field, locale: Locale, titles: Titles = NO_TITLES) -> str:
        return "" if value is None else show_day(value, locale.language)

    def normalise(self, value: Any, field: Field) -> Any:
        if value is None or (type(value) is date and value.year >= EARLIEST):
            return value
        return _no_date(value)

    def to_json(self, value: Any, field: Field) -> Any:
        return None if value is None else value.isoformat()

    def from_json(self, data: Any, field: Field) -> Any:
        if isinstance(data, datetime):
            return self.normalise(data.date(), field)
        if not isinstance(data, str):
            return self.normalise(data, field)
        if not data.strip():
            return None
        found = read_day(data.strip()[:10], date(2000, 1, 1), "ru")
        return found if found is not None else _no_date(data)


class DateTimeCodec(Codec):
    """Typed and shown in the person's zone, kept in UTC to the microsecond."""

    def decode(self, raw: Raw, field: Field, locale: Locale) -> Any:
        text = single(raw)
        if text is None:
            return None
        return _iso_moment(text, locale) or _written_moment(text, locale) or _no_moment(text)

    def encode(self, value: Any, field: Field, locale: Locale) -> str:
        if value is None:
            return ""
        local = value.astimezone(locale.zone)
        return f"{local:%d.%m.}{local.year:04} {local:%H:%M:%S}".removesuffix(":00")

    def display(self, value: Any, field: Field, locale: Locale, titles: Titles = NO_TITLES) -> str:
        if value is None:
            return ""
        local = value.astimezone(locale.zone)
        return f"{show_day(local, locale.language)} {local:%H:%M}"

    def normalise(self, value: Any, field: Field) -> Any:
        if value is None:
            return None
        if not isinstance(value, datetime) or value.tzinfo is None or value.year < EARLIEST:
            return _no_moment(value)
        return value.astimezone(UTC)

    def to_json(self, value: Any, field: Field) -> Any:
        return None if value is None else value.isoformat()

    def from_json(self, data: Any, field: Field) -> Any:
        if not isinstance(data, str):
            return self.normalise(data, field)
        try:
            moment = datetime.fromisoformat(data)
        except ValueError:
            return _no_moment(data) if data.strip() else None
        return self.normalise(moment if moment.tzinfo else moment.replace(tzinfo=UTC), field)


class TimeCodec(Codec):
    def decode(self, raw: Raw, field: Field, locale: Locale) -> Any:
        text = single(raw)
        if text is None:
            return None
        found = read_clock(text)
        return found if found is not None else misfit(text, "не время; пример: 09:30", "not a time; example: 09:30")

    def encode(self, value: Any, field: Field, locale: Locale) -> str:
        return "" if value is None else f"{value:%H:%M:%S}".removesuffix(":00")

    def normalise(self, value: Any, field: Field) -> Any:
        if value is None or (isinstance(value, time) and value.tzinfo is None):
            return value
        return misfit(value, "не время; пример: 09:30", "not a time; example: 09:30")

    def to_json(self, value: Any, field: Field) -> Any:
        return None if value is None else value.isoformat()

    def from_json(self, data: Any, field: Field) -> Any:
        if not isinstance(data, str):
            return self.normalise(data, field)
        found = read_clock(data) if data.strip() else None
        return found if found is not None or not data.strip() else self.normalise(data, field)


class DurationCodec(Codec):
    """«2 ч 30 мин», 1:30, “2d 3h”; JSON is whole seconds."""

    def decode(self, raw: Raw, field: Field, locale: Locale) -> Any:
        text = single(raw)
        if text is None:
            return None
        found = read_duration(text)
        return found if found is not None else _no_duration(text)

    def encode(self, value: Any, field: Field, locale: Locale) -> str:
        return "" if value is None else show_duration(value, locale.language)

    def normalise(self, value: Any, field: Field) -> Any:
        if value is None:
            return None
        if not isinstance(value, timedelta) or value.microseconds or abs(value.total_seconds()) > LONGEST_SECONDS:
            return _no_duration(value)
        return value

    def to_json(self, value: Any, field: Field) -> Any:
        return None if value is None else int(value.total_seconds())

    def from_json(self, data: Any, field: Field) -> Any:
        if isinstance(data, int) and not isinstance(data, bool) and abs(data) <= LONGEST_SECONDS:
            return timedelta(seconds=data)
        if isinstance(data, str):
            found = read_duration(data) if data.strip() else None
            return found if found is not None or not data.strip() else _no_duration(data)
        return self.normalise(data, field)


def show_day(day: date, language: str) -> str:
    if language == "en":
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{day:%d.%m.}{day.year:04}"


def read_clock(text: str) -> time | None:
    found = CLOCK.match(text.strip().lower())
    if not found:
        return None
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found[4]:
        hour = hour % 12 + (12 if found[4] == "pm" else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _iso_moment(text: str, locale: Locale) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=locale.zone)
        return aware.astimezone(UTC) if moment.year >= EARLIEST else None
    except (ValueError, OverflowError):
        return None


def _written_moment(text: str, locale: Locale) -> datetime | None:
    parts = SPLIT.match(text)
    day = read_day(parts["day"] if parts else text, locale.today, locale.language)
    clock = read_clock(parts["clock"]) if parts else time()
    if day is None or clock is None:
        return None
    return datetime.combine(day, clock, locale.zone).astimezone(UTC)


def read_duration(text: str) -> timedelta | None:
    plain = text.strip().lower()
    sign = -1 if plain.startswith(("-", "−")) else 1
    plain = plain.lstrip("-−+ ")
    if clock := re.match(r"^([0-9]{1,5}):([0-5][0-9])(?::([0-5][0-9]))?$", plain):
        seconds = int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3] or 0)
        return timedelta(seconds=sign * seconds)
    parts = PART.findall(plain)
    if not parts or PART.sub("", plain).strip() or any(unit[0] not in UNITS for _, unit in parts):
        return None
    seconds = round(sum(float(count.replace(",", ".")) * UNITS[unit[0]] for count, unit in parts))
    return timedelta(seconds=sign * seconds) if seconds <= LONGEST_SECONDS else None


def show_duration(value: timedelta, language: str) -> str:
    seconds = abs(int(value.total_seconds()))
    names = ("d", "h", "min", "s") if language == "en" else ("д", "ч", "мин", "с")
    counts = (seconds // 86400, seconds % 86400 // 3600, seconds % 3600 // 60, seconds % 60)
    parts = [f"{count} {name}" for count, name in zip(counts, names, strict=True) if count]
    return ("−" if value < timedelta() else "") + (" ".join(parts) or f"0 {names[2]}")


def _no_date(value: object) -> Problem:
    return misfit(value, "не дата; пример: 24.11.2026", "not a date; example: 24.11.2026")


def _no_moment(value: object) -> Problem:
    return misfit(value, "не дата и время; пример: 24.11.2026 15:00", "not a date and time; example: 24.11.2026 15:00")


def _no_duration(value: object) -> Problem:
    return misfit(value, "не длительность; пример: 2 ч 30 мин", "not a duration; example: 2 h 30 min")
