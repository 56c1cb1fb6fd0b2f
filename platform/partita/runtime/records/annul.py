"""Annulling a registered record outside its scheme: for what came by mistake with an import."""

from collections.abc import Mapping
from typing import Any

from partita.base.errors import Problem, Refused
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.records.purpose import Purpose
from partita.runtime.records.sheet import Sheet
from partita.runtime.records.store import update_record
from partita.runtime.values.work import Work


def annul(work: Work, blueprint: Blueprint, record: Mapping[str, Any], note: str) -> None:
    """Into the scheme's first cancelled state. Its number is not used again."""
    scheme = blueprint.scheme
    states = [s.name for s in scheme.states.values() if s.category == "cancelled"] if scheme else []
    if not states:
        raise Refused(Problem("W025"))
    if record["state"] not in states:
        purpose = Purpose("change")
        sheet = Sheet(work, blueprint, purpose, purpose.action, record, {**record, "state": states[0]})
        update_record(sheet, "annul", note)
