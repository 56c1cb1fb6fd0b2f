"""Links to records and files by their ids. Whether the target may be chosen is decided by the form."""

from typing import Any

from partita.base.errors import Problem
from partita.model.field import Field
from partita.runtime.codecs.codec import NO_TITLES, Codec, Raw, Titles, misfit, several, single
from partita.runtime.codecs.locale import NEUTRAL, Locale

LARGEST_ID = 2**63


class LinkCodec(Codec):
    """link, user, file, image: one id."""

    def decode(self, raw: Raw, field: Field, locale: Locale) -> Any:
        text = single(raw)
        return None if text is None else read_id(text)

    def display(self, value: Any, field: Field, locale: Locale, titles: Titles = NO_TITLES) -> str:
        return "" if value is None else titles.get(value, "")

    def normalise(self, value: Any, field: Field) -> Any:
        return None if value is None else judge_id(value)

    def from_json(self, data: Any, field: Field) -> Any:
        return read_id(data) if isinstance(data, str) and data.strip() else self.normalise(data or None, field)


class LinksCodec(Codec):
    """links, files: ids in the order given, each once."""

    def decode(self, raw: Raw, field: Field, locale: Locale) -> Any:
        return self.normalise([read_id(text) for text in several(raw)], field)

    def encode(self, value: Any, field: Field, locale: Locale) -> tuple[str, ...]:
        return tuple(str(item) for item in value or ())

    def display(self, value: Any, field: Field, locale: Locale, titles: Titles = NO_TITLES) -> str:
        return ", ".join(titles[item] for item in value or () if item in titles)

    def normalise(self, value: Any, field: Field) -> Any:
        if value is None:
            return ()
        if not isinstance(value, tuple | list | set | frozenset):
            return judge_id(value) if isinstance(value, Problem) else _no_id(value)
        found = [item if isinstance(item, Problem) else judge_id(item) for item in value]
        wrong = [item for item in found if isinstance(item, Problem)]
        return wrong[0] if wrong else tuple(dict.fromkeys(found))

    def to_json(self, value: Any, field: Field) -> Any:
        return list(value or ())

    def from_json(self, data: Any, field: Field) -> Any:
        return self.decode(data.split(","), field, NEUTRAL) if isinstance(data, str) else self.normalise(data, field)


def read_id(text: str) -> int | Problem:
    bare = text.strip()
    return judge_id(int(bare)) if bare.isascii() and bare.isdigit() and len(bare) < 20 else _no_id(text)


def judge_id(value: Any) -> int | Problem:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < LARGEST_ID:
        return value
    return _no_id(value)


def _no_id(value: object) -> Problem:
    return misfit(value, "не выбранная запись; выберите из найденных", "not a chosen record; choose one of those found")
