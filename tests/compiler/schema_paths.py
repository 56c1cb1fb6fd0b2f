"""The schemas walked: every key that an author may write, as a path like `fields.*.options.*.tone`."""

from collections.abc import Iterator
from typing import Any

from partita.compiler.declared import TYPE_KINDS
from partita.compiler.schemas.kinds import SCHEMAS

Path = tuple[str, ...]


def all_paths() -> list[tuple[str, Path]]:
    """(kind, path) of every key of every schema that holds a value of its own, not only other keys."""
    found = {(_family(kind), path) for kind, schema in SCHEMAS.items() for path in _keys(schema, ())}
    above = {(kind, path[:length]) for kind, path in found for length in range(len(path))}
    return sorted(found - above)


def _family(kind: str) -> str:
    """Both kinds of record types share their keys."""
    return "record_type" if kind in TYPE_KINDS else kind


def kinds_of(family: str) -> tuple[str, ...]:
    return TYPE_KINDS if family == "record_type" else (family,)


def _keys(schema: Any, above: Path) -> Iterator[Path]:
    if schema.get("x-grammar") == "words":
        return
    for name, part in schema.get("properties", {}).items():
        yield (*above, name)
        yield from _keys(part, (*above, name))
    if isinstance(schema.get("additionalProperties"), dict):
        yield from _keys(schema["additionalProperties"], (*above, "*"))
    for case in schema.get("x-select", {}).get("cases", {}).values():
        yield from _keys(case, above)
    for branch in ("then", "else"):
        if branch in schema:
            yield from _keys(schema[branch], above)


def find(data: Any, path: Path) -> Iterator[tuple[str | int, ...]]:
    """Pointers of all values of the document that stand at the path."""
    if not path:
        yield ()
        return
    head, *rest = path
    if not isinstance(data, dict):
        return
    for key in list(data) if head == "*" else [head] if head in data else []:
        yield from ((key, *pointer) for pointer in find(data[key], tuple(rest)))
