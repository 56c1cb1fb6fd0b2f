"""What the index holds of a record: its title, its number, and the fields that are looked for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from partita.model.field import Field
from partita.runtime.codecs.choices import label_of
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.values.work import Work
from partita.runtime.words.stems import words_of, words_of_phone
from partita.storage import search_index

TEXTS = frozenset(("text", "multiline", "person_name", "address", "email", "url", "code"))


def index_record(work: Work, blueprint: Blueprint, record_id: int, values: Mapping[str, Any], title: str) -> None:
    words = dict.fromkeys(_words(work, blueprint.searched, values))
    search_index.put(work.conn, blueprint.name, record_id, " ".join(words_of(title)), " ".join(words))


def readable_words(work: Work, fields: Iterable[Field], values: Mapping[str, Any]) -> frozenset[str]:
    """The words of these fields alone: what a reader who may not see the others can find."""
    return frozenset(_words(work, fields, values))


def _words(work: Work, fields: Iterable[Field], values: Mapping[str, Any]) -> Iterator[str]:
    for field in fields:
        value = values.get(field.name)
        if value is None or value == ():
            continue
        if field.type == "phone":
            yield from words_of_phone(value)
        elif field.type in TEXTS:
            yield from words_of(value)
        elif field.type in ("choice", "choices"):
            yield from _option_words(field, value)
        elif field.type in ("link", "user"):
            yield from _link_words(work, field, value)
        else:
            yield from words_of(str(value))


def _option_words(field: Field, value: Any) -> Iterator[str]:
    for option in value if isinstance(value, tuple) else (value,):
        for language in field.options[option].label if option in field.options else ():
            yield from words_of(label_of(option, field, language))


def _link_words(work: Work, field: Field, value: int) -> Iterator[str]:
    target = field.to.qualified if field.to else work.runtime.people
    yield from words_of(work.lookup.read(target, value, "title") or "")
