"""Declared is enforced: a change of any key that a schema allows changes the Model. A key that nothing reads fails."""

import copy
import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import PurePath
from typing import Any

import pytest

from partita.base.diagnostics import has_errors
from partita.compiler.build.model import build_model
from partita.compiler.documents import read_documents
from partita.compiler.doubts import find_doubts
from partita.compiler.link import link
from partita.compiler.pipeline import compile_sources
from partita.compiler.symbols import declare
from partita.model.dump import text
from partita.sources.read import read_text
from tests.compiler.bad_files import GOLDEN, good_sources, read
from tests.compiler.schema_paths import Path, all_paths, find, kinds_of

FULL = {f"full/{path.name}": read(path) for path in sorted((GOLDEN / "full").glob("*.yaml"))}
IDENTITY = {"kind", "name", "pack"}
"""Keys that say which thing a document is; everything else in it hangs on them."""
DEEDS = ("create", "change", "transition", "decide")
"""What a step does, one thing: in its place it may wait."""
INSTEAD: dict[str, tuple[Any, ...]] = {
    "to": ("department", "store", "same", "fresh", "taken"),
    "from": ("any", ["taken"], "tag", "organization", "note", "follow_up"),
    "by": ("keeper", "store", "second"),
    "initial": ("old_one", "worked"),
    "like": ("closed",),
    "states": ("shelf_life", "ask_cycle"),
    "numbering": ("numbers",),
    "decisions": ("decisions",),
    "counterparty": ("store", "region"),
    "into": ("note",),
    "rows": ({},),
    "set": ({"reason": "'x'"},),
    "groups": ({"work": "Труд"},),
    "requires": ({"base": ">=1"},),
    "options": ({"fast": "Ф", "slow": "С"},),
    "fields": (["word"], ["day"], ["text"], ["store"], ["due"], ["name"], ["area"], ["extra"]),
    "people": ({"anna": ["base.operator"], "boss": ["base.operator"]},),
    "create": ("plain",),
    "on": ("begun",),
    "as": ("boss", "anna"),
    "move": ("start", "finish", "note_it"),
    "transition": ("finish",),
    "decide": ("yes_do",),
    "wait": ("days(3)",),
    "at": ("2027-01-01T00:00Z",),
    "key": ("name",),
    "group": ("books",),
    "version": ("2.2.0",),
    "template": ("X{seq}", "{seq:07}"),
    "counter": ("{registered_at:yy}",),
    "title": ("{id}",),
    "allow": (["role.clerk"],),
    "columns": (["id"], ["name", "area"]),
    "sort": (["-id"],),
    "commands": ("all", ["comment"]),
    "transitions": (["start"], "all"),
    "languages": (["ru", "kk"], ["en", "ru"]),
    "currency": ("GBP",),
    "type": ("multiline", "datetime", "integer", "text", "percent"),
    "default": (1, "'x'", "today()", "fast", "slow"),
    "compute": ("'x'", 5),
    "change": (),
    "refused": ({"due": "W001"},),
}
"""Other values to try for a key whose grammar alone does not tell a fitting one."""


@cache
def documents() -> dict[str, list[dict[str, Any]]]:
    return {file: [dict(document.data) for document in read_text(source, file)[0]] for file, source in FULL.items()}


def written(data: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """The documents as text again: JSON is YAML too."""
    return {
        file: "\n---\n".join(json.dumps(part, ensure_ascii=False, default=float) for part in parts)
        for file, parts in data.items()
    }


def dumped(data: dict[str, list[dict[str, Any]]]) -> str | None:
    """The Model as text, or None when there are errors (formulas are only carried here, their typing is not asked)."""
    documents = read_documents(good_sources() | written(data))
    symbols, told = declare(documents.packs, documents.things, "ru")
    links, unknown = link(symbols)
    model, wrong = build_model(symbols, links, find_doubts(symbols, links))
    return None if has_errors((*documents.findings, *told, *unknown, *wrong)) else text(model)


@cache
def unchanged() -> str:
    found = dumped(documents())
    assert found
    return found


def others(key: str, value: Any) -> Iterator[Any]:
    """Values to put in place of this one."""
    yield from INSTEAD.get(key, ())
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | Decimal):
        yield value + 1
        yield value - 1
    elif isinstance(value, str):
        yield from ("true", "1 == 1", "'другое'", f"{value} и ещё", f"{value}_x")
        yield from ("danger", "warning", "lg", "bik", "inn", "done", "waiting", "refuse", "optional", "forbidden")
        yield from ("by_hand", "reference", "required", "allowed", "change", "W005")
    elif isinstance(value, dict) and set(value) <= {"ru", "en"}:
        yield {**value, "ru": "Иначе"}


def mutants(file: str, number: int, pointer: tuple[str | int, ...]) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """The documents with the value removed, then with other values."""
    key = next(str(step) for step in reversed(pointer) if isinstance(step, str))
    for value in (None, *others(key, _at(documents()[file][number], pointer))):
        made = copy.deepcopy(documents())
        holder = _at(made[file][number], pointer[:-1])
        if value is None:
            del holder[pointer[-1]]
        else:
            holder[pointer[-1]] = value
        yield made
    if key in DEEDS:
        made = copy.deepcopy(documents())
        step = _at(made[file][number], pointer[:-1])
        del step[key]
        step["transition"] = "start"
        yield made


def _at(data: Any, pointer: tuple[str | int, ...]) -> Any:
    for step in pointer:
        data = data[step]
    return data


def places(kind: str, path: Path) -> Iterator[tuple[str, int, tuple[str | int, ...]]]:
    for file, parts in documents().items():
        for number, data in enumerate(parts):
            is_pack = PurePath(file).name == "pack.yaml"
            if (is_pack and kind == "pack") or (not is_pack and data.get("kind") in kinds_of(kind)):
                yield from ((file, number, pointer) for pointer in find(data, path))


def neighbours(place: tuple[str, int, tuple[str | int, ...]]) -> int:
    """How many keys stand beside the value: where there are few, more changes are possible."""
    file, number, pointer = place
    return len(_at(documents()[file][number], pointer[:-1]))


LIVE = [(kind, path) for kind, path in all_paths() if len(path) > 1 or path[0] not in IDENTITY]


def test_the_documents_compile_without_findings() -> None:
    assert compile_sources(good_sources() | FULL).findings == ()


@pytest.mark.parametrize(("kind", "path"), LIVE, ids=lambda part: part if isinstance(part, str) else ".".join(part))
def test_a_change_of_the_key_changes_the_model(kind: str, path: Path) -> None:
    found = sorted(places(kind, path), key=neighbours)
    assert found, "no document of golden/full uses the key"
    before, tried = unchanged(), 0
    for place in found:
        for mutant in mutants(*place):
            after = dumped(mutant)
            tried += after is not None
            if after is not None and after != before:
                return
    assert tried, "no changed value compiles: give one in INSTEAD"
    pytest.fail("the Model stays the same whatever the key says: nothing reads it")
