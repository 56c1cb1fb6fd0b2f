"""The checks that every pack inherits. A pack's test is a class:

class TestClinic(PackChecks):
    pack = "clinic"
    folders = (METADATA, CLINIC)
"""

from functools import cache
from pathlib import Path
from typing import ClassVar

from partita.model.data import Scenario
from partita.testing.bench import Template, prepare
from partita.testing.coverage import Coverage, Part, measure
from partita.testing.languages import missing_words
from partita.testing.metadata import Built, build_packs
from partita.testing.opening import failed_cards, failed_forms, failed_lists
from partita.testing.scenarios.report import ScenarioReport
from partita.testing.scenarios.run import run_scenario
from partita.testing.scenarios.runner import perform_scenario


class PackChecks:
    """`folders`: the pack and those that it requires. `unproved`: things that no scenario touches, each on purpose."""

    pack: ClassVar[str]
    folders: ClassVar[tuple[Path, ...]]
    unproved: ClassVar[frozenset[str]] = frozenset()

    def test_it_compiles_without_findings(self) -> None:
        built = self.built()
        assert not built.findings, built.explain()

    def test_it_applies_to_an_empty_database_with_all_its_rows(self) -> None:
        assert self.template().problems == ()
        with self.template().open() as bench:
            assert bench.runtime.number == 1

    def test_every_word_is_said_in_every_language_of_the_pack(self) -> None:
        assert missing_words(self.built().model, self.pack) == []

    def test_every_list_opens_for_every_role_that_may_read_it(self) -> None:
        with self.template().open() as bench:
            assert list(failed_lists(bench, self.pack)) == []

    def test_every_form_of_a_new_record_is_evaluated_for_every_role_that_may_create_it(self) -> None:
        with self.template().open() as bench:
            assert list(failed_forms(bench, self.pack)) == []

    def test_every_card_opens_for_every_role_with_its_tabs_and_dialogs(self) -> None:
        with self.template().open() as bench:
            for scenario in scenarios_of(self.built(), self.pack):
                perform_scenario(bench.engine, bench.clock, scenario)
            assert list(failed_cards(bench, self.pack)) == []

    def test_every_scenario_passes(self) -> None:
        failed = [str(report) for report in self.reports()[0] if not report.passed]
        assert not failed, "\n\n".join(failed)

    def test_scenarios_touch_every_transition_decision_and_role(self) -> None:
        parts = [part for part in self.coverage() if part.name != "fields"]
        untouched = {name for part in parts for name in part.untouched}
        assert untouched - self.unproved == set(), "\n".join(map(str, parts))
        assert self.unproved - untouched == set(), "proved after all; drop it from `unproved`"

    @classmethod
    def built(cls) -> Built:
        return _built(cls.folders)

    @classmethod
    def template(cls) -> Template:
        return _template(cls.folders)

    @classmethod
    def reports(cls) -> tuple[tuple[ScenarioReport, ...], Coverage]:
        """Every scenario of the pack, each on a fresh copy of the database."""
        return _reports(cls.folders, cls.pack)

    @classmethod
    def coverage(cls) -> tuple[Part, ...]:
        return measure(cls.built().model, cls.pack, cls.reports()[1])


@cache
def _built(folders: tuple[Path, ...]) -> Built:
    return build_packs(*folders)


@cache
def _template(folders: tuple[Path, ...]) -> Template:
    return prepare(_built(folders))


@cache
def _reports(folders: tuple[Path, ...], pack: str) -> tuple[tuple[ScenarioReport, ...], Coverage]:
    seen = Coverage()
    scenarios = scenarios_of(_built(folders), pack)
    return tuple(run_scenario(_template(folders), scenario, seen.watch) for scenario in scenarios), seen


def scenarios_of(built: Built, pack: str) -> tuple[Scenario, ...]:
    return tuple(s for s in built.model.scenarios.values() if s.ref.pack == pack)
