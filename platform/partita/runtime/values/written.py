"""Values as the journal writes them: JSON texts, by the codec of the field."""

import json
from typing import Any

from partita.base.errors import Problem
from partita.runtime.codecs.registry import is_empty
from partita.runtime.compiled.blueprint import Blueprint

ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
"""Kept: `json.dumps` makes a new one at each call."""


def write_value(blueprint: Blueprint, field: str, value: Any) -> str | None:
    if is_empty(value):
        return None
    plan = blueprint.fields[field]
    return ENCODER.encode(plan.codec.to_json(value, plan.field))


def read_value(blueprint: Blueprint, field: str, text: str | None) -> Any:
    """What fits no more (the field is gone, the option was removed) stays as it was written."""
    plan = blueprint.fields.get(field)
    data = None if text is None else json.loads(text)
    if plan is None:
        return data
    value = plan.codec.from_json(data, plan.field) if data is not None else plan.empty
    return data if isinstance(value, Problem) else value
