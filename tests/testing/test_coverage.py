"""Coverage tells what no scenario of a pack performs."""

from partita.testing.bench import prepare
from partita.testing.coverage import Coverage, measure
from partita.testing.metadata import build_sources
from partita.testing.scenarios.runner import perform_scenario
from tests.testing.clinic import SOURCES


def test_what_was_refused_is_not_covered_and_what_was_done_is() -> None:
    template, seen = prepare(build_sources(SOURCES)), Coverage()
    model = template.built.model
    with template.open() as bench:
        perform_scenario(bench.engine, bench.clock, model.scenarios["clinic.visit"], watch=seen.watch)
    fields, transitions, decisions, roles = measure(model, "clinic", seen)
    assert fields.untouched == ()
    assert transitions.untouched == ()
    assert decisions.untouched == ("clinic.visit#treat",)
    assert roles.untouched == ()
    assert "1/2" in str(decisions)


def test_nothing_is_covered_before_anything_was_performed() -> None:
    model = build_sources(SOURCES).model
    parts = {part.name: part for part in measure(model, "clinic", Coverage())}
    assert parts["transitions"].untouched == ("clinic.visit#see",)
    assert parts["roles"].untouched == ("clinic.clerk", "clinic.doctor")
