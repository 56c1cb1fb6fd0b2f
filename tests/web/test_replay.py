"""A configuration replaced in the middle of a request: the request is replayed, the person notices nothing."""

from __future__ import annotations

import pytest

from partita.base.errors import Problem, Refused, StaleRevision, Unavailable
from partita.runtime.context import Context
from partita.runtime.records import pipeline
from partita.runtime.records.commands import CreateRecord, Outcome
from partita.web.views import forms
from tests.web.conftest import Clients
from tests.web.html import Page
from tests.web.site import Office


def fail_first(monkeypatch: pytest.MonkeyPatch, error: Exception, times: int) -> list[int]:
    """`perform` raises the first times, then does its work."""
    tries: list[int] = []

    def perform(ctx: Context, command: CreateRecord) -> Outcome:
        tries.append(1)
        if len(tries) <= times:
            raise error
        return pipeline.perform(ctx, command)

    monkeypatch.setattr(forms, "perform", perform)
    return tries


def test_a_post_on_an_old_revision_is_done_on_the_new_one(
    client: Clients, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = fail_first(monkeypatch, StaleRevision(), 2)
    refreshed: list[int] = []
    refresh = office.engine.refresh

    def count_refresh() -> bool:
        refreshed.append(1)
        return refresh()

    page = client("operator")
    sent = {**Page(page.get("/new/base.organization").text).fields(), "f.name": "Переживший"}
    monkeypatch.setattr(office.engine, "refresh", count_refresh)
    answer = page.post("/new/base.organization", data=sent)
    assert answer.status_code == 200
    assert Page(answer.text).h1 == "Переживший"
    assert (len(tries), len(refreshed)) == (3, 2)


def test_a_busy_store_is_told_with_a_way_to_repeat(client: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_first(monkeypatch, Unavailable("W027"), 9)
    page = client("operator")
    sent = {**Page(page.get("/new/base.organization").text).fields(), "f.name": "Занято"}
    assert page.post("/new/base.organization", data=sent).status_code == 503


def test_an_unexpected_failure_is_an_incident_with_a_number(client: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_first(monkeypatch, RuntimeError("boom with a secret"), 9)
    page = client("operator")
    sent = {**Page(page.get("/new/base.organization").text).fields(), "f.name": "Сломано"}
    answer = page.post("/new/base.organization", data=sent)
    assert answer.status_code == 500
    assert answer.headers["x-request-id"] in answer.text
    assert "boom" not in answer.text


def test_a_refusal_of_the_whole_record_stands_in_the_summary(client: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_first(monkeypatch, Refused(Problem("W027")), 9)
    page = client("operator")
    sent = {**Page(page.get("/new/base.organization").text).fields(), "f.name": "Повтор"}
    answer = page.post("/new/base.organization", data=sent)
    assert answer.status_code == 422
    assert len(Page(answer.text).errors()) == 1
