"""Words of packs in all the languages they promise."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from partita.base.text import LANGUAGES
from partita.model.model import Model


def missing_words(model: Model, pack: str) -> list[str]:
    """Places of words in what `pack` declares that lack one of its languages."""
    languages = model.packs[pack].languages
    declared: list[tuple[str, Any]] = [(f"pack {pack}", model.packs[pack])]
    for things in (
        model.types,
        model.schemes,
        model.catalogs,
        model.numberings,
        model.roles,
        model.data,
        model.scenarios,
    ):
        declared += [(str(thing.ref), thing) for thing in _of_pack(things, pack)]
    return [
        f"{place}: {', '.join(sorted(set(languages) - set(words)))}"
        for name, thing in declared
        for place, words in _words(thing, name)
        if not set(languages) <= set(words)
    ]


def _of_pack(things: Mapping[str, Any], pack: str) -> Iterator[Any]:
    return (thing for thing in things.values() if thing.ref.pack == pack)


def _words(thing: Any, place: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    if _is_words(thing):
        yield place, thing
    elif isinstance(thing, Mapping):
        for name, inner in thing.items():
            yield from _words(inner, f"{place}.{name}")
    elif isinstance(thing, tuple):
        for number, inner in enumerate(thing):
            yield from _words(inner, f"{place}.{getattr(inner, 'name', number)}")
    elif is_dataclass(thing) and getattr(thing, "own", True):
        for slot in fields(thing):
            if slot.name != "rows":
                yield from _words(getattr(thing, slot.name), f"{place}.{slot.name}")


def _is_words(thing: Any) -> bool:
    return (
        isinstance(thing, Mapping)
        and bool(thing)
        and set(thing) <= set(LANGUAGES)
        and all(isinstance(text, str) for text in thing.values())
    )
