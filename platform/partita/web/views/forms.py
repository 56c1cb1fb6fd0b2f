"""New records and changes of records."""

from dataclasses import dataclass

from starlette.responses import Response

from partita.base.errors import Conflict, Denied, Problem, Refused
from partita.model.record_type import RecordType
from partita.runtime.codecs.registry import FILES
from partita.runtime.queries.cards import RecordView, read_record
from partita.runtime.records.commands import ChangeRecord, CreateRecord, Outcome
from partita.runtime.records.pipeline import perform
from partita.screens.answers import Answers, read_answers
from partita.screens.conflict import arrange_conflict, keep_chosen
from partita.screens.form import FormOrder, FormScreen, arrange_form
from partita.web import address
from partita.web.ask import Ask
from partita.web.dialogs import show_over
from partita.web.endpoint import Endpoint
from partita.web.filling import Filling, file_items, fresh_key, read_filling, wants_again


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form on a page: where it posts, where Cancel leads, what its buttons say."""

    url: str
    again: str
    cancel: str
    heading: str
    back: str
    submit: str
    draft: bool = False
    attach: bool = False
    version: int | None = None


class NewRecord(Endpoint):
    """`?f.counterparty=17` presets an answer: how «+» of a related tab carries the parent."""

    def get(self, ask: Ask) -> Response:
        record_type = creatable(ask)
        answers = Answers(preset_pairs(ask, record_type))
        form = arrange_form(ask.view, FormOrder(record_type), answers)
        return show_form(ask, new_sheet(ask, record_type), form, fresh_key())

    def post(self, ask: Ask) -> Response:
        record_type = creatable(ask)
        try:
            filling = read_filling(ask, record_type)
        except Refused as refused:
            return self.again(
                ask, record_type, Filling(Answers(ask.body.under("f.")), fresh_key(), {}), refused.problems
            )
        return self.again(ask, record_type, filling) if wants_again(ask) else self.save(ask, record_type, filling)

    def save(self, ask: Ask, record_type: RecordType, filling: Filling) -> Response:
        meaning = read_answers(ask.view, record_type, filling.answers.typed(record_type))
        if meaning.problems:
            return self.again(ask, record_type, filling, meaning.problems, tried=True)
        register = not ask.body.has("draft")
        command = CreateRecord(record_type.name, meaning.values, register=register, form_key=filling.key)
        try:
            outcome = perform(ask.ctx, command)
        except Refused as refused:
            return self.again(ask, record_type, filling, refused.problems)
        return after_save(ask, outcome, "registered" if register and outcome.number else "saved")

    def again(
        self,
        ask: Ask,
        record_type: RecordType,
        filling: Filling,
        problems: tuple[Problem, ...] = (),
        tried: bool = False,
    ) -> Response:
        order = FormOrder(record_type, files=filling.files)
        form = refill(ask, order, filling, () if tried else problems, tried)
        return show_form(ask, new_sheet(ask, record_type), form, filling.key, filling, bool(problems))


class FormFragment(NewRecord):
    """The questions of a new record again, by the answers given so far; nothing is saved here."""

    def get(self, ask: Ask) -> Response:
        return ask.go(address.new(ask.path("type")))

    def save(self, ask: Ask, record_type: RecordType, filling: Filling) -> Response:
        return self.again(ask, record_type, filling)


class EditRecord(Endpoint):
    def get(self, ask: Ask) -> Response:
        record_type, record = changeable(ask)
        files = file_items(ask, stored_files(record_type, record))
        form = arrange_form(ask.view, FormOrder(record_type, "change", record, files=files), Answers())
        return show_form(ask, edit_sheet(ask, record_type, record), form, fresh_key())

    def post(self, ask: Ask) -> Response:
        record_type, record = changeable(ask)
        filling = read_filling(ask, record_type)
        filling = keep_chosen_of(ask, record_type, filling)
        if wants_again(ask):
            return self.again(ask, record_type, record, filling)
        return self.save(ask, record_type, record, filling)

    def save(self, ask: Ask, record_type: RecordType, record: RecordView, filling: Filling) -> Response:
        meaning = read_answers(ask.view, record_type, filling.answers.typed(record_type))
        if meaning.problems:
            return self.again(ask, record_type, record, filling, meaning.problems, tried=True)
        command = ChangeRecord(
            record_type.name, record.id, ask.body.number("version"), meaning.values, form_key=filling.key
        )
        try:
            outcome = perform(ask.ctx, command)
        except Refused as refused:
            return self.again(ask, record_type, record, filling, refused.problems)
        except Conflict as conflict:
            return self.conflict(ask, record_type, record, filling, conflict)
        return after_save(ask, outcome, "merged" if outcome.merged else "saved")

    def again(
        self,
        ask: Ask,
        record_type: RecordType,
        record: RecordView,
        filling: Filling,
        problems: tuple[Problem, ...] = (),
        tried: bool = False,
    ) -> Response:
        files = dict(filling.files) | file_items(ask, stored_files(record_type, record))
        order = FormOrder(record_type, "change", record, files=files)
        form = refill(ask, order, filling, () if tried else problems, tried)
        return show_form(ask, edit_sheet(ask, record_type, record), form, filling.key, filling, bool(problems))

    def conflict(
        self, ask: Ask, record_type: RecordType, record: RecordView, filling: Filling, conflict: Conflict
    ) -> Response:
        """Someone saved meanwhile: a choice for each field that both changed, everything typed travels along."""
        screen = arrange_conflict(ask.view, record_type, record, filling.answers, conflict)
        url = address.record(record_type.name, record.id, "edit")
        values = {"screen": screen, "url_post": url, "key": fresh_key(), "pairs": filling.answers.pairs}
        return show_over(ask, "conflict.html", 409, **values)


def keep_chosen_of(ask: Ask, record_type: RecordType, filling: Filling) -> Filling:
    chosen = dict(ask.body.under("keep."))
    if not chosen:
        return filling
    answers = keep_chosen(filling.answers, chosen)
    return Filling(answers, filling.key, filling.files, filling.attached, filling.focus)


def creatable(ask: Ask) -> RecordType:
    record_type = ask.view.type(ask.path("type"))
    if not ask.view.may(record_type.name, "create"):
        raise Denied("I003", command="create", type=record_type.name)
    return record_type


def changeable(ask: Ask) -> tuple[RecordType, RecordView]:
    record_type = ask.view.type(ask.path("type"))
    record = read_record(ask.ctx, record_type.name, ask.record_id)
    if not record.can.change:
        raise Denied("I003", command="change", type=record_type.name)
    return record_type, record


def preset_pairs(ask: Ask, record_type: RecordType) -> tuple[tuple[str, str], ...]:
    found = ((n.removeprefix("f."), v) for n, v in ask.request.query_params.multi_items() if n.startswith("f."))
    return tuple((path, value) for path, value in found if path.partition(".")[0] in record_type.fields)


def stored_files(record_type: RecordType, record: RecordView) -> set[int]:
    ids: set[int] = set()
    for known in record_type.fields.values():
        value = record.values.get(known.name) if known.type in FILES else None
        ids |= set(value) if isinstance(value, tuple) else {value} if value else set()
    return ids


def refill(ask: Ask, order: FormOrder, filling: Filling, problems: tuple[Problem, ...], tried: bool) -> FormScreen:
    answers = filling.answers
    if tried and not answers.tried:
        answers = Answers(answers.pairs, answers.kept, answers.was, True, answers.blanks)
    focus = filling.focus
    if focus and "." in focus:
        table = order.type.fields[focus.partition(".")[0]]
        focus = f"{focus}.{table.fields[0].name}" if table.fields else ""
    return arrange_form(ask.view, order, answers, problems, focus)


def show_form(
    ask: Ask, sheet: Sheet, form: FormScreen, key: str, filling: Filling | None = None, refused: bool = False
) -> Response:
    values = {
        "form": form,
        "sheet": sheet,
        "again": sheet.again,
        "form_id": "form-record",
        "key": key,
        "attached": filling.attached if filling else (),
    }
    status = 422 if refused else 200
    if ask.partial:
        return ask.part("_form.html", status, **values)
    return ask.page("form.html", status, **values)


def new_sheet(ask: Ask, record_type: RecordType) -> Sheet:
    name, request = record_type.name, record_type.kind == "request_type"
    preset = [p for p in ask.request.query_params.multi_items() if p[0].startswith("f.")]
    back = address.safe_back(ask.body.first("next") or ask.query("next"), address.listing(name))
    return Sheet(
        url=address.new(name),
        again=address.with_query(f"/fragment/form/{name}", preset),
        cancel=back,
        heading=ask.t("form.new", label=ask.view.words(record_type.label)),
        back=ask.view.words(record_type.plural),
        submit=ask.t("form.register" if request else "form.create"),
        draft=request,
        attach=ask.view.may(name, "attach"),
    )


def edit_sheet(ask: Ask, record_type: RecordType, record: RecordView) -> Sheet:
    url = address.record(record_type.name, record.id, "edit")
    posted = ask.body.number("version") if ask.body.has("version") else record.version
    return Sheet(
        url=url,
        again=f"{url}?again=1",
        cancel=address.record(record_type.name, record.id),
        heading=ask.t("form.edit", title=record.title),
        back=record.title,
        submit=ask.t("form.save"),
        version=posted,
    )


def after_save(ask: Ask, outcome: Outcome, flash: str) -> Response:
    """To the card; a new request shows its number large; a form opened from another page goes back there."""
    back = address.safe_back(ask.body.first("next"), "")
    if flash == "registered":
        return ask.go(address.record(outcome.type, outcome.id, query=[("done", "registered")]))
    return ask.go(back or address.record(outcome.type, outcome.id), flash)
