"""Two people changed one record: what is stored now and what was typed, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from partita.base.errors import Conflict
from partita.model.record_type import RecordType
from partita.runtime.queries.cards import RecordView
from partita.screens.answers import Answers, field_of
from partita.screens.form import FormOrder, settle
from partita.screens.view import View


@dataclass(frozen=True, slots=True)
class Difference:
    field: str
    label: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class ConflictScreen:
    by: str
    when: str
    version: int
    differences: tuple[Difference, ...]


def arrange_conflict(
    view: View, record_type: RecordType, record: RecordView, answers: Answers, conflict: Conflict
) -> ConflictScreen:
    """`record` is the record as it is now."""
    mine = settle(view, FormOrder(record_type, "change", record), answers).state.fields
    differences = tuple(
        Difference(
            name,
            view.label(record_type.fields[name]),
            view.show(conflict.theirs.get(name), record_type.fields[name], titles_in(record, name))
            or view.t("nothing"),
            view.show(mine[name].value, record_type.fields[name], mine[name].titles) or view.t("nothing"),
        )
        for name in conflict.changed
        if name in mine
    )
    return ConflictScreen(conflict.by, view.moment(conflict.at), conflict.version, differences)


def titles_in(record: RecordView, name: str) -> Mapping[int, str]:
    found: Any = record.titles.get(name) or {}
    return dict(found)


def keep_chosen(answers: Answers, chosen: Mapping[str, str]) -> Answers:
    """Where the other's value was chosen, mine is not sent at all."""
    left = {name for name, side in chosen.items() if side == "theirs"}
    return replace(answers, pairs=tuple(p for p in answers.pairs if field_of(p[0]) not in left))
