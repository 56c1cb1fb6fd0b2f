"""Forms: what is asked, offered, required and why; defaults that follow; totals; files; the way of a draft."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from partita.base.errors import Denied, NotFound, Refused
from partita.runtime.files.attachments import describe, open_attachment, read_attachments, upload, upload_to
from partita.runtime.queries.cards import read_record
from partita.runtime.queries.history import read_history
from partita.runtime.queries.talk import read_comments
from partita.runtime.records.commands import (
    AddComment,
    AttachFiles,
    ChangeRecord,
    CreateRecord,
    RemoveAttachment,
)
from partita.runtime.records.forms import FormState, evaluate
from tests.runtime.support import Desk


def form(desk: Desk, values: dict[str, Any], **options: Any) -> FormState:
    given = {"counterparty": desk.ids["orion"], **values}
    return evaluate(desk.ctx(), "desk.inquiry", given, **options)


def test_questions_appear_and_are_required_by_the_answers(desk: Desk) -> None:
    closed, opened = form(desk, {"is_new": False}).fields["drawing"], form(desk, {"is_new": True}).fields["drawing"]
    assert (closed.visible, closed.required, closed.why) == (
        False,
        False,
        "Скрыто, потому что «Новое изделие» не отмечено",
    )
    assert (opened.visible, opened.required, opened.why) == (
        True,
        True,
        "Обязательно, потому что «Новое изделие» отмечено",
    )


def test_options_are_offered_in_their_order_while_their_conditions_hold(desk: Desk) -> None:
    assert list(form(desk, {}).fields["priority"].options) == ["normal", "high"]
    assert list(form(desk, {"quantity": 11}).fields["priority"].options.items()) == [
        ("normal", "Обычный"),
        ("high", "Срочный"),
        ("night", "Ночной"),
    ]


def test_a_form_speaks_the_language_of_the_actor(desk: Desk) -> None:
    ctx = desk.ctx(language="en")
    found = evaluate(ctx, "desk.inquiry", {"is_new": False}).fields
    assert (found["drawing"].why.startswith("Hidden because"), found["state"].why) == (True, "Filled by the system")


def test_a_default_follows_what_it_is_made_of_until_it_is_touched(desk: Desk) -> None:
    first = form(desk, {"product": desk.ids["rocket"]})
    assert (first.values["is_new"], first.suggested["is_new"]) == (True, True)
    posted = {"product": desk.ids["pump"], "is_new": True}
    assert form(desk, posted, suggested=first.suggested).values["is_new"] is False
    assert form(desk, {**posted, "is_new": False}, suggested=first.suggested).values["is_new"] is False
    kept = form(desk, {"product": desk.ids["rocket"], "is_new": False}, suggested=first.suggested)
    assert kept.values["is_new"] is False


def test_rows_have_their_own_defaults_questions_and_totals(desk: Desk) -> None:
    rows = [{"service": desk.ids["pump"], "qty": Decimal(2)}, {"qty": Decimal(6), "price": Decimal(1)}]
    state = form(desk, {"lines": rows})
    first, second = state.fields["lines"].rows
    assert (first.cells["price"].value, first.cells["cost"].value, first.cells["note"].visible) == (100, 200, False)
    assert (second.cells["note"].visible, second.cells["note"].required) == (True, True)
    assert [p.code for p in second.cells["note"].problems] == ["W001"]
    assert (state.values["total"], state.fields["total"].read_only, state.fields["total"].why) == (
        206,
        True,
        "Вычисляется системой",
    )
    assert first.cells["service"].titles == {desk.ids["pump"]: "Насос"}
    assert state.suggested["lines.0.price"] == 100


def test_a_transition_and_a_decision_ask_only_their_own_questions(desk: Desk) -> None:
    view = read_record(desk.ctx(), "desk.inquiry", desk.inquiry())
    cancel = evaluate(desk.ctx(), "desk.inquiry", {}, record=view, purpose="transition:cancel")
    terms = evaluate(desk.ctx(), "desk.inquiry", {}, record=view, purpose="decide:terms")
    to_work = evaluate(desk.ctx(), "desk.inquiry", {}, record=view, purpose="decide:to_work")
    assert {n: (f.required, f.read_only) for n, f in cancel.fields.items()} == {"reason": (True, False)}
    assert [(p.code, p.field) for p in cancel.problems] == [("W001", "reason")]
    assert (list(terms.fields), list(to_work.fields)) == (["possible_date"], [])


def test_what_a_state_asks_is_asked_by_the_transition_that_leads_there(desk: Desk) -> None:
    made = desk.inquiry()
    desk.engine.current()
    view = read_record(desk.ctx("chief"), "desk.inquiry", made)
    assert {o.name: o.category for o in view.transitions}["take"] == "active"
    finish = evaluate(desk.ctx("chief"), "desk.inquiry", {"result": "r"}, record=view, purpose="transition:finish")
    assert "result" in finish.fields


def test_a_reader_without_the_right_to_change_reads_the_same_states(desk: Desk) -> None:
    made = desk.inquiry("chief", is_new=False, responsible=desk.ids["worker"])
    ctx = desk.ctx("nobody")
    with pytest.raises(NotFound):
        read_record(ctx, "desk.inquiry", made)
    worker = desk.ctx("worker")
    view = read_record(worker, "desk.inquiry", made)
    state = evaluate(worker, "desk.inquiry", {}, record=view, purpose="read")
    assert (state.problems, state.fields["drawing"].visible, state.fields["quantity"].read_only) == ((), False, True)


def test_a_form_that_may_not_be_filled_is_denied(desk: Desk) -> None:
    with pytest.raises(Denied):
        evaluate(desk.ctx("worker"), "desk.inquiry", {})
    view = read_record(desk.ctx("chief"), "base.region", desk.ids["north"])
    with pytest.raises(Denied):
        evaluate(desk.ctx(), "base.region", {}, record=view, purpose="change")


def test_first_time_is_told_before_the_registration(desk: Desk) -> None:
    assert form(desk, {}).values["first_time"] is True
    desk.inquiry()
    assert form(desk, {}).values["first_time"] is False


def test_uploads_of_a_form_become_the_records_when_it_is_saved(desk: Desk) -> None:
    ctx = desk.ctx()
    loose = upload(ctx, "desk.inquiry", "", "form-1", "../../План <1>.txt", [b"a", b"b"])
    scan = upload(ctx, "desk.inquiry", "scan", "form-1", "скан.pdf", [b"%PDF"])
    assert (loose.name, loose.size, scan.media_type) == ("План _1_.txt", 2, "application/pdf")
    with pytest.raises(NotFound):
        open_attachment(desk.ctx("chief"), scan.id)
    assert describe(ctx, [scan.id])[scan.id].name == "скан.pdf"
    values = {"counterparty": desk.ids["orion"], "scan": scan.id}
    made = desk.do(CreateRecord("desk.inquiry", values, form_key="form-1")).id
    assert {a.id for a in read_attachments(desk.ctx("chief"), "desk.inquiry", made)} == {loose.id, scan.id}
    assert b"".join(open_attachment(desk.ctx("chief"), loose.id).chunks) == b"ab"
    desk.do(ChangeRecord("desk.inquiry", made, 1, {"scan": None}))
    assert [a.id for a in read_attachments(ctx, "desk.inquiry", made)] == [loose.id]


def test_another_ones_upload_or_another_records_file_is_refused(desk: Desk) -> None:
    foreign = upload(desk.ctx("chief"), "desk.inquiry", "scan", "form-2", "x.txt", [b"x"])
    create = CreateRecord("desk.inquiry", {"counterparty": desk.ids["orion"], "scan": foreign.id})
    assert desk.refused(create) == {("W028", "scan")}
    with pytest.raises(Refused, match="W019"):
        upload(desk.ctx(), "desk.inquiry", "nothing", "form-2", "x", [b"x"])


def test_a_form_sent_again_with_its_files_is_the_same_form(desk: Desk) -> None:
    def sent() -> Any:
        file = upload(desk.ctx(), "desk.inquiry", "attached", "form-3", "a.txt", [b"same"])
        values = {"counterparty": desk.ids["orion"], "attached": (file.id,)}
        return desk.do(CreateRecord("desk.inquiry", values, form_key="form-3"), key="key-3")

    first, again = sent(), sent()
    assert (first.id, again.repeated) == (again.id, True)
    twice = [upload_to(desk_key(desk), "desk.inquiry", first.id, "b.txt", [b"b"]).id for _ in range(2)]
    assert twice[0] == twice[1]


def desk_key(desk: Desk) -> Any:
    return desk.ctx(key="key-4")


def test_files_and_comments_stand_in_the_history_without_a_new_version(desk: Desk) -> None:
    made = desk.inquiry()
    file = upload_to(desk.ctx(), "desk.inquiry", made, "чертёж.dwg", [b"x"])
    other = upload(desk.ctx(), "desk.inquiry", "", "form-5", "b.txt", [b"y"])
    desk.do(AttachFiles("desk.inquiry", made, (other.id,)))
    desk.do(AddComment("desk.inquiry", made, " Позвонить завтра \x00"))
    desk.do(RemoveAttachment("desk.inquiry", made, file.id))
    actions = [(c.action, c.note) for c in read_history(desk.ctx(), "desk.inquiry", made)][:4]
    assert actions == [("detach", "чертёж.dwg"), ("comment", ""), ("attach", "b.txt"), ("attach", "чертёж.dwg")]
    assert [(c.user_name, c.text) for c in read_comments(desk.ctx(), "desk.inquiry", made)] == [
        ("Operator", "Позвонить завтра")
    ]
    assert read_record(desk.ctx(), "desk.inquiry", made).version == 1
    with pytest.raises(NotFound):
        open_attachment(desk.ctx(), file.id)


def test_a_file_of_any_size_is_streamed(desk: Desk) -> None:
    made = desk.inquiry()
    file = upload_to(desk.ctx(), "desk.inquiry", made, "видео.mp4", (b"\0" * 65536 for _ in range(64)))
    assert sum(len(chunk) for chunk in open_attachment(desk.ctx(), file.id).chunks) == file.size == 4 * 1024 * 1024
