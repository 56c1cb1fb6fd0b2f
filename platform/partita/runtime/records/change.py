"""Changing the fields of a stored record, and removing a record that may still be removed."""

from partita.base.errors import Problem, Refused
from partita.runtime.access.rights import CHANGE, CREATE, DELETE
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.files.adoption import adopt_files, drop_files
from partita.runtime.records.authority import is_own_draft, may, open_record, require
from partita.runtime.records.commands import ChangeRecord, DeleteRecord, Outcome
from partita.runtime.records.create import outcome_of
from partita.runtime.records.filling import canonical, fill_stored
from partita.runtime.records.judge import judge
from partita.runtime.records.merge import Merge, Names, Values, reconcile
from partita.runtime.records.placing import place, require_past
from partita.runtime.records.purpose import Purpose
from partita.runtime.records.store import delete_record, refuse_if_wrong, update_record
from partita.runtime.values.work import Work
from partita.runtime.workflow.offers import is_registered
from partita.storage import search_index

NO_FIELDS: frozenset[str] = frozenset()


def change(work: Work, command: ChangeRecord) -> Outcome:
    blueprint = work.ctx.blueprint(command.type)
    record = open_record(work, blueprint, command.id)
    action = right_to_change(work, blueprint, record)
    given, merged = mine(work, blueprint, record, command.version, command.values, NO_FIELDS)
    purpose = Purpose("change" if is_registered(blueprint, record) else "redraft")
    sheet = fill_stored(work, blueprint, purpose, action, record, given)
    judge(sheet)
    refuse_if_wrong(sheet)
    if command.past is not None:
        require_past(work, blueprint)
        place(sheet, command.past)
    version = update_record(sheet, "change", command.past.note if command.past else "")
    adopt_files(work, blueprint, command.id, record, sheet.values, command.form_key)
    return outcome_of(sheet, command.id, version, ("changed",) if version > record["version"] else (), merged)


def right_to_change(work: Work, blueprint: Blueprint, record: Values) -> str:
    """The right by which the fields are given values; raises Denied."""
    if may(work, blueprint, record, CHANGE):
        return CHANGE
    if is_own_draft(work, blueprint, record):
        return CREATE
    require(work, blueprint, record, CHANGE)
    return CHANGE


def mine(
    work: Work, blueprint: Blueprint, record: Values, version: int, values: Values, own: Names
) -> tuple[Values, tuple[str, ...]]:
    """Given values without those that only repeat what others have changed meanwhile."""
    if version == record["version"]:
        return values, ()
    sound = canonical(blueprint, values)
    merge: Merge = reconcile(work, blueprint, record, version, sound, own)
    return {n: v for n, v in values.items() if n in merge.values or n not in sound}, merge.merged


def delete(work: Work, command: DeleteRecord) -> Outcome:
    blueprint = work.ctx.blueprint(command.type)
    record = open_record(work, blueprint, command.id)
    if not is_own_draft(work, blueprint, record):
        require(work, blueprint, record, DELETE)
    if blueprint.is_request and is_registered(blueprint, record):
        raise Refused(Problem("W025"))
    mine(work, blueprint, record, command.version, {}, frozenset(blueprint.fields))
    drop_files(work, blueprint.name, command.id)
    delete_record(work, blueprint, record)
    search_index.drop(work.conn, blueprint.name, command.id)
    return Outcome(type=blueprint.name, id=command.id, title=record["title"] or "", events=("deleted",))
