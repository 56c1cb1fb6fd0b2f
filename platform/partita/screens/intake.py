"""The operator's page: who is calling, what about, the questions of that type, and the registration."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partita.base.errors import NotFound, Problem
from partita.model.layout import SortKey
from partita.model.record_type import RecordType
from partita.runtime.queries import lists
from partita.runtime.queries.cards import RecordView, read_record
from partita.runtime.queries.lists import Filter, ListRequest
from partita.runtime.records.forms import evaluate
from partita.runtime.search.identify import Candidate, identify
from partita.screens.answers import Answers
from partita.screens.control import FileItem
from partita.screens.form import FIRST, FormOrder, FormScreen, arrange_form
from partita.screens.menu import intake_types
from partita.screens.quick import contact_of
from partita.screens.record import Badge, Reading, Value, badge_of
from partita.screens.view import View

MOST_OPEN = 4
OPEN = ("open", "active", "waiting")


@dataclass(frozen=True, slots=True)
class Who:
    """The counterparty and, if known, the person speaking for it: `17` or `17:5` on the form."""

    id: int = 0
    contact: int = 0

    @classmethod
    def read(cls, text: str) -> "Who":
        first, _, second = text.partition(":")
        return cls(_number(first), _number(second))

    def __str__(self) -> str:
        return "" if not self.id else f"{self.id}:{self.contact}" if self.contact else str(self.id)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@dataclass(frozen=True, slots=True)
class OpenRequest:
    type: str
    id: int
    number: str
    title: str
    label: str
    badge: Badge | None


@dataclass(frozen=True, slots=True)
class Caller:
    """The chosen counterparty: title, what the card says in short, its open requests."""

    id: int
    title: str
    contact: str
    facts: tuple[Value, ...]
    open: tuple[OpenRequest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeScreen:
    """`stage`: who, type, form: how far the operator has come."""

    counterparty_type: str
    who: Who
    caller: Caller | None
    type: str
    types: tuple[tuple[str, str], ...]
    form: FormScreen | None
    can_create_caller: bool

    @property
    def stage(self) -> str:
        return "form" if self.form else "type" if self.caller else "who"


def counterparty_type(view: View) -> RecordType:
    """The book of counterparties: that of the first request type with one."""
    types = intake_types(view)
    if not types or types[0].counterparty is None:
        raise NotFound("intake")
    return view.model.type_of(types[0].counterparty)


def chosen_type(view: View, name: str) -> RecordType | None:
    types = intake_types(view)
    if len(types) == 1:
        return types[0]
    return next((t for t in types if t.name == name), None)


def intake_order(view: View, record_type: RecordType, who: Who, files: Mapping[int, FileItem]) -> FormOrder:
    preset: dict[str, Any] = {"counterparty": who.id}
    contact = contact_of(view, record_type.counterparty.qualified) if record_type.counterparty else None
    if who.contact and contact and contact.field in record_type.fields:
        preset[contact.field] = who.contact
    return FormOrder(record_type, preset=preset, left_out=frozenset(("counterparty",)), files=files)


def arrange_intake(
    view: View,
    who: Who,
    type_name: str,
    answers: Answers,
    *,
    files: Mapping[int, FileItem],
    problems: tuple[Problem, ...] = (),
    focus: bool = False,
) -> IntakeScreen:
    """`focus`: the questions have just appeared, the first of them takes the focus."""
    book = counterparty_type(view)
    caller = arrange_caller(view, book, who) if who.id else None
    record_type = chosen_type(view, type_name) if caller else None
    form = None
    if record_type:
        order = intake_order(view, record_type, who, files)
        form = arrange_form(view, order, answers, problems, FIRST if focus else "")
    return IntakeScreen(
        counterparty_type=book.name,
        who=who,
        caller=caller,
        type=record_type.name if record_type else "",
        types=tuple((t.name, view.words(t.label)) for t in intake_types(view)),
        form=form,
        can_create_caller=view.may(book.name, "create"),
    )


def arrange_caller(view: View, book: RecordType, who: Who) -> Caller:
    record = read_record(view.ctx, book.name, who.id)
    return Caller(
        id=who.id,
        title=record.title,
        contact=_contact_title(view, book, who),
        facts=caller_facts(view, book, record),
        open=open_requests(view, who.id),
    )


def caller_facts(view: View, book: RecordType, record: RecordView) -> tuple[Value, ...]:
    """How to reach the counterparty and who keeps it: phone, mail, links to people, then fields marked `summary`."""
    wanted = [f.name for f in book.own_fields() if f.type in ("phone", "user") or f.summary]
    states = evaluate(view.ctx, book.name, {}, record=record, purpose="read").fields
    reading = Reading(view, book, states, {})
    found = (reading.value(name) for name in wanted)
    return tuple(value for value in found if value and value.text)[:MOST_OPEN]


def _contact_title(view: View, book: RecordType, who: Who) -> str:
    contact = contact_of(view, book.name)
    if not who.contact or contact is None:
        return ""
    return read_record(view.ctx, contact.type.name, who.contact).title


def open_requests(view: View, counterparty: int) -> tuple[OpenRequest, ...]:
    found: list[OpenRequest] = []
    for record_type in view.model.types.values():
        if record_type.counterparty and view.may(record_type.name, "read"):
            found.extend(_open_of(view, record_type, counterparty))
    return tuple(found[:MOST_OPEN])


def _open_of(view: View, record_type: RecordType, counterparty: int) -> list[OpenRequest]:
    scheme = view.model.scheme_of(record_type)
    states = tuple(s.name for s in scheme.states.values() if s.category in OPEN) if scheme else ()
    filters = (
        Filter("counterparty", "eq", (counterparty,)),
        Filter("state", "in", states),
        Filter("registered_at", "filled", ()),
    )
    request = ListRequest(
        columns=("number", "state"), filters=filters, sort=(SortKey("registered_at", True),), limit=MOST_OPEN
    )
    page = lists.list_records(view.ctx, record_type.name, request)
    label = view.words(record_type.label)
    return [
        OpenRequest(record_type.name, r["id"], r.get("number") or "", r.get("title") or "", label,
                    badge_of(view, record_type, r.get("state")))
        for r in page.rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identified:
    """A candidate on the screen. `value` is what the form takes."""

    value: str
    title: str
    sub: str
    note: str


def arrange_candidates(view: View, text: str, limit: int = 8) -> tuple[Identified, ...]:
    book = counterparty_type(view)
    found = identify(view.ctx, book.name, text, limit=limit) if text.strip() else ()
    return tuple(_identified(view, candidate) for candidate in found)


def _identified(view: View, candidate: Candidate) -> Identified:
    details = [text for text in candidate.details.values() if text]
    sub = " · ".join(dict.fromkeys(part for part in (candidate.via, candidate.matched, *details) if part))
    note = view.t("intake.open_count", count=candidate.open_requests) if candidate.open_requests else ""
    return Identified(str(Who(candidate.id, candidate.via_id or 0)), candidate.title, sub, note)
