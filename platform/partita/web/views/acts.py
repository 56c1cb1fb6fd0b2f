"""Deeds on a record: transitions, the decision, registration, deletion. Each is a page and a dialog."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from partita.base.errors import Conflict, Denied, NotFound, Problem, Refused
from partita.base.frozen import FrozenMap
from partita.model.record_type import RecordType
from partita.runtime.queries.cards import RecordView, read_record
from partita.runtime.records.commands import Decide, DeleteRecord, Outcome, PerformTransition, RegisterRecord
from partita.runtime.records.pipeline import perform
from partita.screens.answers import Answers, read_answers
from partita.screens.deed import DeedScreen, arrange_decision, arrange_transition
from partita.screens.form import FormOrder
from partita.web import address
from partita.web.ask import Ask
from partita.web.dialogs import show_dialog, show_over
from partita.web.endpoint import Endpoint
from partita.web.filling import Filling, fresh_key, read_filling, wants_again


def subject(ask: Ask) -> tuple[RecordType, RecordView]:
    record_type = ask.view.type(ask.path("type"))
    return record_type, read_record(ask.ctx, record_type.name, ask.record_id)


def card(record: RecordView) -> str:
    return address.record(record.type, record.id)


def posted_version(ask: Ask, record: RecordView) -> int:
    return ask.body.number("version") or record.version


class TransitionPage(Endpoint):
    def get(self, ask: Ask) -> Response:
        record_type, record = subject(ask)
        return self.show(ask, record_type, record, Filling(Answers(), fresh_key(), {}))

    def post(self, ask: Ask) -> Response:
        record_type, record = subject(ask)
        filling = read_filling(ask, record_type)
        if wants_again(ask):
            return self.show(ask, record_type, record, filling)
        meaning = read_answers(ask.view, record_type, filling.answers.typed(record_type))
        command = PerformTransition(
            record_type.name, record.id, posted_version(ask, record), ask.path("name"), meaning.values, filling.key
        )
        return done(ask, meaning.problems, lambda: perform(ask.ctx, command), lambda problems: self.show(
            ask, record_type, record, filling, problems), "moved")  # fmt: skip

    def show(
        self, ask: Ask, record_type: RecordType, record: RecordView, filling: Filling,
        problems: tuple[Problem, ...] = (),
    ) -> Response:  # fmt: skip
        name = ask.path("name")
        order = FormOrder(record_type, f"transition:{name}", record, files=filling.files)
        screen = arrange_transition(ask.view, order, name, filling.answers, problems)
        url = address.record(record_type.name, record.id, "transition", name)
        return show_deed(ask, screen, record, url, filling, bool(problems))


class DecidePage(Endpoint):
    """Digits choose the decision; what it asks appears under it."""

    def get(self, ask: Ask) -> Response:
        record_type, record = subject(ask)
        return self.show(ask, record_type, record, Filling(Answers(), fresh_key(), {}))

    def post(self, ask: Ask) -> Response:
        record_type, record = subject(ask)
        filling = read_filling(ask, record_type)
        decision = ask.body.first("decision")
        if wants_again(ask):
            return self.show(ask, record_type, record, filling)
        if not decision:
            missing = Problem("W020", "decision", say=FrozenMap({ask.look.language: ask.t("decide.choose")}))
            return self.show(ask, record_type, record, filling, (missing,))
        meaning = read_answers(ask.view, record_type, filling.answers.typed(record_type))
        version, text = posted_version(ask, record), ask.body.first("text")
        command = Decide(record_type.name, record.id, version, decision, text, meaning.values, filling.key)
        return done(ask, meaning.problems, lambda: perform(ask.ctx, command), lambda problems: self.show(
            ask, record_type, record, filling, problems), "decided")  # fmt: skip

    def show(
        self, ask: Ask, record_type: RecordType, record: RecordView, filling: Filling,
        problems: tuple[Problem, ...] = (),
    ) -> Response:  # fmt: skip
        chosen, text = ask.body.first("decision"), ask.body.first("text")
        screen = arrange_decision(ask.view, record_type, record, filling.answers, chosen, text, filling.files, problems)
        url = address.record(record_type.name, record.id, "decide")
        return show_deed(ask, screen, record, url, filling, bool(problems))


def show_deed(ask: Ask, screen: DeedScreen, record: RecordView, url: str, filling: Filling, refused: bool) -> Response:
    values: Mapping[str, Any] = {
        "screen": screen,
        "form": screen.form,
        "form_id": "deed-form",
        "url_post": url,
        "again": f"{url}?again=1",
        "cancel": card(record),
        "version": posted_version(ask, record),
        "key": filling.key,
    }
    if ask.body.has("direct"):
        return show_over(ask, "deed.html", 422, **values)
    return show_dialog(ask, "deed.html", "deed", 422 if refused else 200, **values)


def done(
    ask: Ask,
    misread: tuple[Problem, ...],
    act: Callable[[], Outcome],
    show: Callable[[tuple[Problem, ...]], Response],
    flash: str,
) -> Response:
    """The deed, or its dialog with what is wrong; a record changed meanwhile is shown as it is now."""
    if misread:
        return show(misread)
    try:
        outcome = act()
    except Refused as refused:
        return show_refused(refused, show)
    except Conflict as conflict:
        words = FrozenMap({ask.look.language: ask.t("deed.changed", who=conflict.by)})
        return show((Problem("W005", say=words),))
    return ask.go(address.record(outcome.type, outcome.id), flash)


def show_refused(refused: Refused, show: Callable[[tuple[Problem, ...]], Response]) -> Response:
    """Somebody moved the record meanwhile: its deed is no longer offered, so the refusal is a page of its own."""
    try:
        return show(refused.problems)
    except NotFound:
        raise refused from None


class Register(Endpoint):
    """A draft becomes a request with a number; what is missing leads to its form."""

    def post(self, ask: Ask) -> Response:
        record_type, record = subject(ask)
        command = RegisterRecord(record_type.name, record.id, posted_version(ask, record))
        try:
            outcome = perform(ask.ctx, command)
        except Refused:
            return ask.go(address.record(record_type.name, record.id, "edit", query=[("register", "1")]))
        return ask.go(address.record(outcome.type, outcome.id, query=[("done", "registered")]))


class DeletePage(Endpoint):
    def get(self, ask: Ask) -> Response:
        return self.show(ask, *deletable(ask))

    def post(self, ask: Ask) -> Response:
        record_type, record = deletable(ask)
        try:
            perform(ask.ctx, DeleteRecord(record_type.name, record.id, posted_version(ask, record)))
        except Refused as refused:
            return self.show(ask, record_type, record, refused.problems)
        return ask.go(address.listing(record_type.name), "deleted")

    def show(
        self, ask: Ask, record_type: RecordType, record: RecordView, problems: tuple[Problem, ...] = ()
    ) -> Response:
        return show_dialog(
            ask,
            "delete.html",
            "delete",
            422 if problems else 200,
            record=record,
            label=ask.view.words(record_type.label),
            errors=[(ask.view.problem(p), "") for p in problems],
            url_post=address.record(record_type.name, record.id, "delete"),
            cancel=card(record),
            key=fresh_key(),
        )


def deletable(ask: Ask) -> tuple[RecordType, RecordView]:
    record_type, record = subject(ask)
    if not record.can.delete:
        raise Denied("I003", command="delete", type=record_type.name)
    return record_type, record
