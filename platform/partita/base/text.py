"""Words for people and the folding of text that every comparison uses."""

import unicodedata
from collections.abc import Mapping

from partita.base.frozen import FrozenMap

LANGUAGES = ("ru", "en", "kk")
Words = FrozenMap[str, str]
"""Language → text. Read it with `say`."""


def words(value: str | Mapping[str, str], language: str = "ru") -> Words:
    """Make Words from a bare string (in the pack's `language`) or from a map of languages."""
    return FrozenMap({language: value} if isinstance(value, str) else value)


def say(text: Words | None, language: str, default: str = "") -> str:
    """The text in `language`, else in the first language that has it, else `default`."""
    if not text:
        return default
    return text.get(language) or next(iter(text.values()))


def read_id(text: str) -> int | None:
    """The id of a record or a file as addresses and forms carry it; None for anything that no database would hold.

    `isdigit` alone is true of «²», and Python refuses to read five thousand digits.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _fold_table() -> dict[int, int]:
    """Lower-case letters one to one (Latin, Greek, Cyrillic) and ё→е; the databases' own functions are made of it."""
    table: dict[int, int] = {}
    for code in range(0x41, 0x530):
        lower = chr(code).lower()
        if len(lower) == 1 and ord(lower) != code and unicodedata.category(chr(code)) == "Lu":
            table[code] = ord(lower)
    table[ord("Ё")] = table[ord("ё")] = ord("е")
    return table


FOLD_TABLE = _fold_table()


def fold(text: str) -> str:
    """Text as comparisons, sorting and search see it: case folded, ё as е. Equal on Python, SQLite and PostgreSQL."""
    return text.translate(FOLD_TABLE)
