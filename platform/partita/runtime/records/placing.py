"""Records with a past: what late registration and import say happened before the record came to us."""

from partita.base.errors import Denied, Problem, Refused
from partita.base.frozen import FrozenMap
from partita.base.text import say
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.records.commands import Past
from partita.runtime.records.sheet import Sheet
from partita.runtime.values.journaling import write_changes
from partita.runtime.values.work import Work

IMPORT = "import"
FIELDS = ("registered_at", "number", "decision", "decision_text", "decided_at")


def require_past(work: Work, blueprint: Blueprint) -> None:
    """A past is given only by whoever may import."""
    if not work.rights.may(blueprint.name, IMPORT) and not work.ctx.actor.system:
        label = say(blueprint.type.label, work.ctx.language, blueprint.name)
        raise Denied("I003", command=IMPORT, type=label, action=IMPORT)


def place(sheet: Sheet, past: Past) -> None:
    """The record stands at once where it stood."""
    scheme = sheet.blueprint.scheme
    if past.state and (scheme is None or past.state not in scheme.states):
        raise Refused(Problem("W006", "state", FrozenMap({"value": past.state})))
    if past.state:
        sheet.values["state"] = past.state
    for name in FIELDS:
        if name in sheet.blueprint.fields and getattr(past, name):
            sheet.values[name] = getattr(past, name)


def write_past(sheet: Sheet, record_id: int) -> None:
    """That the record did not begin at the beginning is told by the journal."""
    scheme = sheet.blueprint.scheme
    if scheme is not None and sheet.values["state"] != scheme.initial:
        state = {"state": sheet.values["state"]}
        write_changes(sheet.work, sheet.blueprint, record_id, 1, "past", {"state": scheme.initial}, state)
