"""Runs scenarios each on a fresh copy of a database with the configuration applied and its rows loaded."""

from collections.abc import Collection

from partita.bootstrap.configuration import Configuration
from partita.model.data import Scenario
from partita.testing.bench import Template, prepare
from partita.testing.metadata import Built
from partita.testing.scenarios.report import ScenarioReport
from partita.testing.scenarios.runner import Watch, perform_scenario


def run_scenarios(configuration: Configuration, names: Collection[str] = ()) -> tuple[ScenarioReport, ...]:
    """All scenarios of the packs, or those named (`name` or `pack.name`); the database is gone afterwards."""
    template = prepare(Built(configuration.sources, configuration.compiled))
    wanted = [s for s in template.built.model.scenarios.values() if not names or _is_named(s, names)]
    return tuple(run_scenario(template, scenario) for scenario in wanted)


def run_scenario(template: Template, scenario: Scenario, watch: Watch | None = None) -> ScenarioReport:
    with template.open() as bench:
        return perform_scenario(bench.engine, bench.clock, scenario, template.built.compiled.origins, watch)


def _is_named(scenario: Scenario, names: Collection[str]) -> bool:
    return scenario.ref.name in names or scenario.ref.qualified in names
