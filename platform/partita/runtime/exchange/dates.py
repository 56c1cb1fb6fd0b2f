"""Dates of files by a pattern: dd.MM.yyyy HH:mm:ss, MM/dd/yyyy hh:mm:ss a."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARTS = {
    "yyyy": "%Y", "yy": "%y", "MMMM": "%B", "MMM": "%b", "MM": "%m", "M": "%m", "dd": "%d", "d": "%d", "HH": "%H",
    "H": "%H", "hh": "%I", "h": "%I", "mm": "%M", "m": "%M", "ss": "%S", "s": "%S", "SSS": "%f", "a": "%p", "Z": "%z",
}  # fmt: skip
TOKEN = re.compile(r"'[^']*'|y+|M+|d+|H+|h+|m+|s+|S+|a+|Z|[^A-Za-z]")


def read_pattern(pattern: str) -> str | None:
    """For strptime; None where a letter means nothing."""
    tokens = TOKEN.findall(pattern)
    if "".join(tokens) != pattern:
        return None
    found = []
    for token in tokens:
        if token[0].isalpha():
            if token not in PARTS:
                return None
            found.append(PARTS[token])
        else:
            found.append(token.strip("'").replace("%", "%%"))
    return "".join(found)


def read_moment(text: str, pattern: str, zone: ZoneInfo) -> datetime | None:
    """In UTC; a time without an offset is that of the zone."""
    try:
        found = datetime.strptime(text.strip(), pattern)
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def read_date(text: str, pattern: str) -> date | None:
    try:
        return datetime.strptime(text.strip(), pattern).date()
    except ValueError:
        return None
