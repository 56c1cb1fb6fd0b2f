"""Small parts that the schemas of kinds are built from.

Beside standard keywords a schema may carry: `x-ru`, `x-en` (what the key says), `x-grammar` (how its value is read),
`x-default` (what stands when it is absent), `x-select` (one of several shapes by the value of a key; exported as
if/then) and `x-exactly-one` (keys of which exactly one is given).
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from partita.base.text import LANGUAGES

Schema: TypeAlias = dict[str, Any]

NAME = r"[a-z][a-z0-9_]*"
MAX_NAME = 40
MAX_NAMES = 500
MAX_FORMULA = 4000
MAX_NUMBER = 10**18


def said(schema: Schema, ru: str, en: str, default: str = "") -> Schema:
    """The schema of one key with what it says in words."""
    extra = {"x-default": default} if default else {}
    return {**schema, "x-ru": ru, "x-en": en, **extra}


def keys(properties: Mapping[str, Schema], required: Sequence[str] = ()) -> Schema:
    """A map with known keys."""
    schema: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return schema | ({"required": list(required)} if required else {})


def named(of: Schema, at_least: int = 0, pattern: str = NAME, at_most: int = MAX_NAMES) -> Schema:
    """A map whose keys are names given by the author."""
    names = {"propertyNames": {"pattern": rf"^{pattern}$"}, "maxProperties": at_most}
    schema: Schema = {"type": "object", **names, "additionalProperties": of}
    return schema | ({"minProperties": at_least} if at_least else {})


def listed(of: Schema, at_least: int = 0) -> Schema:
    """A list without repeats."""
    schema: Schema = {"type": "array", "items": of, "uniqueItems": True}
    return schema | ({"minItems": at_least} if at_least else {})


def words(limit: int = 200) -> Schema:
    one = {"type": "string", "minLength": 1, "maxLength": limit}
    return {
        **one,
        "type": ["string", "object"],
        "properties": dict.fromkeys(LANGUAGES, one),
        "additionalProperties": False,
        "minProperties": 1,
        "x-grammar": "words",
    }


def matching(pattern: str, grammar: str = "") -> Schema:
    schema: Schema = {"type": "string", "pattern": rf"^(?:{pattern})$"}
    return schema | ({"x-grammar": grammar} if grammar else {})


def one_of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values), "x-grammar": "literal"}


def whole(least: int, most: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most, "x-grammar": "literal"}


def exactly_one(schema: Schema, *names: str) -> Schema:
    return {**schema, "x-exactly-one": list(names)}


def text_or(word: str, otherwise: Schema) -> Schema:
    """Either one given word, or a list."""
    grammar = {"x-grammar": otherwise["x-grammar"]} if "x-grammar" in otherwise else {}
    return {"if": {"type": "string"}, "then": {"enum": [word], "x-or-list": True}, "else": otherwise, **grammar}


NAME_VALUE = matching(NAME, "name") | {"maxLength": MAX_NAME}
REFERENCE = matching(rf"{NAME}(?:\.{NAME})?", "reference")
PATH = matching(rf"{NAME}(?:\.{NAME}){{0,4}}", "path")
SORT_KEY = matching(rf"-?{NAME}", "sort")
WHO = matching(rf"role\.{NAME}(?:\.{NAME})?|the\.{NAME}|head_of\(the\.{NAME}\)", "who")
BOOLEAN: Schema = {"type": "boolean", "x-grammar": "literal"}
NUMBER: Schema = {"type": "number", "minimum": -MAX_NUMBER, "maximum": MAX_NUMBER, "x-grammar": "literal"}
LONG_WORDS = words(2000)
LABEL = words()
SAY = words(500)
CONDITION: Schema = {"type": "string", "minLength": 1, "maxLength": MAX_FORMULA, "x-grammar": "formula"}
VALUE: Schema = CONDITION | {"type": ["string", "number", "boolean"]}
FLAG: Schema = CONDITION | {"type": ["string", "boolean"]}
TEMPLATE: Schema = CONDITION | {"maxLength": 500, "x-grammar": "template"}
"""A formula for a condition, for a value (numbers and true/false may stand bare), for a flag; text with holes."""

CHECK = keys(
    {
        "when": said(CONDITION, "Когда правило действует", "When the rule applies", "always"),
        "must": said(CONDITION, "Что должно быть верно", "What must hold"),
        "say": said(SAY, "Что сказать, если это не так", "What to say when it does not"),
    },
    required=("must", "say"),
)
GUARD = keys({name: CHECK["properties"][name] for name in ("must", "say")}, required=("must", "say"))
ASKED = one_of("required", "optional", "must_change")
ACTION = exactly_one(
    keys(
        {
            "set": said(
                named(VALUE, at_least=1),
                "Записать в поля значения формул",
                "Set fields to the values of formulas",
            ),
            "move": said(NAME_VALUE, "Выполнить переход", "Perform a transition"),
            "when": said(CONDITION, "При каком условии", "On which condition", "always"),
        }
    ),
    "set",
    "move",
)
ACTIONS = named(ACTION)


def document(kind: str, properties: Mapping[str, Schema], required: Sequence[str] = ()) -> Schema:
    """A document of a kind: the keys that every kind has, then its own."""
    head: dict[str, Schema] = {
        "kind": said({"const": kind, "x-grammar": "literal"}, "Вид описания", "The kind of the document"),
        "name": said(NAME_VALUE, "Имя; по нему ссылаются", "The name that others refer to"),
        "label": said(LABEL, "Название для людей", "The name for people", "name"),
    }
    return keys(head | dict(properties), ("kind", "name", *required))
