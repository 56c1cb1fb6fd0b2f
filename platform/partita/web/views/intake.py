"""The operator's intake: one page, one form, from «who is calling» to the number."""

from dataclasses import dataclass

from starlette.responses import Response

from partita.base.errors import NotFound, Problem, Refused
from partita.model.record_type import RecordType
from partita.runtime.records.commands import CreateRecord
from partita.runtime.records.pipeline import perform
from partita.screens.answers import Answers, read_answers
from partita.screens.intake import (
    IntakeScreen,
    Who,
    arrange_candidates,
    arrange_intake,
    chosen_type,
    counterparty_type,
    intake_order,
)
from partita.web import address
from partita.web.ask import Ask
from partita.web.endpoint import Endpoint
from partita.web.filling import Filling, fresh_key, read_filling, wants_again
from partita.web.picks import Pick

LONGEST_TEXT = 200
ANSWERED = frozenset(("counterparty",))
STAGES = ("", "who", "type", "form")


@dataclass(frozen=True, slots=True)
class State:
    """What the form says: the words typed, who was chosen, which type, how far the page was."""

    text: str
    who: Who
    type: str
    stage: str


def state_of(ask: Ask) -> State:
    given = ask.body.last if ask.request.method == "POST" else ask.query
    type_name = given("type") or str(ask.request.path_params.get("type", ""))
    return State(given("who__text").strip()[:LONGEST_TEXT], Who.read(given("who")), type_name, given("stage"))


class Identify(Endpoint):
    """Candidates for the words typed so far."""

    def get(self, ask: Ask) -> Response:
        text = ask.query("q").strip()[:LONGEST_TEXT]
        picks = [Pick(c.value, c.title, c.sub, c.note) for c in arrange_candidates(ask.view, text)]
        may = text and ask.view.may(counterparty_type(ask.view).name, "create")
        create = ask.t("link.create_named", text=text) if may else ""
        return ask.part("options.html", combo_id="who", picks=picks, create_text=create)


class IntakePage(Endpoint):
    def get(self, ask: Ask) -> Response:
        return self.show(ask, state_of(ask), Filling(Answers(), fresh_key(), {}))

    def post(self, ask: Ask) -> Response:
        state = state_of(ask)
        record_type = chosen_type(ask.view, state.type) if state.who.id else None
        if record_type is None or wants_again(ask):
            filling = read_filling(ask, record_type, ANSWERED) if record_type else Filling(Answers(), fresh_key(), {})
            return self.show(ask, state, filling)
        return self.register(ask, state, record_type, read_filling(ask, record_type, ANSWERED))

    def register(self, ask: Ask, state: State, record_type: RecordType, filling: Filling) -> Response:
        meaning = read_answers(ask.view, record_type, filling.answers.typed(record_type))
        if meaning.problems:
            return self.show(ask, state, filling, meaning.problems)
        values = {**intake_order(ask.view, record_type, state.who, {}).preset, **meaning.values}
        draft = ask.body.has("draft")
        command = CreateRecord(record_type.name, values, register=not draft, form_key=filling.key)
        try:
            outcome = perform(ask.ctx, command)
        except Refused as refused:
            return self.show(ask, state, filling, refused.problems)
        query = [] if draft else [("done", "registered")]
        return ask.go(address.record(outcome.type, outcome.id, query=query), "saved" if draft else "")

    def show(self, ask: Ask, state: State, filling: Filling, problems: tuple[Problem, ...] = ()) -> Response:
        screen = self.screen(ask, state, filling, problems)
        moved = ask.partial and STAGES.index(screen.stage) > STAGES.index(known_stage(state.stage))
        values = {
            "screen": screen,
            "form": screen.form,
            "form_id": "form-intake",
            "again": "/intake?again=1",
            "key": filling.key,
            "text": screen.caller.title if screen.caller else state.text,
            "candidates": arrange_candidates(ask.view, state.text) if state.text and not screen.caller else (),
            "searched": bool(state.text) and not screen.caller,
            "attached": filling.attached,
            "attach": bool(screen.type) and ask.view.may(screen.type, "attach"),
            "focus_type": moved and screen.stage == "type",
            "focus_who": not ask.partial and screen.stage == "who",
        }
        status = 422 if problems else 200
        return ask.part("_intake.html", status, **values) if ask.partial else ask.page(
            "intake.html", status, **values)  # fmt: skip

    def screen(self, ask: Ask, state: State, filling: Filling, problems: tuple[Problem, ...]) -> IntakeScreen:
        focus = state.stage != "form" and not problems
        try:
            return arrange_intake(
                ask.view, state.who, state.type, filling.answers, files=filling.files, problems=problems, focus=focus
            )
        except NotFound:
            if not state.who.id:
                raise
            return arrange_intake(ask.view, Who(), "", Answers(), files={})


def known_stage(name: str) -> str:
    return name if name in STAGES else ""
