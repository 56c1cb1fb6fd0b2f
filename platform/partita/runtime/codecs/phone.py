"""Telephone numbers in any spelling; kept as E.164 with an extension."""

import re
from typing import Any

import phonenumbers

from partita.model.field import Field
from partita.runtime.codecs.codec import NO_TITLES, Codec, Titles, clean, misfit
from partita.runtime.codecs.locale import Locale

REGIONS = ("RU", "KZ")
EXTENSION = re.compile(r"\s*(?:доб(?:авочный)?\.?|вн(?:утр)?\.?|ext\.?|x|#|;ext=)\s*([0-9]{1,7})\s*$", re.IGNORECASE)
DIALLED = re.compile(r"[^0-9+]")


def read_phone(text: str) -> str | None:
    """`+79161234567` or `+79161234567;ext=12`, or None. National numbers are Russian or Kazakh."""
    found = EXTENSION.search(text)
    extension = f";ext={found[1]}" if found else ""
    bare = text[: found.start()] if found else text
    for region in REGIONS:
        number = _parse(bare, region)
        if number is not None:
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension
    return None


def _parse(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit() and c.isascii())


class PhoneCodec(Codec):
    def normalise(self, value: Any, field: Field) -> Any:
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        found = read_phone(clean(value)) if isinstance(value, str) and len(value) < 60 else None
        if found is None:
            return misfit(value, "не похоже на телефон; пример: +7 916 123-45-67", "not a telephone number")
        return found

    def encode(self, value: Any, field: Field, locale: Locale) -> str:
        return "" if value is None else show_phone(value, locale.language)

    def display(self, value: Any, field: Field, locale: Locale, titles: Titles = NO_TITLES) -> str:
        return self.encode(value, field, locale)

    def from_json(self, data: Any, field: Field) -> Any:
        return self.normalise(str(data) if isinstance(data, int) and not isinstance(data, bool) else data, field)


def show_phone(value: str, language: str) -> str:
    number, _, extension = value.partition(";ext=")
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return value
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return f"{shown} {'ext.' if language == 'en' else 'доб.'} {extension}" if extension else shown
