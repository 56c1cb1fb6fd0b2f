"""Numbers as people type them («1 200,50», “1,200.50”) and as they are read."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from partita.base.errors import Problem
from partita.base.text import say
from partita.model.field import Field
from partita.runtime.codecs.codec import NO_TITLES, Codec, Raw, Titles, misfit, single
from partita.runtime.codecs.locale import NEUTRAL, Locale

LARGEST = Decimal(10) ** 18
"""First number that no column holds, counted in the smallest digit of the field's scale: eighteen digits in all."""
SIGNS = {"RUB": "₽", "KZT": "₸", "USD": "$", "EUR": "€", "GBP": "£", "CNY": "¥"}
NARROW = "\u202f"
BLANKS = dict.fromkeys(map(ord, " \u00a0\u202f\u2009'\u2019_"))
DRESS = re.compile(r"^[₽₸€$£%]|[₽₸€$£%]$|(?:руб|тг|р)\.?$", re.IGNORECASE)
THOUSANDS = re.compile(r"^[-+]?[0-9]{1,3}(?P<mark>[.,])[0-9]{3}(?:(?P=mark)[0-9]{3})*$")
PLAIN = re.compile(r"^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)$")


def read_number(text: str, language: str) -> Decimal | None:
    """The number in a typed text, or None. A lone comma before three digits parts thousands only in English."""
    bare = DRESS.sub("", text.translate(BLANKS).replace("−", "-").replace("–", "-")).strip()
    bare = _pointed(bare, language)
    if not PLAIN.match(bare) or len(bare) > 40:
        return None
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


def _pointed(bare: str, language: str) -> str:
    if "," in bare and "." in bare:
        group = "," if bare.rfind(".") > bare.rfind(",") else "."
        return bare.replace(group, "").replace(",", ".")
    grouped = THOUSANDS.match(bare)
    if grouped and (bare.count(grouped["mark"]) > 1 or (grouped["mark"] == "," and language == "en")):
        return bare.replace(grouped["mark"], "")
    return bare.replace(",", ".")


def quantize(number: Decimal, scale: int) -> Decimal:
    """Rounded half away from zero to `scale` digits."""
    return number.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP)


def grouped(number: Decimal | int, language: str) -> str:
    """Thousands parted by a narrow blank (a comma in English), the decimal mark of the language."""
    text = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"
    if language == "en":
        return text.replace("-", "−")
    return text.replace(",", NARROW).replace(".", ",").replace("-", "−")


class IntegerCodec(Codec):
    def decode(self, raw: Raw, field: Field, locale: Locale) -> Any:
        text = single(raw)
        if text is None:
            return None
        number = read_number(text, locale.language)
        return self.normalise(number, field) if number is not None else _no_number(text)

    def normalise(self, value: Any, field: Field) -> Any:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
            return _no_number(value)
        if value != int(value):
            return misfit(value, "не целое число", "not a whole number")
        return _bounded(Decimal(value), int(value), 0)

    def from_json(self, data: Any, field: Field) -> Any:
        return (
            self.decode(_text_of(data), field, NEUTRAL)
            if isinstance(data, str | float)
            else self.normalise(data, field)
        )

    def encode(self, value: Any, field: Field, locale: Locale) -> str:
        return "" if value is None else str(value)

    def display(self, value: Any, field: Field, locale: Locale, titles: Titles = NO_TITLES) -> str:
        return "" if value is None else _dressed(grouped(value, locale.language), field, locale)


class DecimalCodec(IntegerCodec):
    """decimal, money, percent: exact, with the field's number of digits after the point; a lost digit is refused."""

    def normalise(self, value: Any, field: Field) -> Any:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return _no_number(value)
        number = Decimal(value)
        if not number.is_finite():
            return _no_number(value)
        if abs(number) * 10**field.scale >= LARGEST:
            return _too_large(value)
        exact = quantize(number, field.scale)
        if exact != number:
            ru, en = f"знаков после запятой больше, чем {field.scale}", f"too precise: {field.scale} decimal digits fit"
            return misfit(value, ru, en)
        return exact

    def encode(self, value: Any, field: Field, locale: Locale) -> str:
        if value is None:
            return ""
        return f"{value:f}" if locale.language == "en" else f"{value:f}".replace(".", ",")

    def to_json(self, value: Any, field: Field) -> Any:
        return None if value is None else f"{value:f}"


def _no_number(value: object) -> Problem:
    return misfit(value, "не число; пример: 1 200,50", "not a number; example: 1,200.50")


def _too_large(value: object) -> Problem:
    return misfit(value, "слишком большое число", "too large a number")


def _bounded(size: Decimal, value: Any, scale: int) -> Any:
    return value if abs(size) * 10**scale < LARGEST else _too_large(value)


def _text_of(data: str | float) -> str:
    return data if isinstance(data, str) else repr(data) if "e" not in repr(data) else f"{Decimal(repr(data)):f}"


def _dressed(shown: str, field: Field, locale: Locale) -> str:
    if field.type == "percent":
        return f"{shown}\u00a0%" if locale.language != "en" else f"{shown}%"
    sign = SIGNS.get(field.currency, field.currency) or say(field.unit, locale.language)
    return f"{shown}\u00a0{sign}" if sign else shown
