"""A document against its schema: each mistake with the place of the very key or value; what is wrong is then left out.

Leaving the wrong parts out lets the later passes go on with the rest, so that one run tells all findings.
"""

from collections.abc import Iterator, Mapping
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
from partita.sources.builder import MAX_DEPTH
from partita.sources.document import Document

Errors = Iterator[ValidationError]


def _additional(validator: Any, allowed: Any, instance: Any, schema: Mapping[str, Any]) -> Errors:
    if not validator.is_type(instance, "object"):
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
    findings = tuple(finding for error in errors if (finding := describe(error, document)))
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


def _prune(document: Document, parts: list[Pointer]) -> Document:
    data: Any = dict(document.data)
    damaged = set(document.damaged)
    for part in sorted(set(parts), key=lambda p: [(isinstance(x, str), str(x).zfill(8)) for x in p], reverse=True):
        damaged.update(str(name) for name in part[-1:])
        if part:
            data = _without(data, part)
    return replace(document, data=data, damaged=frozenset(damaged))


def _without(data: Any, part: Pointer) -> Any:
    """A copy of the data without one leaf; what is not on the way to it is shared."""
    head, *rest = part
    if isinstance(data, dict) and head in data:
        kept = {key: value for key, value in data.items() if rest or key != head}
        return kept | {head: _without(data[head], tuple(rest))} if rest else kept
    if isinstance(data, list) and isinstance(head, int) and rest:
        return [*data[:head], _without(data[head], tuple(rest)), *data[head + 1 :]]
    return data
