"""The checks that every pack inherits. A pack's test is a class:

class TestClinic(PackChecks):
    pack = "clinic"
    folders = (METADATA, CLINIC)
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import ClassVar

from partita.model.data import Scenario
from partita.model.record_type import RecordType
from partita.runtime.context import Actor, Context
from partita.runtime.queries import lists
from partita.runtime.records import forms
from partita.testing.bench import Bench, Template, prepare
from partita.testing.coverage import Coverage, Part, measure
from partita.testing.languages import missing_words
from partita.testing.metadata import Built, build_packs
from partita.testing.scenarios.report import ScenarioReport
from partita.testing.scenarios.run import run_scenario

Told = list[str]


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
            assert list(_failed_lists(bench, self.pack)) == []

    def test_every_form_of_a_new_record_is_evaluated_for_every_role_that_may_create_it(self) -> None:
        with self.template().open() as bench:
            assert list(_failed_forms(bench, self.pack)) == []

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


def _contexts(bench: Bench, pack: str, command: str) -> Iterator[tuple[Context, RecordType]]:
    """Every role of the pack with every record type on which it may do `command`."""
    model = bench.runtime.model
    for role in model.roles.values():
        if role.ref.pack == pack:
            actor = Actor(1, role.ref.name, role.ref.name, None, frozenset((role.ref.qualified,)))
            ctx = bench.engine.context(actor)
            yield from ((ctx, t) for t in model.types.values() if lists.may(ctx, t.name, command))


def _failed_lists(bench: Bench, pack: str) -> Iterator[str]:
    for ctx, record_type in _contexts(bench, pack, "read"):
        for view in record_type.lists:
            request = lists.ListRequest(view=view, limit=5)
            try:
                lists.list_records(ctx, record_type.name, request)
                lists.count_records(ctx, record_type.name, request)
            except Exception as error:
                yield f"{record_type.name}, list {view}, {ctx.actor.login}: {error!r}"


def _failed_forms(bench: Bench, pack: str) -> Iterator[str]:
    for ctx, record_type in _contexts(bench, pack, "create"):
        try:
            state = forms.evaluate(ctx, record_type.name, {})
        except Exception as error:
            yield f"{record_type.name}, {ctx.actor.login}: {error!r}"
            continue
        asked = [f.name for f in state.fields.values() if f.visible and f.required and f.read_only and f.value is None]
        if asked:
            yield f"{record_type.name}, {ctx.actor.login}: required yet read-only and empty: {asked}"
