"""What people say and attach on a card, and its whole history."""

import hashlib
from dataclasses import replace
from typing import Any

from starlette.datastructures import UploadFile
from starlette.responses import Response

from partita.base.errors import Refused
from partita.runtime.files import attachments
from partita.runtime.queries.cards import read_record
from partita.runtime.records.commands import AddComment, AttachFiles, RemoveAttachment
from partita.runtime.records.pipeline import perform
from partita.screens.feed import arrange_feed
from partita.screens.record import arrange_record
from partita.web import address
from partita.web.ask import Ask
from partita.web.endpoint import Endpoint
from partita.web.filling import fresh_key
from partita.web.form import chunks

MOST_CHANGES = 1000
REPEATED = "W027"


class Comment(Endpoint):
    def post(self, ask: Ask) -> Response:
        type_name, text = ask.view.type(ask.path("type")).name, ask.body.first("text")
        if not text.strip():
            return show_side(ask, type_name, 422, text, ask.t("comment.empty"))
        try:
            perform(ask.ctx, AddComment(type_name, ask.record_id, text))
        except Refused as refused:
            return show_side(ask, type_name, 422, text, " ".join(ask.view.problem(p) for p in refused.problems))
        if ask.partial:
            return show_side(ask, type_name)
        return ask.go(address.record(type_name, ask.record_id), "commented")


class Attach(Endpoint):
    """Every file is stored by itself: one that is refused does not lose the others."""

    def post(self, ask: Ask) -> Response:
        type_name = ask.view.type(ask.path("type")).name
        read_record(ask.ctx, type_name, ask.record_id)
        wrong: list[str] = []
        for _, upload in ask.body.files:
            try:
                attach_one(ask, type_name, upload)
            except Refused as refused:
                wrong.extend(ask.view.problem(p) for p in refused.problems)
        if wrong or ask.partial:
            return show_side(ask, type_name, 422 if wrong else 200, files_error=" ".join(wrong))
        return ask.go(address.record(type_name, ask.record_id), "attached")


def attach_one(ask: Ask, type_name: str, upload: UploadFile) -> None:
    """The same file under the same key was attached already: an answer that was lost, sent again."""
    stored = attachments.upload(ask.ctx, type_name, "", fresh_key(), upload.filename or "", chunks(upload))
    key = hashlib.sha256(f"{ask.ctx.key}/{stored.name}/{stored.sha256}".encode()).hexdigest() if ask.ctx.key else None
    try:
        perform(replace(ask.ctx, key=key), AttachFiles(type_name, ask.record_id, (stored.id,)))
    except Refused as refused:
        if {problem.code for problem in refused.problems} != {REPEATED}:
            raise


class Detach(Endpoint):
    def post(self, ask: Ask) -> Response:
        type_name = ask.view.type(ask.path("type")).name
        attachment = int(ask.request.path_params["attachment"])
        perform(ask.ctx, RemoveAttachment(type_name, ask.record_id, attachment))
        return ask.go(address.record(type_name, ask.record_id), "removed")


class HistoryPage(Endpoint):
    """Everything that happened with the record, as one page."""

    def get(self, ask: Ask) -> Response:
        record_type = ask.view.type(ask.path("type"))
        record = read_record(ask.ctx, record_type.name, ask.record_id)
        feed = arrange_feed(ask.view, record_type.name, ask.record_id, MOST_CHANGES)
        return ask.page("history.html", record=record, feed=feed, back=address.record(record_type.name, record.id))


def show_side(
    ask: Ask, type_name: str, status: int = 200, text: str = "", error: str = "", files_error: str = ""
) -> Response:
    """The side panel again, put in place anew: a morph would keep the words that were just sent."""
    screen = arrange_record(ask.view, type_name, ask.record_id)
    values: dict[str, Any] = {
        "screen": screen,
        "key": fresh_key(),
        "url_here": address.record(type_name, ask.record_id),
        "comment_text": text,
        "comment_error": error,
        "files_error": files_error,
    }
    if ask.partial:
        response = ask.part("_side.html", status=status, **values)
        response.headers["HX-Reswap"] = "outerHTML"
        return response
    return ask.page("record.html", status, registered=False, related=None, **values)
