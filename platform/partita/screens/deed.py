"""The dialog of a transition or of a decision: what it will do, what it asks."""

from collections.abc import Mapping
from dataclasses import dataclass

from partita.base.errors import Denied, NotFound, Problem
from partita.model.record_type import RecordType
from partita.runtime.queries.cards import RecordView
from partita.runtime.workflow.offers import OTHER
from partita.screens.answers import Answers
from partita.screens.control import FileItem
from partita.screens.form import FormOrder, FormScreen, arrange_form
from partita.screens.record import Badge, badge_of
from partita.screens.view import View


@dataclass(frozen=True, slots=True)
class DecisionOption:
    name: str
    label: str
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedScreen:
    """`decisions` is empty for a transition. `comment` of the chosen decision: required, optional or none."""

    kind: str
    title: str
    subject: str
    submit: str
    badge: Badge | None
    why: tuple[str, ...]
    form: FormScreen | None
    decisions: tuple[DecisionOption, ...] = ()
    chosen: str = ""
    text: str = ""
    comment: str = "none"
    errors: tuple[tuple[str, str], ...] = ()


def arrange_transition(
    view: View, order: FormOrder, name: str, answers: Answers, problems: tuple[Problem, ...]
) -> DeedScreen:
    record = order.record
    offer = next((o for o in record.transitions if o.name == name), None) if record else None
    if record is None or offer is None:
        raise NotFound(name)
    form = arrange_form(view, order, answers, problems)
    return DeedScreen(
        kind="transition",
        title=offer.label,
        subject=record.title,
        submit=offer.label,
        badge=badge_of(view, order.type, offer.target),
        why=() if offer.enabled else offer.why,
        form=form,
        errors=form.errors,
    )


def arrange_decision(
    view: View,
    record_type: RecordType,
    record: RecordView,
    answers: Answers,
    chosen: str,
    text: str,
    files: Mapping[int, FileItem],
    problems: tuple[Problem, ...],
) -> DeedScreen:
    if not record.can.decide:
        raise Denied("I003", command="decide", type=record_type.name)
    options = tuple(DecisionOption(d.name, d.label or view.t("decide.other"), d.comment) for d in record.decisions)
    option = next((o for o in options if o.name == chosen), None)
    form = None
    if option and option.name != OTHER:
        order = FormOrder(record_type, f"decide:{option.name}", record, files=files)
        form = arrange_form(view, order, answers, tuple(p for p in problems if p.field not in ("decision", "text")))
    return DeedScreen(
        kind="decide",
        title=view.t("decide.title"),
        subject=record.title,
        submit=view.t("decide.submit"),
        badge=None,
        why=(),
        form=form if form and any(True for _ in form.controls) else None,
        decisions=options,
        chosen=option.name if option else "",
        text=text,
        comment=option.comment if option else "none",
        errors=_errors(view, problems, form),
    )


OWN_INPUTS = {"decision": "decision", "decision_text": "decide-text", "text": "decide-text"}


def _errors(view: View, problems: tuple[Problem, ...], form: FormScreen | None) -> tuple[tuple[str, str], ...]:
    drawn = {control.name for control in form.controls} if form else set()
    own = (p for p in problems if p.field.partition(".")[0] not in drawn)
    told = tuple((view.problem(p), OWN_INPUTS.get(p.field, "")) for p in own)
    return (*told, *((e for e in form.errors if e[1]) if form else ()))
