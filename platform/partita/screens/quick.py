"""A card made in passing: only what must be known, from the words that were searched for.

A counterparty's quick card carries the person who speaks for it: the contact.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from partita.base.errors import Problem, Refused
from partita.model.field import Field
from partita.model.record_type import RecordType
from partita.runtime.codecs.registry import is_empty
from partita.runtime.context import Context
from partita.runtime.records.commands import CreateRecord, Outcome
from partita.runtime.records.pipeline import perform
from partita.runtime.search.identify import prefill
from partita.screens.answers import Answers, Meaning, read_answers
from partita.screens.form import FormOrder, FormScreen, FormSection, FormTab, arrange_form
from partita.screens.view import View

REACHED_BY = ("phone", "email")
UNFIT = frozenset(("table", "file", "files", "image"))
MOST_FIELDS = 8


@dataclass(frozen=True, slots=True)
class ContactOf:
    """The book of people who speak for a counterparty: its link to the counterparty, and the request's link to it."""

    type: RecordType
    by: str
    field: str


@dataclass(frozen=True, slots=True)
class QuickScreen:
    type: str
    label: str
    main: FormScreen
    contact: FormScreen | None

    @property
    def errors(self) -> tuple[tuple[str, str], ...]:
        return (*self.main.errors, *(self.contact.errors if self.contact else ()))


def contact_of(view: View, counterparty: str) -> ContactOf | None:
    """The first link of a request type whose target itself links to the counterparty's book."""
    for request in view.model.types.values():
        if request.counterparty is None or request.counterparty.qualified != counterparty:
            continue
        for known in request.own_fields():
            target = view.model.types[known.to.qualified] if known.type == "link" and known.to else None
            by = _link_to(target, counterparty) if target and target.name != counterparty else ""
            if target and by and view.may(target.name, "create"):
                return ContactOf(target, by, known.name)
    return None


def _link_to(target: RecordType, name: str) -> str:
    links = (f.name for f in target.own_fields() if f.type == "link" and f.to and f.to.qualified == name)
    return next(links, "")


def quick_fields(record_type: RecordType) -> tuple[str, ...]:
    """What a quick card asks: what the title is made of, what is required, how the record is reached and told apart."""
    wanted = [f.name for f in record_type.own_fields() if f.type not in UNFIT and f.compute is None and _telling(f)]
    named = [name for name in record_type.fields if f"{{{name}" in record_type.title.text]
    second = {f.name for kind in REACHED_BY for f in [f for f in record_type.own_fields() if f.type == kind][1:]}
    return tuple(name for name in dict.fromkeys([*named, *wanted]) if name not in second)[:MOST_FIELDS]


def _telling(known: Field) -> bool:
    return known.required is not False or known.type in REACHED_BY or known.unique or known.format == "inn"


def arrange_quick(
    view: View,
    type_name: str,
    answers: Answers,
    contact_answers: Answers,
    *,
    with_contact: bool,
    problems: tuple[Problem, ...] = (),
    contact_problems: tuple[Problem, ...] = (),
) -> QuickScreen:
    record_type = view.type(type_name)
    contact = contact_of(view, type_name) if with_contact else None
    fields = frozenset(quick_fields(record_type)) - (reached(record_type) if contact else frozenset())
    main = arrange_form(view, FormOrder(record_type, only=fields), answers, problems)
    second = _contact_form(view, contact, contact_answers, contact_problems) if contact else None
    return QuickScreen(type_name, view.words(record_type.label), main, second)


def _contact_form(view: View, contact: ContactOf, answers: Answers, problems: tuple[Problem, ...]) -> FormScreen:
    fields = frozenset(quick_fields(contact.type)) - {contact.by}
    form = arrange_form(view, FormOrder(contact.type, only=fields, form="c"), answers, problems)
    return replace(form, tabs=tuple(_optional(tab) for tab in form.tabs))


def _optional(tab: FormTab) -> FormTab:
    """A card may have no contact, so nothing of it is marked as required."""
    return replace(tab, sections=tuple(_optional_section(section) for section in tab.sections))


def _optional_section(section: FormSection) -> FormSection:
    return replace(section, controls=tuple(replace(c, required=False, missing=False) for c in section.controls))


def reached(record_type: RecordType) -> frozenset[str]:
    return frozenset(f.name for f in record_type.own_fields() if f.type in REACHED_BY)


