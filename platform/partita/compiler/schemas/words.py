"""What a schema's error says to the author: the code, the exact place, the names that would fit."""

from collections.abc import Mapping
from typing import Any

from jsonschema import ValidationError

from partita.base.diagnostics import Diagnostic
from partita.base.frozen import FrozenMap
from partita.base.source import Pointer
from partita.base.suggest import nearest
from partita.compiler.schemas.field import types_with
from partita.compiler.schemas.pieces import MAX_NAME, PATH, REFERENCE, SORT_KEY, WHO
from partita.sources.document import Document

_EXPECTED = {
    ("string",): "S015",
    ("number",): "S016",
    ("integer",): "S017",
    ("object",): "S018",
    ("array",): "S019",
    ("boolean",): "S014",
    ("string", "number", "boolean"): "S020",
    ("string", "boolean"): "S020",
    ("string", "object"): "S021",
    ("string", "number"): "S015",
    ("string", "number", "boolean", "array"): "S015",
}
_PATTERNS = {REFERENCE["pattern"]: "S022", WHO["pattern"]: "S023"}
_SAMPLES = {
    "version": "1.0.0",
    "requires": ">=1,<2",
    "at": "2026-11-21T09:00+03:00",
    "wait": "days(2)",
    "refused": "W001",
    "currency": "RUB",
    "columns": "counterparty.region",
    "sort": "-registered_at",
}


def describe(error: ValidationError, document: Document) -> Diagnostic | None:
    """The finding; None for a missing key that was left out because something was wrong with it."""
    if error.validator == "required" and error.message in document.damaged:
        return None
    path: Pointer = tuple(error.absolute_path)
    makers = {
        "additionalProperties": _unknown_key,
        "propertyNames": _bad_name,
        "required": _missing,
        "enum": _not_one_of,
        "const": _not_one_of,
        "pattern": _bad_form,
        "x-exactly-one": _not_exactly_one,
        "uniqueItems": _repeated,
        "type": _wrong_type,
    }
    maker = makers.get(str(error.validator), _out_of_bounds)
    return maker(error, path, document)


def _unknown_key(error: ValidationError, path: Pointer, document: Document) -> Diagnostic:
    key, known = error.message, tuple(_schema(error).get("properties", ()))
    place = document.key(*path, key)
    kind = error.instance.get("type") if isinstance(error.instance, Mapping) else None
    if "type" in known and isinstance(kind, str) and (types := types_with(key)) and kind not in types:
        return Diagnostic("S003", place, FrozenMap({"key": key, "type": kind, "types": types}))
    return Diagnostic("S001", place, FrozenMap({"key": key, "allowed": known}), nearest(key, known))


def _bad_name(error: ValidationError, path: Pointer, document: Document) -> Diagnostic:
    name = error.message
    place = document.key(*path, name)
    if len(name) > MAX_NAME:
        return Diagnostic("S006", place, FrozenMap({"limit": MAX_NAME}))
    return Diagnostic("S005", place, FrozenMap({"name": name}))


def _missing(error: ValidationError, path: Pointer, document: Document) -> Diagnostic:
    place = document.key(*path) if path else document.head()
    return Diagnostic("S002", place, FrozenMap({"key": error.message}))


def _not_one_of(error: ValidationError, path: Pointer, document: Document) -> Diagnostic:
    value, allowed = error.instance, error.validator_value
    allowed = tuple(str(item) for item in (allowed if isinstance(allowed, list) else [allowed]))
    if isinstance(value, dict | list):
        return _wrong_type(error, path, document)
    if _schema(error).get("x-or-list"):
        return Diagnostic("S026", document.at(*path), FrozenMap({"word": allowed[0], "value": str(value)}))
    shown = _shown(value).strip("«»")
    return Diagnostic(
        "S004", document.at(*path), FrozenMap({"value": shown, "allowed": allowed}), nearest(str(value), allowed)
    )


def _bad_form(error: ValidationError, path: Pointer, document: Document) -> Diagnostic:
    value, place = str(error.instance), document.at(*path)
    if code := _PATTERNS.get(str(error.validator_value)):
        return Diagnostic(code, place, FrozenMap({"value": value}))
    sample = next((_SAMPLES[part] for part in reversed(path) if isinstance(part, str) and part in _SAMPLES), "")
    if sample or error.validator_value in (PATH["pattern"], SORT_KEY["pattern"]):
        return Diagnostic("S024", place, FrozenMap({"value": value, "sample": sample}))
    return Diagnostic("S005", place, FrozenMap({"name": value}))


def _not_exactly_one(error: ValidationError, path: Pointer, document: Document) -> Diagnostic:
    params = {"keys": tuple(error.validator_value), "found": error.message}  # type: ignore[arg-type]
    return Diagnostic("S013", document.key(*path), FrozenMap(params))


def _repeated(error: ValidationError, path: Pointer, document: Document) -> Diagnostic:
    items = list(error.instance)  # type: ignore[arg-type]
    index = next(n for n, item in enumerate(items) if item in items[:n])
    return Diagnostic("S011", document.at(*path, index), FrozenMap({"value": _shown(items[index]).strip("«»")}))


def _wrong_type(error: ValidationError, path: Pointer, document: Document) -> Diagnostic:
    wanted = error.validator_value if error.validator == "type" else ["object"]
    types = tuple(wanted) if isinstance(wanted, list) else (str(wanted),)
    code = _EXPECTED.get(types, "S015")
    shown = _shown(error.instance)
    params = {"value": shown} if code == "S014" else {"found": shown}
    return Diagnostic(code, document.at(*path), FrozenMap(params))


def _out_of_bounds(error: ValidationError, path: Pointer, document: Document) -> Diagnostic:
    place, limit = document.at(*path), error.validator_value
    match error.validator:
        case "maxLength" if "pattern" in _schema(error):
            return Diagnostic("S006", place, FrozenMap({"limit": limit}))
        case "maxLength":
            return Diagnostic("S008", place, FrozenMap({"limit": limit}))
        case "maxItems" | "maxProperties":
            return Diagnostic("S012", place, FrozenMap({"limit": limit}))
        case "minimum":
            return Diagnostic("S010", place, FrozenMap({"value": error.instance, "bound": f"≥ {limit}"}))
        case "maximum":
            return Diagnostic("S010", place, FrozenMap({"value": error.instance, "bound": f"≤ {limit}"}))
    return Diagnostic("S009", document.key(*path))


def _schema(error: ValidationError) -> Mapping[str, Any]:
    return error.schema if isinstance(error.schema, Mapping) else {}


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    return f"«{value[:60]}»" if isinstance(value, str) else str(value)[:60]
