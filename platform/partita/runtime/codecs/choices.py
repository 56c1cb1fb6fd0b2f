"""Yes or no, one of several, some of several. Whether an option is offered just now is decided by the form."""

from typing import Any

from partita.base.errors import Problem
from partita.base.frozen import FrozenMap
from partita.base.text import fold, say
from partita.model.field import Field
from partita.runtime.codecs.codec import NO_TITLES, Codec, Raw, Titles, misfit, several, single
from partita.runtime.codecs.locale import Locale

YES = frozenset(("1", "true", "yes", "y", "on", "да", "истина", "+", "x", "иә"))
NO = frozenset(("0", "false", "no", "n", "off", "нет", "ложь", "-", "жоқ"))
SAID = {"ru": ("Да", "Нет"), "en": ("Yes", "No"), "kk": ("Иә", "Жоқ")}


class BooleanCodec(Codec):
    def decode(self, raw: Raw, field: Field, locale: Locale) -> Any:
        text = single(raw)
        if text is None:
            return None
        word = fold(text)
        return True if word in YES else False if word in NO else _no_boolean(text)

    def encode(self, value: Any, field: Field, locale: Locale) -> str:
        return "" if value is None else "1" if value else "0"

    def display(self, value: Any, field: Field, locale: Locale, titles: Titles = NO_TITLES) -> str:
        yes, no = SAID.get(locale.language, SAID["en"])
        return "" if value is None else yes if value else no

    def normalise(self, value: Any, field: Field) -> Any:
        return value if value is None or isinstance(value, bool) else _no_boolean(value)

    def from_json(self, data: Any, field: Field) -> Any:
        if isinstance(data, str | int) and not isinstance(data, bool):
            word = fold(str(data).strip())
            return None if not word else True if word in YES else False if word in NO else _no_boolean(data)
        return self.normalise(data, field)


class ChoiceCodec(Codec):
    """The name of an option; files may hold its foreign code or its label instead."""

    def display(self, value: Any, field: Field, locale: Locale, titles: Titles = NO_TITLES) -> str:
        return "" if value is None else label_of(value, field, locale.language)

    def normalise(self, value: Any, field: Field) -> Any:
        known = value is None or (isinstance(value, str) and value in field.options)
        return value if known else not_offered(value)

    def from_json(self, data: Any, field: Field) -> Any:
        return None if data is None or str(data).strip() == "" else find_option(str(data).strip(), field)


class ChoicesCodec(Codec):
    """A tuple of names in the order of the options."""

    def decode(self, raw: Raw, field: Field, locale: Locale) -> Any:
        return self.normalise(several(raw), field)

    def encode(self, value: Any, field: Field, locale: Locale) -> tuple[str, ...]:
        return tuple(value or ())

    def display(self, value: Any, field: Field, locale: Locale, titles: Titles = NO_TITLES) -> str:
        return ", ".join(label_of(item, field, locale.language) for item in value or ())

    def normalise(self, value: Any, field: Field) -> Any:
        if value is None:
            return ()
        if not isinstance(value, tuple | list | set | frozenset):
            return not_offered(value)
        strange = [item for item in value if not isinstance(item, str) or item not in field.options]
        return not_offered(strange[0]) if strange else tuple(name for name in field.options if name in value)

    def to_json(self, value: Any, field: Field) -> Any:
        return list(value or ())

    def from_json(self, data: Any, field: Field) -> Any:
        items = [part.strip() for part in data.split(",") if part.strip()] if isinstance(data, str) else data
        if not isinstance(items, tuple | list):
            return () if items is None else not_offered(items)
        found = [find_option(str(item), field) for item in items]
        wrong = [item for item in found if isinstance(item, Problem)]
        return wrong[0] if wrong else self.normalise(found, field)


def label_of(name: str, field: Field, language: str) -> str:
    option = field.options.get(name)
    return say(option.label, language, name) if option else name


def find_option(text: str, field: Field) -> Any:
    """An option's name by its name, its foreign code or its label in any language."""
    if text in field.options:
        return text
    folded = fold(text)
    for name, option in field.options.items():
        if option.code == text or any(fold(label) == folded for label in option.label.values()):
            return name
    return not_offered(text)


def not_offered(value: object) -> Problem:
    return Problem("W006", params=FrozenMap({"value": str(value)[:60]}))


def _no_boolean(value: object) -> Problem:
    return misfit(value, "не «да» и не «нет»", "neither “yes” nor “no”")
