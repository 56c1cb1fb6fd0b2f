"""A document against its schema: each mistake with the place of the very key or value; what is wrong is then left out.

Leaving the wrong parts out lets the later passes go on with the rest, so that one run tells all findings.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from referencing import Registry

from partita.base.diagnostics import Diagnostic
from partita.base.source import Pointer
from partita.compiler.schemas.kinds import SCHEMAS
from partita.compiler.schemas.pieces import MAX_NAME, Schema
from partita.compiler.schemas.words import describe
from partita.sources.builder import MAX_DEPTH, MAX_FINDINGS
from partita.sources.document import Document

Errors = Iterator[ValidationError]
MOST_KEYS = 20_000
"""A map with more entries than its schema allows is not looked into."""


def _additional(validator: Any, allowed: Any, instance: Any, schema: Mapping[str, Any]) -> Errors:
    if not validator.is_type(instance, "object") or len(instance) > schema.get("maxProperties", MOST_KEYS):
        return
    known = schema.get("properties", {})
    for key, value in instance.items():
        if key in known:
            continue
        if allowed is False:
            yield ValidationError(key)
        else:
            yield from validator.descend(value, allowed, path=key)


def _names(validator: Any, names: Mapping[str, Any], instance: Any, schema: Any) -> Errors:
    if validator.is_type(instance, "object"):
        for key in instance:
            if len(key) > MAX_NAME or next(validator.descend(key, names), None):
                yield ValidationError(key)


def _required(validator: Any, required: list[str], instance: Any, schema: Any) -> Errors:
    if validator.is_type(instance, "object"):
        yield from (ValidationError(key) for key in required if key not in instance)


def _select(validator: Any, select: Mapping[str, Any], instance: Any, schema: Any) -> Errors:
    if not validator.is_type(instance, "object"):
        return
    value = instance.get(select["key"])
    if isinstance(value, str) and (case := select["cases"].get(value)):
        yield from validator.descend(instance, case)


def _exactly_one(validator: Any, names: list[str], instance: Any, schema: Any) -> Errors:
    if validator.is_type(instance, "object") and sum(name in instance for name in names) != 1:
        yield ValidationError(", ".join(name for name in names if name in instance) or "—")


_extend: Any = extend
_Validator = _extend(
    Draft202012Validator,
    {
        "additionalProperties": _additional,
        "propertyNames": _names,
        "required": _required,
        "x-select": _select,
        "x-exactly-one": _exactly_one,
    },
)


def _lean(schema: Any) -> Any:
    """The schema without words for people, which validation would only step over."""
    if isinstance(schema, list):
        return [_lean(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {k: _lean(v) for k, v in schema.items() if k not in ("x-ru", "x-en", "x-default", "x-grammar")}


def validator_of(schema: Schema) -> Validator:
    made: Validator = _Validator(_lean(schema), registry=Registry())
    return made


_VALIDATORS = {kind: validator_of(schema) for kind, schema in SCHEMAS.items()}


def validate(document: Document, kind: str) -> tuple[Document, tuple[Diagnostic, ...]]:
    """The document without its wrong parts, and what is wrong."""
    errors = list(_VALIDATORS[kind].iter_errors(document.data))
    findings = tuple(finding for error in errors[:MAX_FINDINGS] if (finding := describe(error, document)))
    for _ in range(MAX_DEPTH):
        if not (parts := [part for part in map(_wrong_part, errors) if part]):
            break
        document = _prune(document, parts)
        errors = list(_VALIDATORS[kind].iter_errors(document.data))
    return document, findings


def _wrong_part(error: ValidationError) -> Pointer:
    """What to leave out: the wrong key or value; for a missing key or a choice of keys, the whole that lacks it; for an
    item of a list the whole list, so that the others keep their places."""
    path = tuple(error.absolute_path)
    if error.validator in ("additionalProperties", "propertyNames"):
        return (*path, error.message)
    while path and isinstance(path[-1], int):
        path = path[:-1]
    return path


def _prune(document: Document, parts: Iterable[Pointer]) -> Document:
    inside: dict[Pointer, set[str | int]] = {}
    for part in parts:
        inside.setdefault(part[:-1], set()).add(part[-1])
    data: Any = document.data
    for holder in sorted(inside, key=len, reverse=True):
        data = _without(data, holder, inside[holder])
    damaged = {str(name) for names in inside.values() for name in names}
    return replace(document, data=data, damaged=document.damaged | damaged)


def _without(data: Any, holder: Pointer, names: AbstractSet[str | int]) -> Any:
    """A copy of the data without some keys of one map; what is not on the way to it is shared."""
    if not holder:
        return {key: value for key, value in data.items() if key not in names} if isinstance(data, dict) else data
    head, *rest = holder
    if isinstance(data, dict) and head in data:
        return data | {head: _without(data[head], tuple(rest), names)}
    if isinstance(data, list) and isinstance(head, int):
        return [*data[:head], _without(data[head], tuple(rest), names), *data[head + 1 :]]
    return data
