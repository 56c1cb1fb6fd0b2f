"""What a role cannot open is told with the role, the type and the reason."""

from typing import Any

import pytest

from partita.runtime.queries import lists, related
from partita.runtime.records import forms
from partita.testing import opening
from partita.testing.bench import Template, prepare
from partita.testing.metadata import build_sources
from tests.testing.clinic import SOURCES


@pytest.fixture(scope="module")
def template() -> Template:
    return prepare(build_sources(SOURCES))


def fail(*args: Any, **more: Any) -> None:
    raise RuntimeError("broken")


@pytest.mark.parametrize(
    ("check", "broken", "place"),
    [
        (opening.failed_lists, (lists, "count_records"), "doctor: clinic.visit, list default"),
        (opening.failed_forms, (forms, "evaluate"), "clerk: clinic.visit, a new record"),
        (opening.failed_cards, (related, "count_related"), "doctor: clinic.patient «Ольга»"),
    ],
)
def test_a_failure_is_told_and_the_others_are_still_opened(
    template: Template, monkeypatch: pytest.MonkeyPatch, check: Any, broken: tuple[Any, str], place: str
) -> None:
    with template.open() as bench:
        assert list(check(bench, "clinic")) == []
        monkeypatch.setattr(*broken, fail)
        told = list(check(bench, "clinic"))
    assert f"{place}: RuntimeError('broken')" in told
    assert len(told) > 1


def test_a_type_that_a_role_may_not_create_is_not_opened_for_it(template: Template) -> None:
    with template.open() as bench:
        creating = {(ctx.actor.login, t.name) for ctx, t in opening.open_types(bench, "clinic", "create")}
    assert creating == {("clerk", "clinic.patient"), ("clerk", "clinic.visit")}
