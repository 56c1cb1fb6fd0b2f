"""Schemas for editors: plain JSON Schema files, parts that repeat written once, words in one language."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from partita.compiler.schemas.kinds import SCHEMAS
from partita.compiler.schemas.pieces import Schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MAPS, LISTS = ("properties",), ("allOf", "anyOf", "oneOf")
SINGLE = ("items", "additionalProperties", "propertyNames", "if", "then", "else")
"""Where schemas stand inside a schema."""
MIN_SHARED = 200
"""Parts whose text is shorter than this are repeated in place."""


def export(folder: Path, language: str = "ru") -> list[Path]:
    """Write `KIND.schema.json` for every kind, `pack.schema.json`, and `document.schema.json` that chooses by `kind`.
    A file names its schema in its first line: `# yaml-language-server: $schema=../schemas/role.schema.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [
        _write(folder / f"{kind}.schema.json", plain(schema, kind, language)) for kind, schema in SCHEMAS.items()
    ]
    return [*written, _write(folder / "document.schema.json", _any_kind())]


def _write(path: Path, schema: Schema) -> Path:
    path.write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _any_kind() -> Schema:
    """One schema for all files of a pack: which one applies is said by the key `kind`."""
    kinds = [kind for kind in SCHEMAS if kind != "pack"]
    cases = [_case("kind", kind, {"$ref": f"{kind}.schema.json"}) for kind in kinds]
    head = {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": kinds}}}
    return {"$schema": DIALECT, "title": "Partita", **head, "allOf": cases}


def plain(schema: Schema, title: str, language: str) -> Schema:
    """Standard JSON Schema 2020-12 in which a part used more than once stands in `$defs`."""
    standard = _standard(schema, language)
    shared = _shared(standard)
    definitions = {name: _with_refs(json.loads(text), shared, top=True) for text, name in shared.items()}
    body = _with_refs(standard, shared, top=True)
    return {"$schema": DIALECT, "title": title, **body} | ({"$defs": definitions} if definitions else {})


def _case(key: str, value: str, then: Schema) -> Schema:
    return {"if": {"properties": {key: {"const": value}}, "required": [key]}, "then": then}


def _standard(schema: Schema, language: str) -> Schema:
    """Own keywords in terms of the standard ones: x-select as if/then, x-exactly-one as oneOf, words as description."""
    made = {key: value for key, value in schema.items() if not key.startswith("x-")}
    made = _mapped(made, lambda part: _standard(part, language))
    if words := schema.get(f"x-{language}"):
        made["description"] = words
    if select := schema.get("x-select"):
        cases = select["cases"].items()
        made["allOf"] = [_case(select["key"], name, _standard(case, language)) for name, case in cases]
    if names := schema.get("x-exactly-one"):
        made["oneOf"] = [{"required": [name]} for name in names]
    return made


def _mapped(schema: Schema, change: Callable[[Schema], Schema]) -> Schema:
    """The schema with every schema that stands directly in it changed."""
    made = dict(schema)
    for key in MAPS:
        if key in made:
            made[key] = {name: change(part) for name, part in made[key].items()}
    for key in LISTS:
        if key in made:
            made[key] = [change(part) for part in made[key]]
    for key in SINGLE:
        if isinstance(made.get(key), dict):
            made[key] = change(made[key])
    return made


def _shared(schema: Schema) -> dict[str, str]:
    """Text of a part → its name in `$defs`, for parts that are long and repeat."""
    seen: dict[str, int] = {}
    for part in _parts(schema):
        seen[part] = seen.get(part, 0) + 1
    repeated = [text for text, count in seen.items() if count > 1]
    return {text: f"part{number}" for number, text in enumerate(repeated, 1)}


def _parts(schema: Schema) -> Iterator[str]:
    """The text of every long part; properties and other maps of parts are no parts themselves."""
    for part in _inside(schema):
        text = json.dumps(part, ensure_ascii=False)
        if len(text) >= MIN_SHARED:
            yield text
        yield from _parts(part)


def _inside(schema: Schema) -> Iterator[Schema]:
    """The schemas that stand directly in a schema."""
    for key in MAPS:
        yield from schema.get(key, {}).values()
    for key in LISTS:
        yield from schema.get(key, ())
    yield from (schema[key] for key in SINGLE if isinstance(schema.get(key), dict))


def _with_refs(schema: Schema, shared: Mapping[str, str], top: bool = False) -> Schema:
    name = None if top else shared.get(json.dumps(schema, ensure_ascii=False))
    if name:
        return {"$ref": f"#/$defs/{name}"}
    return _mapped(schema, lambda part: _with_refs(part, shared))
