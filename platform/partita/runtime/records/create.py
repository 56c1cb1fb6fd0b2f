"""A new record: at once registered, or left as a draft; and the registration of a draft."""

from collections.abc import Mapping
from typing import Any

from partita.base.frozen import FrozenMap
from partita.runtime.access.rights import CREATE
from partita.runtime.codecs.registry import is_empty
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.files.adoption import adopt_files
from partita.runtime.numbering.numbers import take_number
from partita.runtime.records.authority import denied, is_own_draft, may, open_record
from partita.runtime.records.commands import CreateRecord, Outcome, RegisterRecord
from partita.runtime.records.filling import fill_new, fill_stored
from partita.runtime.records.first_time import lock_counterparty
from partita.runtime.records.judge import judge
from partita.runtime.records.placing import place, require_past, write_past
from partita.runtime.records.purpose import Purpose
from partita.runtime.records.sheet import Sheet
from partita.runtime.records.store import insert_record, refuse_if_wrong, update_record
from partita.runtime.values.work import Work
from partita.runtime.workflow.offers import is_registered


def create(work: Work, command: CreateRecord) -> Outcome:
    blueprint = work.ctx.blueprint(command.type)
    if not work.rights.may(blueprint.name, CREATE):
        raise denied(work, blueprint, CREATE)
    draft = blueprint.is_request and not command.register
    if blueprint.is_request and not draft:
        lock_counterparty(work, blueprint, _counterparty(command.values))
    sheet = fill_new(work, blueprint, Purpose("draft" if draft else "create"), command.values, FrozenMap())
    if command.past is not None:
        require_past(work, blueprint)
        place(sheet, command.past)
    if not draft:
        _assign(sheet)
    _finish(sheet)
    if not may(work, blueprint, sheet.values, CREATE):
        raise denied(work, blueprint, CREATE)
    if blueprint.is_request and not draft and is_empty(sheet.values["number"]):
        sheet.values["number"] = take_number(work.conn, blueprint, sheet.env)
    record_id = insert_record(sheet, "draft" if draft else "create", command.past.note if command.past else "")
    if command.past is not None:
        write_past(sheet, record_id)
    adopt_files(work, blueprint, record_id, sheet.old, sheet.values, command.form_key)
    events = ("created", "registered") if blueprint.is_request and not draft else ("created",)
    return outcome_of(sheet, record_id, 1, events)


def register(work: Work, command: RegisterRecord) -> Outcome:
    blueprint = work.ctx.blueprint(command.type)
    record = open_record(work, blueprint, command.id)
    if not is_own_draft(work, blueprint, record) and not may(work, blueprint, record, CREATE):
        raise denied(work, blueprint, CREATE)
    if is_registered(blueprint, record):
        return _registered_already(blueprint, record)
    lock_counterparty(work, blueprint, command.values.get("counterparty", record.get("counterparty")))
    sheet = fill_stored(work, blueprint, Purpose("register"), CREATE, record, command.values)
    _assign(sheet)
    _finish(sheet)
    sheet.values["number"] = take_number(work.conn, blueprint, sheet.env)
    version = update_record(sheet, "register")
    adopt_files(work, blueprint, command.id, record, sheet.values, command.form_key)
    return outcome_of(sheet, command.id, version, ("registered",))


def _registered_already(blueprint: Blueprint, record: Mapping[str, Any]) -> Outcome:
    """Someone was faster: the record has its number, which is all that was wanted."""
    number = record.get("number") or ""
    return Outcome(
        type=blueprint.name, id=record["id"], version=record["version"], number=number, title=record["title"] or ""
    )


def _counterparty(values: Mapping[str, Any]) -> int | None:
    found = values.get("counterparty")
    return found if isinstance(found, int) else None


def _assign(sheet: Sheet) -> None:
    """The first formula that yields somebody names the responsible one, unless one was given."""
    if sheet.blueprint.is_request and is_empty(sheet.values.get("responsible")):
        found = (rule.run(sheet.env) for rule in sheet.blueprint.responsible)
        sheet.values["responsible"] = next((person for person in found if person is not None), None)


def _finish(sheet: Sheet) -> None:
    judge(sheet)
    refuse_if_wrong(sheet)


def outcome_of(
    sheet: Sheet, record_id: int, version: int, events: tuple[str, ...], merged: tuple[str, ...] = ()
) -> Outcome:
    warnings = tuple(p for p in sheet.problems if p.level != "error")
    return Outcome(
        type=sheet.blueprint.name, id=record_id, version=version, number=sheet.values.get("number") or "",
        title=sheet.values.get("title") or "", events=events, merged=merged, problems=warnings,
    )  # fmt: skip
