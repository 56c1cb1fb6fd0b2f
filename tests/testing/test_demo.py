"""The demo base: accounts of its people, requests in every state, made by commands; a second time changes nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from partita.runtime.identity import accounts, sessions
from partita.runtime.queries import lists
from partita.testing.bench import Bench, prepare
from partita.testing.demo import perform_demo, stories
from partita.testing.metadata import build_packs
from tests.packs.places import BASE, REQUESTS

PASSWORD = "a password of the demo base"
NOW = datetime(2028, 2, 9, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo() -> Iterator[Bench]:
    with prepare(build_packs(BASE, REQUESTS)).open() as bench:
        bench.clock.set(NOW)
        reports = perform_demo(bench.engine, PASSWORD).stories
        assert all(report.passed for report in reports), "\n".join(map(str, reports))
        yield bench


def test_every_person_of_the_story_can_sign_in(demo: Bench) -> None:
    for name in stories(demo.engine)[0].people:
        _, actor = sessions.sign_in(demo.engine, name, PASSWORD, "127.0.0.1", "test")
        assert actor.employee_id is not None
        assert actor.name != name


def test_requests_stand_in_every_state(demo: Bench) -> None:
    head = accounts.find_actor(demo.engine, "orlov")
    assert head is not None
    ctx = demo.engine.context(head)
    states = set()
    for type_name in ("requests.service_appeal", "requests.purchase_inquiry"):
        request = lists.ListRequest(columns=("state",), limit=100)
        states |= {row["state"] for row in lists.list_records(ctx, type_name, request).rows}
    assert states == set(demo.runtime.model.schemes["requests.request_cycle"].states)


def test_a_specialist_sees_fewer_requests_than_the_head(demo: Bench) -> None:
    counts = {}
    for name in ("orlov", "petrov"):
        actor = accounts.find_actor(demo.engine, name)
        assert actor is not None
        ctx = demo.engine.context(actor)
        counts[name] = lists.count_records(ctx, "requests.purchase_inquiry", lists.ListRequest()).value
    assert 0 < counts["petrov"] < counts["orlov"]


def test_a_second_time_the_story_is_not_told_again(demo: Bench) -> None:
    again = perform_demo(demo.engine, PASSWORD)
    assert (again.logins, again.stories) == ((), ())


def test_the_story_ends_in_the_last_week_whenever_it_is_told(demo: Bench) -> None:
    head = accounts.find_actor(demo.engine, "orlov")
    assert head is not None
    request = lists.ListRequest(columns=("registered_at", "wanted_by"), limit=100)
    rows = lists.list_records(demo.engine.context(head), "requests.purchase_inquiry", request).rows
    newest = max(row["registered_at"] for row in rows)
    assert timedelta() < NOW - newest < timedelta(days=8)
    assert any(row["wanted_by"] and row["wanted_by"] > NOW.date() for row in rows)
