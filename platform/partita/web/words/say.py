"""Finds the words of a key, with parameters filled in and plural forms chosen."""

from collections.abc import Callable, Mapping
from typing import Any

from partita.web.words import en, ru, theme

Say = Callable[..., str]
CATALOGUES: dict[str, dict[str, str]] = {
    "ru": ru.WORDS | {key: pair[0] for key, pair in theme.WORDS.items()},
    "en": en.WORDS | {key: pair[1] for key, pair in theme.WORDS.items()},
}
NAMES = {"ru": "Русский", "en": "English"}


def speaker(language: str) -> Say:
    """The function `t` of a language: `t("list.shown", count=5)`."""
    catalogue = CATALOGUES.get(language, CATALOGUES["en"])
    form_of = PLURALS.get(language, english_form)

    def t(key: str, /, **params: Any) -> str:
        text = catalogue[key]
        if not params:
            return text
        if isinstance(count := params.get("count"), int):
            forms = text.split("|")
            text = forms[min(form_of(count), len(forms) - 1)]
            params["count"] = grouped(count)
        return text.format_map(params)

    return t


def grouped(number: int) -> str:
    """Digits in groups of three with a narrow no-break space, from five digits on."""
    return f"{number:,}".replace(",", "\u202f") if abs(number) >= 10_000 else str(number)


def russian_form(count: int) -> int:
    tens, ones = count % 100, count % 10
    if 11 <= tens <= 14:
        return 2
    return 0 if ones == 1 else 1 if 2 <= ones <= 4 else 2


def english_form(count: int) -> int:
    return 0 if count == 1 else 1


PLURALS: Mapping[str, Callable[[int], int]] = {"ru": russian_form, "en": english_form}
