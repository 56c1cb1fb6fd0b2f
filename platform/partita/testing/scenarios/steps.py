"""One step of a scenario: from its plain values to a command, and from the pipeline's answer to what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from partita.base.errors import Conflict, Denied, NotFound, Problem, Refused
from partita.model.data import Step
from partita.runtime.codecs.registry import FILES, is_empty
from partita.runtime.context import SYSTEM, Context
from partita.runtime.files.attachments import describe, upload
from partita.runtime.records.commands import (
    ChangeRecord,
    Command,
    CreateRecord,
    Decide,
    Outcome,
    PerformTransition,
)
from partita.runtime.records.pipeline import perform
from partita.storage import rows
from partita.testing.scenarios.values import Reader, Upload

UNITS = {"minutes": 60, "hours": 3_600, "days": 86_400, "weeks": 604_800}
RECORD = "record"
"""The place of a refusal that concerns the whole record."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`refusals`: place (a field's path, or `record`) → codes, when the pipeline would not do it."""

    outcome: Outcome | None = None
    refusals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __str__(self) -> str:
        if self.outcome is not None:
            return self.outcome.number or "done"
        return "; ".join(f"{place}: {', '.join(codes)}" for place, codes in self.refusals.items())


def pause(step: Step) -> timedelta:
    """The length of `wait: days(2)`."""
    unit, _, number = step.wait.rstrip(")").partition("(")
    return timedelta(seconds=UNITS[unit] * int(number))


def perform_step(ctx: Context, step: Step, reader: Reader, on: tuple[str, int]) -> Answer:
    """Perform the step on the record `on` (its type alone is read for a creation)."""
    try:
        return Answer(perform(ctx, make_command(ctx, step, reader, on)))
    except Refused as refused:
        return Answer(refusals=by_place(refused.problems))
    except Denied as denied:
        return Answer(refusals=by_place((denied.problem,)))
    except NotFound:
        return Answer(refusals={RECORD: ("I003",)})
    except Conflict as conflict:
        return Answer(refusals=dict.fromkeys(conflict.changed or (RECORD,), ("conflict",)))


def by_place(problems: tuple[Problem, ...]) -> dict[str, tuple[str, ...]]:
    places: dict[str, list[str]] = {}
    for problem in problems:
        places.setdefault(problem.field or RECORD, []).append(problem.code)
    return {place: tuple(codes) for place, codes in places.items()}


def make_command(ctx: Context, step: Step, reader: Reader, on: tuple[str, int]) -> Command:
    type_name, record_id = on
    values = reader.read(ctx.runtime.model.types[type_name], step.values, uploader(ctx, type_name, step.name))
    if step.create:
        return CreateRecord(type_name, values, form_key=step.name)
    version = int((read(ctx, type_name, record_id) or {}).get("version", 0))
    if step.transition:
        return PerformTransition(type_name, record_id, version, step.transition, values, step.name)
    if step.decide:
        return Decide(type_name, record_id, version, step.decide, step.text, values, step.name)
    return ChangeRecord(type_name, record_id, version, values, step.name)


def uploader(ctx: Context, type_name: str, form_key: str) -> Upload:
    """Files of scenarios are small: each holds its own name."""
    return lambda field, name: upload(ctx, type_name, field, form_key, name, (name.encode(),)).id


def read(ctx: Context, type_name: str, record_id: int) -> dict[str, Any] | None:
    """The whole record, beside all rights."""
    with ctx.runtime.db.read() as conn:
        return rows.fetch(conn, ctx.runtime.tables, type_name, record_id)


def name_files(ctx: Context, type_name: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with names of files instead of their ids."""
    named = dict(record)
    for one in ctx.runtime.model.types[type_name].fields.values():
        value = record.get(one.name)
        if one.type in FILES and not is_empty(value):
            ids = value if isinstance(value, tuple) else (value,)
            found = describe(replace(ctx, actor=SYSTEM), ids)
            names = tuple(found[each].name for each in ids)
            named[one.name] = names if one.type == "files" else names[0]
    return named