def prefilled(view: View, type_name: str, text: str) -> tuple[Answers, Answers]:
    """The words that found nothing, put where they belong: a name, a phone, an address of mail, a tax number."""
    record_type, contact = view.type(type_name), contact_of(view, type_name)
    values = prefill(view.ctx, type_name, text)
    if contact is None:
        return Answers(_pairs(view, record_type, values)), Answers()
    own = {name: value for name, value in values.items() if name not in reached(record_type)}
    passed: dict[str, Any] = {}
    for name in values.keys() - own.keys():
        same = (f.name for f in contact.type.own_fields() if f.type == record_type.fields[name].type)
        passed |= dict.fromkeys(list(same)[:1], values[name])
    return Answers(_pairs(view, record_type, own)), Answers(_pairs(view, contact.type, passed))


def _pairs(view: View, record_type: RecordType, values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    shown = ((n, view.show(v, record_type.fields[n])) for n, v in values.items() if n in record_type.fields)
    return tuple(pair for pair in shown if pair[1])


@dataclass(frozen=True, slots=True)
class Saved:
    """`id` of the card and of its contact (0 without one), and the card's title."""

    id: int
    title: str
    contact: int = 0


class QuickRefused(Exception):
    """Neither card was made: what is wrong in the first and in the second."""

    def __init__(self, problems: tuple[Problem, ...], contact_problems: tuple[Problem, ...]) -> None:
        super().__init__("refused")
        self.problems, self.contact_problems = problems, contact_problems


def save_quick(view: View, type_name: str, answers: Answers, contact_answers: Answers, with_contact: bool) -> Saved:
    """Makes the card, then its contact. The contact's answers are judged first, so that no half is left behind."""
    record_type = view.type(type_name)
    contact = contact_of(view, type_name) if with_contact else None
    meaning = read_answers(view, record_type, answers.typed(record_type))
    second = read_answers(view, contact.type, contact_answers.typed(contact.type)) if contact else Meaning()
    named = bool(contact) and any(not is_empty(v) and not _reaches(contact, n) for n, v in second.values.items())
    if contact and not named:
        meaning, second = _passed_up(record_type, contact, meaning, second), Meaning()
    if meaning.problems or second.problems:
        raise QuickRefused(meaning.problems, second.problems)
    if contact and named:
        _judge_contact(view, contact, contact_answers)
    outcome = _perform(view.ctx, CreateRecord(type_name, meaning.values))
    if not contact or not named:
        return Saved(outcome.id, outcome.title)
    made = _perform_contact(view.ctx, contact, {**second.values, contact.by: outcome.id})
    return Saved(outcome.id, outcome.title, made.id)


def _reaches(contact: ContactOf | None, name: str) -> bool:
    known = contact.type.fields.get(name) if contact else None
    return known is not None and known.type in REACHED_BY


def _passed_up(record_type: RecordType, contact: ContactOf, meaning: Meaning, second: Meaning) -> Meaning:
    """Nobody was named: the phone and the mail are the organization's own."""
    values = dict(meaning.values)
    for name, value in second.values.items():
        own = next((f.name for f in record_type.own_fields() if f.type == contact.type.fields[name].type), "")
        if own and _reaches(contact, name) and not is_empty(value):
            values[own] = value
    return Meaning(values, (*meaning.problems, *second.problems))


def _judge_contact(view: View, contact: ContactOf, answers: Answers) -> None:
    tried = replace(answers, tried=True)
    form = arrange_form(view, FormOrder(contact.type, left_out=frozenset((contact.by,)), form="c"), tried)
    if any(control.missing and control.name != contact.by for control in form.controls):
        missing = tuple(Problem("W001", c.name) for c in form.controls if c.missing and c.name != contact.by)
        raise QuickRefused((), missing)


def _perform(ctx: Context, command: CreateRecord) -> Outcome:
    try:
        return perform(ctx, command)
    except Refused as refused:
        raise QuickRefused(refused.problems, ()) from refused


def _perform_contact(ctx: Context, contact: ContactOf, values: Mapping[str, Any]) -> Outcome:
    key = f"{ctx.key}:contact" if ctx.key else None
    try:
        return perform(replace(ctx, key=key), CreateRecord(contact.type.name, values))
    except Refused as refused:
        raise QuickRefused((), refused.problems) from refused
