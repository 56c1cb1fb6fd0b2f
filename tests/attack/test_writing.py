"""Nobody writes what he may not: built-in fields, hidden fields, other people's rows, deeds without a right."""

import contextlib
from collections.abc import Mapping
from typing import Any

import pytest

from partita.base.errors import Denied, NotFound, Refused
from partita.runtime.files import attachments
from partita.runtime.queries.cards import read_record
from partita.runtime.records.commands import AttachFiles, ChangeRecord, CreateRecord, RemoveAttachment
from partita.storage import rows
from tests.attack.strings import MARKUP, ODD
from tests.attack.world import INQUIRY, ORGANIZATION, World, calm
from tests.web.html import Page

pytestmark = pytest.mark.attack
FORGED: Mapping[str, str] = {
    "state": "done",
    "number": "ЧУЖОЙ-1",
    "registered_at": "2020-01-01T00:00",
    "first_time": "0",
    "created_by": "1",
    "created_at": "2020-01-01T00:00",
    "changed_by": "1",
    "changed_at": "2020-01-01",
    "decision": "refuse",
    "id": "999999",
    "decision_text": "выдумано",
    "decided_at": "2020-01-01",
    "decided_by": "1",
    "version": "77",
    "revision": "9",
    "title": "x",
    "title_fold": "x",
    "discount": "30",
    "total": "1",
    "result": "готово",
    "responsible": "1",
    "executors": "1",
    "diagnosis": "x",
    "clarification": "x",
    "__class__": "x",
    "user": "1",
    "old": "1",
    "lines": "x",
    "conditions": "x",
    "delivery_address": "спрятано",
    "record_type": "base.employee",
    "no_drawing": "спрятано",
    "offer_sum": "5",
}
ROWS: Mapping[str, Mapping[str, str]] = {
    "a hidden table": {"f.conditions.0.name": "моё"},
    "a column that is not there": {"f.lines.0.record_id": "1", "f.lines.0.qty": "1"},
    "a row of another record": {"f.conditions.0.id": "ROW", "f.conditions.0.name": "украдено"},
    "a computed column": {"f.lines.0.sum": "1", "f.lines.0.qty": "1"},
}


def stored(world: World, short: str) -> Mapping[str, Any]:
    with world.office.engine.db.read() as conn:
        found = rows.fetch(conn, world.office.engine.current().tables, INQUIRY, world[short])
    assert found is not None
    return found


def filled(world: World, login: str, path: str) -> dict[str, Any]:
    answer = world.client(login).get(path)
    assert answer.status_code == 200
    return Page(answer.text).fields()


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_field_of_a_change_is_refused(world: World, name: str) -> None:
    sent = {**filled(world, "operator", f"/record/{INQUIRY}/{world['first']}/edit"), f"f.{name}": FORGED[name]}
    with world.unchanged():
        answer = calm(world.client("operator").post(f"/record/{INQUIRY}/{world['first']}/edit", data=sent))
        assert answer.status_code == 422, name


@pytest.mark.parametrize("name", FORGED)
@pytest.mark.parametrize("door", ["/new/{}", "/intake/{}"])
def test_a_forged_field_of_a_new_request_is_refused_or_means_nothing(own: World, door: str, name: str) -> None:
    sent = {
        "f.counterparty": str(own["orion"]),
        "who": str(own["orion"]),
        "type": INQUIRY,
        f"f.{name}": FORGED[name],
        "f.product": str(own["boiler"]),
        "f.quantity": "1",
        "f.delivery": "pickup",
        "f.priority": "normal",
    }
    answer = calm(own.client("operator").post(door.format(INQUIRY), data=sent))
    assert answer.status_code in (422, 303)
    if answer.status_code == 303:
        made = stored_last(own)
        assert str(made.get(name)) != FORGED[name]
        assert made["state"] == "accepted"


def stored_last(world: World) -> Mapping[str, Any]:
    runtime = world.office.engine.current()
    with world.office.engine.db.read() as conn:
        number = max(conn.exec_driver_sql('select id from "requests__purchase_inquiry"').scalars())
        found = rows.fetch(conn, runtime.tables, INQUIRY, number)
    assert found is not None
    return found


@pytest.mark.parametrize("name", ROWS)
def test_forged_rows_are_refused(world: World, name: str) -> None:
    row = str(stored(world, "public")["conditions"][0]["id"])
    forged = {key: row if value == "ROW" else value for key, value in ROWS[name].items()}
    base = filled(world, "operator", f"/record/{INQUIRY}/{world['first']}/edit")
    with world.unchanged():
        answer = calm(
            world.client("operator").post(f"/record/{INQUIRY}/{world['first']}/edit", data={**base, **forged})
        )
        assert answer.status_code == 422


def test_a_row_of_another_record_is_not_moved_nor_overwritten(own: World) -> None:
    """Even by one who may change the tables of both."""
    row = stored(own, "public")["conditions"][0]["id"]
    given = {"conditions": ({"id": row, "name": "украдено"},)}
    version = stored(own, "first")["version"]
    with contextlib.suppress(Refused, NotFound):
        own.office.do(ChangeRecord(INQUIRY, own["first"], version, given))
    assert [(r["id"], r["agreed"]) for r in stored(own, "public")["conditions"]] == [(row, "да")]
    assert row not in [r["id"] for r in stored(own, "first")["conditions"]]


