"""The reference of kinds and keys for the manual, written from the schemas."""

from collections.abc import Iterator, Mapping
from typing import Any

from partita.compiler.schemas.field import ASKED_TYPES, COLUMN_TYPES, FIELD, FIELD_TYPES, SETTING_TYPES, types_with
from partita.compiler.schemas.kinds import SCHEMAS
from partita.compiler.schemas.pieces import Schema

_KINDS = {
    "pack": "Файл `pack.yaml` в корне папки пакета. The file `pack.yaml` at the root of a pack's folder.",
    "reference_book": "Справочник: карточки с полями. A reference book: cards with fields.",
    "request_type": "Тип запроса: регистрируемая запись с состояниями и номером. A registered request.",
    "state_scheme": "Схема состояний и переходов. States and transitions.",
    "decision_catalog": "Каталог типовых решений. Typified decisions.",
    "numbering": "Правило номера. How records get their numbers.",
    "role": "Роль: что она может. What a role may do.",
    "data": "Строки, которые поставляются с пакетом. Rows that come with a pack.",
    "scenario": "Проверка, записанная таблицей шагов. A test written as a table of steps.",
}
_GRAMMARS = {
    "formula": "формула / formula",
    "template": "шаблон / template",
    "words": "слова / words",
    "name": "имя / name",
    "reference": "ссылка / reference",
    "path": "путь / path",
    "sort": "порядок / sort key",
    "who": "кто / who",
    "literal": "значение / literal",
    "value": "значение поля / field value",
    "version": "версия / version",
    "range": "границы версий / version range",
    "moment": "момент / moment",
    "duration": "длительность / duration",
    "code": "код сообщения / message code",
}


def write_reference() -> str:
    """Markdown of all kinds, in the order of the schemas."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Виды описаний и их ключи · Kinds and keys"
    yield ""
    yield "Эта страница получена из схем компилятора. Made from the schemas of the compiler; do not edit."
    yield ""
    for kind, schema in SCHEMAS.items():
        yield from (f"## {kind}", "", _KINDS[kind], "")
        yield from _table(schema)
    yield from _fields()


def _table(schema: Schema) -> Iterator[str]:
    yield "| ключ / key | что / grammar | обязателен / required | по умолчанию / default | смысл / meaning |"
    yield "| --- | --- | --- | --- | --- |"
    for path, part, required in _keys(schema, ""):
        need = "да / yes" if required else ""
        default = str(part.get("x-default", "")).replace("{{", "{").replace("}}", "}")
        yield f"| `{path}` | {_grammar(part)} | {need} | {default} | {part.get('x-ru', '')}. {part.get('x-en', '')}. |"
    yield ""


def _keys(schema: Any, above: str) -> Iterator[tuple[str, Schema, bool]]:
    """Keys of a map, and of the maps inside it; fields have a section of their own."""
    required = schema.get("required", ())
    for name, part in schema.get("properties", {}).items():
        path = f"{above}{name}"
        yield path, part, name in required
        yield from _inside(part, path)


def _inside(part: Any, path: str) -> Iterator[tuple[str, Schema, bool]]:
    if "x-select" in part or part.get("x-grammar") == "words":
        return
    if isinstance(part.get("additionalProperties"), Mapping):
        yield from _inside(part["additionalProperties"], f"{path}.*")
    elif "properties" in part:
        yield from _keys(part, f"{path}.")
    for case in ("then", "else"):
        if "properties" in part.get(case, {}) and part[case].get("x-grammar") != "words":
            yield from _keys(part[case], f"{path}.")


def _grammar(part: Mapping[str, Any]) -> str:
    if word := _GRAMMARS.get(str(part.get("x-grammar"))):
        values = part.get("enum")
        return f"{word}: {', '.join(f'`{v}`' for v in values)}" if values else word
    if part.get("type") == "array":
        return f"список / list: {_grammar(part['items'])}"
    if isinstance(part.get("additionalProperties"), Mapping):
        return "карта по именам / map by names"
    return "карта / map"


def _fields() -> Iterator[str]:
    yield from ("## Поля · Fields", "")
    yield "Типы / types: " + ", ".join(f"`{name}`" for name in FIELD_TYPES) + "."
    yield ""
    for words, types in (
        ("В строках таблиц / in rows of tables", COLUMN_TYPES),
        ("В настройках / in settings", SETTING_TYPES),
        ("В решениях / asked by decisions", ASKED_TYPES),
    ):
        yield f"{words}: " + ", ".join(f"`{name}`" for name in types) + "."
        yield ""
    yield "| ключ / key | что / grammar | типы / types | по умолчанию / default | смысл / meaning |"
    yield "| --- | --- | --- | --- | --- |"
    for name, part in _field_keys().items():
        types = types_with(name)
        shown = "все / all" if len(types) == len(FIELD_TYPES) else ", ".join(f"`{t}`" for t in types)
        meaning = f"{part.get('x-ru', '')}. {part.get('x-en', '')}."
        yield f"| `{name}` | {_grammar(part)} | {shown} | {part.get('x-default', '')} | {meaning} |"
        for inner, piece, _ in _inside(part, name):
            yield f"| `{inner}` | {_grammar(piece)} | {shown} | | {piece.get('x-ru', '')}. {piece.get('x-en', '')}. |"


def _field_keys() -> dict[str, Schema]:
    found: dict[str, Schema] = {}
    for case in FIELD["x-select"]["cases"].values():
        found |= {name: part for name, part in case["properties"].items() if name not in found and name != "type"}
    return found
