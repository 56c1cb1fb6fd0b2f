"""What every codec can do, and how it says that a value does not fit."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from partita.base.errors import Problem
from partita.base.frozen import FrozenMap
from partita.model.field import Field
from partita.runtime.codecs.locale import Locale

Raw: TypeAlias = str | Sequence[str] | None
Titles: TypeAlias = Mapping[int, str]
NO_TITLES: Titles = FrozenMap()


def misfit(value: object, ru: str, en: str) -> Problem:
    """W005 with words about what would fit."""
    shown = "".join(c if c.isprintable() else " " for c in str(value))[:60]
    return Problem(
        "W005",
        params=FrozenMap({"value": shown}),
        say=FrozenMap({"ru": f"«{shown}» — {ru}.", "en": f"“{shown}” is {en}."}),
    )


def single(raw: Raw) -> str | None:
    """The one text of an input, trimmed; the last of several; None when nothing was typed."""
    if raw is None:
        return None
    text = raw if isinstance(raw, str) else (raw[-1] if raw else "")
    return text.strip() or None


def several(raw: Raw) -> list[str]:
    items = [raw] if isinstance(raw, str) else list(raw or ())
    return [item.strip() for item in items if item.strip()]


def clean(text: str) -> str:
    """Composed letters, no control or direction characters (line ends and tabs stay)."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(
        c for c in composed if c in "\n\t" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in BIDI)
    )


BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Codec:
    """The base of all codecs: a value that is its own JSON and its own look.

    Answers of `decode`, `normalise` and `from_json` are the canonical value, None for empty, or a Problem
    without a place.
    """

    def decode(self, raw: Raw, field: Field, locale: Locale) -> Any:
        """From what a person typed."""
        text = single(raw)
        return None if text is None else self.normalise(text, field)

    def encode(self, value: Any, field: Field, locale: Locale) -> str | tuple[str, ...]:
        """For the input: what `decode` would take back."""
        return "" if value is None else str(value)

    def display(self, value: Any, field: Field, locale: Locale, titles: Titles = NO_TITLES) -> str:
        """For reading."""
        shown = self.encode(value, field, locale)
        return shown if isinstance(shown, str) else ", ".join(shown)

    def normalise(self, value: Any, field: Field) -> Any:
        """From a Python value of about the right type."""
        return value

    def to_json(self, value: Any, field: Field) -> Any:
        return value

    def from_json(self, data: Any, field: Field) -> Any:
        """From JSON, YAML or a cell of a file."""
        return None if data is None or data == "" else self.normalise(data, field)
