from __future__ import annotations

from partita.runtime.queries.cards import read_record
from tests.runtime.support import Desk


def test_an_inquiry_is_registered(desk: Desk) -> None:
    made = desk.inquiry()
    view = read_record(desk.ctx(), "desk.inquiry", made)
    assert view.values["number"] == "2026-00001"
    assert view.values["first_time"] is True
    assert view.values["responsible"] == desk.ids["operator"]
