"""Pickers of links: what may be chosen, and a card made in passing."""

import json

from starlette.responses import Response

from partita.base.errors import Denied
from partita.base.text import read_id
from partita.model.record_type import RecordType
from partita.runtime.queries.cards import read_record
from partita.runtime.queries.links import link_options
from partita.screens.answers import Answers, gather, read_answers
from partita.screens.control import control_id
from partita.screens.quick import QuickRefused, Saved, arrange_quick, prefilled, save_quick
from partita.web import address
from partita.web.ask import Ask
from partita.web.dialogs import show_dialog
from partita.web.endpoint import Endpoint
from partita.web.filling import fresh_key
from partita.web.picks import Pick

MOST_OPTIONS = 12
LONGEST_TEXT = 200


class Options(Endpoint):
    """`?q=…` and the fields that the choice depends on, as the form names them; `id`: the record being changed."""

    def get(self, ask: Ask) -> Response:
        record_type, path = ask.view.type(ask.path("type")), ask.path("field")
        found = link_options(
            ask.ctx, record_type.name, path, known_values(ask, record_type), text=ask.query("q")[:LONGEST_TEXT],
            limit=MOST_OPTIONS,
        )  # fmt: skip
        picks = [Pick(str(option.id), option.title, option.hint) for option in found]
        return ask.part(
            "options.html", combo_id=ask.query("for", control_id(path)), picks=picks, create_text=create_words(ask)
        )


def create_words(ask: Ask) -> str:
    """The last option makes a card of the words typed; offered where the picker has a quick card."""
    text = ask.query("q").strip()
    return ask.t("link.create_named", text=text) if text and ask.query("new") == "1" else ""


def known_values(ask: Ask, record_type: RecordType) -> dict[str, object]:
    pairs = tuple((name[2:], value) for name, value in ask.request.query_params.multi_items() if name.startswith("f."))
    stored: dict[str, object] = {}
    if number := read_id(ask.query("id")):
        stored = dict(read_record(ask.ctx, record_type.name, number).values)
    typed = {name: answer for name, answer in gather(pairs).items() if name in record_type.fields}
    return stored | read_answers(ask.view, record_type, typed).values


class Quick(Endpoint):
    """`?who=1`: the card of someone who is calling, with the person who speaks for it."""

    def get(self, ask: Ask) -> Response:
        record_type = creatable(ask)
        text = ask.query("text").strip()[:LONGEST_TEXT]
        answers, contact = prefilled(ask.view, record_type.name, text) if text else (Answers(), Answers())
        return self.show(ask, record_type, answers, contact, fresh_key())

    def post(self, ask: Ask) -> Response:
        record_type = creatable(ask)
        answers = Answers(ask.body.under("f."), ask.body.under("kept."), ask.body.under("was."))
        contact = Answers(ask.body.under("c."))
        if ask.query("again") == "1":
            return self.show(ask, record_type, answers, contact, ask.body.first("key"))
        try:
            saved = save_quick(ask.view, record_type.name, answers, contact, ask.query("who") == "1")
        except QuickRefused as refused:
            return self.show(ask, record_type, answers, contact, ask.body.first("key"), refused)
        return self.made(ask, saved)

    def made(self, ask: Ask, saved: Saved) -> Response:
        """Tells the picker; without JavaScript goes on to the intake with the new card, or to the card."""
        value = f"{saved.id}:{saved.contact}" if saved.contact else str(saved.id)
        if ask.partial:
            told = {"partita:created": {"for": ask.query("for"), "id": value, "text": saved.title}}
            return Response(status_code=200, headers={"HX-Trigger": json.dumps(told), "HX-Reswap": "none"})
        if ask.query("who") == "1":
            return ask.go(address.intake(query=[("who", value)]))
        return ask.go(address.record(ask.path("type"), saved.id), "saved")

    def show(
        self,
        ask: Ask,
        record_type: RecordType,
        answers: Answers,
        contact: Answers,
        key: str,
        refused: QuickRefused | None = None,
    ) -> Response:
        who = ask.query("who") == "1"
        screen = arrange_quick(
            ask.view, record_type.name, answers, contact, with_contact=who,
            problems=refused.problems if refused else (), contact_problems=refused.contact_problems if refused else (),
        )  # fmt: skip
        url = address.quick(record_type.name, [("who", ask.query("who")), ("for", ask.query("for"))])
        back = address.intake() if who else address.listing(record_type.name)
        return show_dialog(
            ask, "quick.html", "quick", 422 if refused else 200, screen=screen, form=screen.main, form_id="quick-form",
            url_post=url, again=f"{url}&again=1" if "?" in url else f"{url}?again=1", key=key, cancel=back,
        )  # fmt: skip


def creatable(ask: Ask) -> RecordType:
    record_type = ask.view.type(ask.path("type"))
    if not ask.view.may(record_type.name, "create"):
        raise Denied("I003", command="create", type=record_type.name)
    return record_type