@pytest.mark.parametrize("field", ["duplicate_of", "contact", "counterparty", "product"])
def test_a_link_to_what_he_may_not_read_is_not_offered(world: World, field: str) -> None:
    number = {"duplicate_of": world["secret"], "contact": 987654, "counterparty": 987654, "product": 987654}[field]
    with world.unchanged():
        base = filled(world, "specialist", f"/record/{INQUIRY}/{world['public']}/edit")
        answer = world.client("specialist").post(
            f"/record/{INQUIRY}/{world['public']}/edit", data={**base, f"f.{field}": str(number)}
        )
        assert answer.status_code == 422


DEEDS: tuple[tuple[str, str, str], ...] = (
    ("operator", "transition/take", "first"),
    ("operator", "transition/finish", "first"),
    ("operator", "transition/cancel", "first"),
    ("operator", "transition/nothing", "first"),
    ("operator", "transition/__class__", "first"),
    ("operator", "decide", "first"),
    ("operator", "delete", "first"),
    ("specialist", "delete", "public"),
    ("specialist", "decide", "secret"),
    ("specialist", "transition/take", "secret"),
    ("specialist", "comment", "secret"),
    ("specialist", "attach", "secret"),
    ("specialist", "edit", "secret"),
    ("specialist", "register", "secret"),
    ("reader", "edit", "first"),
    ("reader", "comment", "first"),
    ("reader", "attach", "first"),
    ("reader", "decide", "first"),
    ("", "comment", "first"),
    ("", "edit", "first"),
    ("", "attach", "first"),
    ("", "delete", "first"),
    ("", "decide", "first"),
    ("", "transition/take", "first"),
)


@pytest.mark.parametrize(("login", "deed", "short"), DEEDS)
def test_deeds_without_a_right_change_nothing(world: World, login: str, deed: str, short: str) -> None:
    sent = {
        "decision": "accept_order",
        "text": "да",
        "f.quantity": "9",
        "version": "1",
        "f.result": "готово",
        "f.reason": "так",
    }
    with world.unchanged():
        answer = calm(world.client(login).post(f"/record/{INQUIRY}/{world[short]}/{deed}", data=sent))
        assert answer.status_code in (401, 403, 404, 409, 422) or deed == "attach"


@pytest.mark.parametrize("login", ["reader", "specialist", ""])
def test_a_file_is_not_added_to_a_record_that_is_not_his(own: World, login: str) -> None:
    before = attachments.read_attachments(own.office.ctx("admin"), INQUIRY, own["secret"])
    answer = calm(own.client(login).post(f"/record/{INQUIRY}/{own['secret']}/attach", files={"u.": ("x.txt", b"x")}))
    assert answer.status_code in (401, 403, 404, 422)
    assert attachments.read_attachments(own.office.ctx("admin"), INQUIRY, own["secret"]) == before


def test_a_file_of_another_record_is_not_detached(world: World) -> None:
    with world.unchanged():
        for owner in ("first", "public", "secret"):
            answer = calm(
                world.client("specialist").post(f"/record/{INQUIRY}/{world[owner]}/detach/{world['secret_file']}")
            )
            assert answer.status_code == 404


@pytest.mark.parametrize("short", ["secret_file", "loose_file"])
def test_a_foreign_file_cannot_be_made_ones_own(own: World, short: str) -> None:
    """Neither by naming it in a field, nor by attaching it, nor by the key of the form it was uploaded to."""
    ctx, number = own.office.ctx("specialist"), own[short]
    for command in (
        AttachFiles(INQUIRY, own["public"], (number,)),
        CreateRecord(INQUIRY, {"counterparty": own["orion"], "product": own["boiler"], "attachments": (number,)}),
        RemoveAttachment(INQUIRY, own["public"], number),
    ):
        with pytest.raises((Refused, NotFound, Denied)):
            own.office.do(command, "specialist")
    made = own.office.do(
        CreateRecord(
            INQUIRY,
            {"counterparty": own["orion"], "product": own["boiler"], "quantity": 1},
            form_key="key-of-the-admin",
        ),
        "specialist",
    )
    assert attachments.read_attachments(ctx, INQUIRY, made.id) == ()


def test_an_old_key_of_another_person_tells_nothing_of_his_record(own: World) -> None:
    """The key of a form is a person's own: with another's key a new record is made, no old answer is repeated."""
    sent = {"f.name": "Первая", "key": "the-same-key-of-two-people"}
    first = calm(own.client("operator").post(f"/new/{ORGANIZATION}", data=sent))
    second = calm(own.client("specialist").post(f"/new/{ORGANIZATION}", data={**sent, "f.name": "Вторая"}))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] != second.headers["location"]


@pytest.mark.parametrize("text", [*MARKUP, *ODD], ids=lambda t: ascii(t)[:24])
def test_odd_words_are_kept_or_refused_and_come_back_as_they_were(own: World, text: str) -> None:
    answer = calm(own.client("operator").post(f"/new/{ORGANIZATION}", data={"f.name": text}))
    assert answer.status_code in (303, 422)
    if answer.status_code == 303:
        number = int(answer.headers["location"].split("?")[0].rsplit("/", 1)[1])
        kept = read_record(own.office.ctx("operator"), ORGANIZATION, number).values["name"]
        assert "\x00" not in kept
        calm(own.client("operator").get(f"/record/{ORGANIZATION}/{number}"))
        calm(own.client("operator").get(f"/list/{ORGANIZATION}"))
