"""The municipal vertical passes the inherited checks; its directories and states hold every row of the excerpt."""

import csv

from partita.testing.packs import PackChecks
from tests.packs.places import BALTIMORE, BALTIMORE_IMPORT, BASE

STATES = {
    "New": "new",
    "New (Duplicate)": "suspected",
    "Open": "open",
    "Open (Duplicate)": "suspected",
    "In Progress": "in_progress",
    "Pending": "pending",
    "Closed": "closed",
    "Closed (Duplicate)": "duplicate",
    "Closed (Transferred)": "transferred",
}


def excerpt() -> list[dict[str, str]]:
    with (BALTIMORE_IMPORT / "excerpt.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class TestBaltimore(PackChecks):
    pack = "baltimore"
    folders = (BASE, BALTIMORE)

    def test_every_status_of_the_file_is_a_state_and_every_state_is_in_the_file(self) -> None:
        states = self.built().model.schemes["baltimore.request_life"].states
        assert set(STATES.values()) == set(states)
        assert {row["SRStatus"] for row in excerpt()} == set(STATES)

    def test_the_directories_know_every_name_of_the_excerpt(self) -> None:
        data = self.built().model.data
        for column, name, key in (
            ("SRType", "service_kinds", "code"),
            ("Agency", "agencies", "name"),
            ("Neighborhood", "neighborhoods", "name"),
            ("PoliceDistrict", "police_districts", "name"),
        ):
            known = {row[key] for row in data[f"baltimore.{name}"].rows.values()}
            assert {row[column] for row in excerpt() if row[column]} <= known, column
