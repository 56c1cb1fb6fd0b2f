"""The scenario runner performs what the table says, and tells every difference with its place."""

from functools import cache

from partita.testing.bench import Template, prepare
from partita.testing.metadata import build_sources
from partita.testing.scenarios.report import ScenarioReport
from partita.testing.scenarios.runner import perform_scenario
from tests.testing.clinic import SCENARIO, SOURCES


@cache
def prepared(scenario: str) -> Template:
    return prepare(build_sources(SOURCES | {"clinic/visit.yaml": scenario}))


def performed(scenario: str) -> ScenarioReport:
    template = prepared(scenario)
    with template.open() as bench:
        told = template.built.model.scenarios["clinic.visit"]
        return perform_scenario(bench.engine, bench.clock, told, template.built.compiled.origins)


def place(text: str) -> str:
    """The line of the scenario where the text stands."""
    line = SCENARIO[: SCENARIO.index(text)].count("\n") + 1
    return f"clinic/visit.yaml:{line}:"


def test_a_scenario_that_holds_passes_and_names_the_records_it_made() -> None:
    report = performed(SCENARIO)
    assert report.passed, str(report)
    assert report.records["booked"][0] == "clinic.visit"


def test_the_report_is_a_table_of_steps() -> None:
    lines = str(performed(SCENARIO)).splitlines()
    assert lines[0] == "clinic.visit: passed"
    assert lines[1].split() == ["booked", "clerk", "create", "clinic.visit", "К-001", "✓"]
    assert "degrees: W002" in lines[2]


def test_a_value_that_differs_is_told_with_both_values_and_the_line() -> None:
    report = performed(SCENARIO.replace("total: 750.5", "total: 700"))
    (difference,) = report.differences
    assert (difference.what, difference.expected, difference.actual) == ("total", "700.00", "750.50")
    assert str(difference).startswith(place("expect: {number"))


def test_rows_that_differ_are_told() -> None:
    report = performed(SCENARIO.replace("visits: [{what: Осмотр}, {what: Укол}]", "visits: [{what: Осмотр}]"))
    assert [d.what for d in report.differences] == ["visits"]


def test_a_refusal_that_does_not_come_is_told() -> None:
    report = performed(
        SCENARIO.replace("{fever: false}, expect: {degrees: empty}", "{fever: false}, refused: {fever: W003}")
    )
    assert [d.actual for d in report.differences] == ["no refusal"]


def test_a_refusal_by_another_code_is_told() -> None:
    report = performed(SCENARIO.replace("refused: {record: W015}", "refused: {result: W001}"))
    (difference,) = report.differences
    assert (difference.what, difference.expected, difference.actual) == ("refusal of result", "W001", "record: W015")
    assert str(difference).startswith(place("refused: {record: W015}"))


def test_a_refusal_that_nobody_expected_is_told_and_the_next_steps_still_run() -> None:
    report = performed(SCENARIO.replace("decide: treat, refused: {decision_text: W021}", "decide: treat"))
    assert [d.actual for d in report.differences] == ["decision_text: W021"]
    assert report.steps[-1].differences == ()


def test_a_pause_moves_only_the_clock() -> None:
    pauses = [step for step in performed(SCENARIO).steps if step.deed.startswith("wait")]
    assert [step.answer for step in pauses] == ["2026-11-23 08:00Z"]
