"""An answer that was lost on the way: the person sends the same form again, and it happens once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.conftest import MakeDatabase
from tests.kill.clerks import TYPE, content_of
from tests.kill.desk import CLERKS, PASSWORD, Desk
from tests.kill.facts import facts
from tests.support.visitor import Answer, Visitor

pytestmark = pytest.mark.kill
PAPER = "a-paper.5000.bin"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(
    request: pytest.FixtureRequest, make_database: MakeDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("desk"), make_database(request.param))
    made.prepare()
    made.start()
    yield made
    made.kill()


@pytest.fixture(scope="module")
def clerk(desk: Desk) -> Iterator[Visitor]:
    visitor = Visitor(desk.port)
    visitor.sign_in(CLERKS[0], PASSWORD)
    with closing(visitor):
        yield visitor


@pytest.fixture(scope="module")
def order(clerk: Visitor) -> int:
    customer = clerk.post("/new/kill.customer", {"f.name": "Клиент", "key": "the-customer"}).record
    form = {"f.counterparty": str(customer), "f.mark": "the-first", "f.note": "n0", "key": "the-order-of-all"}
    return clerk.post(f"/new/{TYPE}", form).record


def twice(clerk: Visitor, path: str, form: dict[str, str], files: dict[str, str] | None = None) -> Answer:
    sent = {name: (file, content_of(file)) for name, file in (files or {}).items()}
    first, second = clerk.post(path, form, sent), clerk.post(path, form, sent)
    assert (first.status, second.status) == (303, 303), f"{first}\n{second.status} {second.body[:2000]}"
    assert first.record == second.record
    return second


def count(desk: Desk, statement: str) -> int:
    with facts(desk.database_url) as found:
        return int(found.one(statement))


def test_a_new_record_with_a_file_is_made_once(desk: Desk, clerk: Visitor, order: int) -> None:
    form = {"f.counterparty": "1", "f.mark": "twice", "f.note": "n0", "key": "sent-twice-with-a-file"}
    record = twice(clerk, f"/new/{TYPE}", form, {"u.papers": PAPER}).record
    assert count(desk, "SELECT count(*) FROM kill__order WHERE mark = 'twice'") == 1
    assert count(desk, f"SELECT count(*) FROM sys_attachment WHERE record_id = {record} AND removed_at IS NULL") == 1


def test_a_change_is_made_once(desk: Desk, clerk: Visitor, order: int) -> None:
    path = f"/record/{TYPE}/{order}/edit"
    twice(clerk, path, {"version": clerk.get(path).hidden("version"), "f.note": "changed", "key": "change-sent-twice"})
    told = f"SELECT count(*) FROM sys_history WHERE record_id = {order} AND field = 'note' AND action = 'change'"
    assert count(desk, told) == 1


def test_a_transition_happens_once(desk: Desk, clerk: Visitor, order: int) -> None:
    version = clerk.get(f"/record/{TYPE}/{order}/edit").hidden("version")
    twice(clerk, f"/record/{TYPE}/{order}/transition/take", {"version": version, "key": "move-sent-twice"})
    told = f"SELECT count(*) FROM sys_history WHERE record_id = {order} AND field = 'state' AND version > 1"
    assert count(desk, told) == 1


def test_a_comment_is_said_once(desk: Desk, clerk: Visitor, order: int) -> None:
    twice(clerk, f"/record/{TYPE}/{order}/comment", {"text": "сказано", "key": "comment-sent-twice"})
    assert count(desk, f"SELECT count(*) FROM sys_comment WHERE record_id = {order}") == 1


def test_a_file_is_attached_once(desk: Desk, clerk: Visitor, order: int) -> None:
    twice(clerk, f"/record/{TYPE}/{order}/attach", {"key": "attach-sent-twice"}, {"u.": PAPER})
    assert count(desk, f"SELECT count(*) FROM sys_attachment WHERE record_id = {order} AND removed_at IS NULL") == 1


def test_the_same_key_with_another_body_is_refused(clerk: Visitor, order: int) -> None:
    path = f"/record/{TYPE}/{order}/comment"
    assert clerk.post(path, {"text": "одно", "key": "one-key-two-bodies"}).status == 303
    assert clerk.post(path, {"text": "другое", "key": "one-key-two-bodies"}).status == 422
