"""How the person at hand writes and reads values: language, zone, and what day it is there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Locale:
    """`today` is the day in `zone`, for «завтра» and «+3д»."""

    language: str
    zone: ZoneInfo
    today: date


def locale_at(language: str, zone: ZoneInfo, now: datetime) -> Locale:
    return Locale(language, zone, now.astimezone(zone).date())


NEUTRAL = Locale("ru", ZoneInfo("UTC"), datetime(2000, 1, 1, tzinfo=UTC).date())
"""For values whose look depends on nobody: choices, codes, numbers in files."""
