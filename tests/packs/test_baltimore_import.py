"""The city's rows come in through the ordinary pipeline, and are worked with as if they had been registered here."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from partita.runtime.context import Actor, Context
from partita.runtime.exchange.importing import run_import
from partita.runtime.exchange.mapping import ImportMapping, read_mapping
from partita.runtime.queries import lists
from partita.runtime.records.commands import PerformTransition
from partita.runtime.records.pipeline import perform
from partita.sources.read import read_text
from partita.testing.bench import Bench, prepare
from partita.testing.metadata import build_packs
from tests.packs.places import BALTIMORE, BALTIMORE_IMPORT, BASE, ROOT
from tests.packs.test_baltimore import STATES, excerpt

CITY = ZoneInfo("America/New_York")
TYPE = "baltimore.service_request"
EXCERPT = BALTIMORE_IMPORT / "excerpt.csv"
WHOLE = ROOT.parent / "shared" / "data" / "01-service-requests" / "baltimore311" / "311_sample.csv"


@pytest.fixture(scope="module")
def empty() -> Iterator[Bench]:
    with prepare(build_packs(BASE, BALTIMORE), zone=CITY).open() as bench:
        yield bench


@pytest.fixture(scope="module")
def imported(empty: Bench) -> Bench:
    report = run_import(supervisor(empty), mapping(empty), EXCERPT)
    assert [(f.line, f.problems) for f in report.findings] == []
    assert (report.created, report.failed) == (len(excerpt()), 0)
    return empty


def supervisor(bench: Bench) -> Context:
    return bench.engine.context(Actor(1, "boss", "boss", None, frozenset({"baltimore.supervisor"})), origin="import")


def mapping(bench: Bench) -> ImportMapping:
    text = (BALTIMORE_IMPORT / "requests.yaml").read_text(encoding="utf-8")
    documents, findings = read_text(text, "requests.yaml")
    assert not findings
    return read_mapping(supervisor(bench), documents[0].data)


def records(bench: Bench, *columns: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    with lists.iterate(supervisor(bench), TYPE, lists.ListRequest(columns=columns)) as rows:
        found.extend(dict(row) for row in rows)
    return found


def test_a_dry_run_tells_what_would_come_and_leaves_nothing(empty: Bench) -> None:
    report = run_import(supervisor(empty), mapping(empty), EXCERPT, dry_run=True)
    assert (report.created + report.same, report.failed) == (len(excerpt()), 0)
    assert report.run is None


def test_states_are_those_of_the_file(imported: Bench) -> None:
    expected = Counter(STATES[row["SRStatus"]] for row in excerpt())
    assert Counter(row["state"] for row in records(imported, "state")) == expected


def test_the_same_file_again_changes_nothing(imported: Bench) -> None:
    before = records(imported, "changed_at")
    report = run_import(supervisor(imported), mapping(imported), EXCERPT)
    assert (report.created, report.changed, report.same) == (0, 0, len(excerpt()))
    assert records(imported, "changed_at") == before


def test_days_open_are_computed_as_the_city_counted_them(imported: Bench) -> None:
    told = {row["ServiceRequestNum"]: row["DaysOpen"] for row in excerpt() if row["DaysOpen"]}
    computed = {str(r["number"]): r["days_open"] for r in records(imported, "number", "days_open")}
    assert {number: str(computed[number]) for number in told} == told


def test_numbers_places_and_people_of_the_file_stand_on_the_cards(imported: Bench) -> None:
    by_number = {row["ServiceRequestNum"]: row for row in excerpt()}
    columns = ("number", "kind", "agency", "neighborhood", "location")
    for record in records(imported, *columns):
        row = by_number[str(record["number"])]
        for field, source in (("kind.title", "SRType"), ("agency.title", "Agency"), ("location", "Address")):
            assert str(record[field] or "").split() == row[source].split(), field
        assert (record["neighborhood.title"] or "") == row["Neighborhood"]


def test_an_imported_request_is_worked_with_like_any_other(imported: Bench) -> None:
    waiting = next(r for r in records(imported, "state") if r["state"] == "new")
    act = PerformTransition(TYPE, int(str(waiting["id"])), int(str(waiting["version"])), "accept")
    perform(supervisor(imported), act)
    after = next(r for r in records(imported, "state") if r["id"] == waiting["id"])
    assert after["state"] == "open"


@pytest.mark.slow
def test_all_ten_thousand_rows_of_the_file_come_in(tmp_path: Path) -> None:
    """Needs the whole file, which does not come with the product."""
    if not WHOLE.is_file():
        pytest.skip(f"the whole file is not here: {WHOLE.relative_to(ROOT.parent)}")
    with WHOLE.open(encoding="utf-8-sig", newline="") as file:
        total = sum(1 for _ in csv.DictReader(file))
    with prepare(build_packs(BASE, BALTIMORE), zone=CITY).open() as bench:
        report = run_import(supervisor(bench), mapping(bench), WHOLE)
        assert [(f.line, f.problems) for f in report.findings] == []
        assert report.created == total == 10_000
