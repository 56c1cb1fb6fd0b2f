"""Words that a pack promises in a language and does not have: one hint per declared thing and language."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_type_hints

from partita.base.diagnostics import Diagnostic
from partita.base.frozen import FrozenMap
from partita.base.refs import Ref
from partita.base.source import Span
from partita.base.text import Words
from partita.formulas.program import Program
from partita.model.field import Field
from partita.model.model import Model

WORDS = (Words, Words | None)


def check(model: Model, program: Program, origins: Mapping[str, Span]) -> Iterator[Diagnostic]:
    for ref, thing in _things(model):
        languages = model.packs[ref.pack].languages
        if len(languages) > 1:
            yield from _missing(ref, list(_words_in(thing, "")), languages, origins)


def _things(model: Model) -> Iterator[tuple[Ref, Any]]:
    maps: tuple[Mapping[str, Any], ...] = (model.types, model.schemes, model.catalogs, model.numberings, model.roles)
    for things in maps:
        yield from ((thing.ref, thing) for thing in things.values())


def _missing(
    ref: Ref, found: list[tuple[str, Words]], languages: tuple[str, ...], origins: Mapping[str, Span]
) -> Iterator[Diagnostic]:
    for language in languages:
        without = [path for path, words in found if language not in words]
        if without:
            params = {"language": language, "count": len(without), "first": without[0]}
            yield Diagnostic("B046", origins.get(str(ref)), FrozenMap(params), address=str(ref))


def _words_in(value: Any, path: str) -> Iterator[tuple[str, Words]]:
    """Every text for people inside a thing, with the names on the way to it. Built-in fields speak all languages."""
    if isinstance(value, Field) and not value.own:
        return
    if is_dataclass(value) and not isinstance(value, type):
        hints = get_type_hints(type(value))
        for field in fields(value):
            inner = getattr(value, field.name)
            if hints[field.name] in WORDS:
                yield from [(f"{path}{field.name}", inner)] if inner else []
            else:
                yield from _words_in(inner, f"{path}{field.name}.")
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _words_in(item, f"{path}{name}.")
    elif isinstance(value, tuple):
        for item in value:
            yield from _words_in(item, path)
