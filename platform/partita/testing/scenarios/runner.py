"""Performs a scenario: its people, its clock, its steps one after another."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from partita.base.clock import VirtualClock
from partita.base.frozen import FrozenMap
from partita.base.refs import Address
from partita.base.source import Span
from partita.model.data import Scenario, Step
from partita.runtime.context import NOBODY, Actor, Context
from partita.runtime.engine import Engine
from partita.testing.scenarios.expectations import compare_record, compare_refusal
from partita.testing.scenarios.names import Names, UnknownName
from partita.testing.scenarios.people import make_actor
from partita.testing.scenarios.report import Difference, ScenarioReport, StepReport
from partita.testing.scenarios.steps import Answer, name_files, pause, perform_step, read
from partita.testing.scenarios.values import Reader

Watch = Callable[[str, Step, Actor, Answer], None]
"""Told of every step: the record type, the step, who acted, the answer. Coverage listens."""


def perform_scenario(
    engine: Engine,
    clock: VirtualClock,
    scenario: Scenario,
    origins: Mapping[str, Span] = FrozenMap(),
    watch: Watch | None = None,
    cast: Mapping[str, Actor] = FrozenMap(),
    shift: timedelta = timedelta(),
) -> ScenarioReport:
    """Perform all steps; a step that cannot be built stops only itself.

    `cast`: people who have accounts already. `shift` moves the clock and every date of the scenario.
    """
    clock.set(begins(scenario) + shift)
    return _Performance(engine, clock, scenario, origins, watch, cast, shift).run()


def begins(scenario: Scenario) -> datetime:
    return datetime.fromisoformat(scenario.at)


def ends(scenario: Scenario) -> datetime:
    """Where its own clock stands after the last step."""
    return begins(scenario) + sum((pause(step) for step in scenario.steps if step.wait), timedelta())


class _Performance:
    def __init__(
        self,
        engine: Engine,
        clock: VirtualClock,
        scenario: Scenario,
        origins: Mapping[str, Span],
        watch: Watch | None,
        cast: Mapping[str, Actor],
        shift: timedelta,
    ) -> None:
        self.engine, self.clock, self.scenario = engine, clock, scenario
        self.origins, self.watch = origins, watch
        self.names = Names(engine.current())
        self.reader = Reader(self.names, engine.current().people, shift)
        self.people = {
            name: cast.get(name) or make_actor(engine, self.names, name, roles, number)
            for number, (name, roles) in enumerate(scenario.people.items())
        }
        self.actor: Actor = NOBODY
        self.last = ("", 0)

    def run(self) -> ScenarioReport:
        steps = tuple(self._step(step) for step in self.scenario.steps)
        made = {name: record for name, record in self.names.made.items() if name not in self.people}
        return ScenarioReport(self.scenario.ref.qualified, steps, made)

    def _step(self, step: Step) -> StepReport:
        if step.wait:
            self.clock.move(pause(step))
            return StepReport(step.name, "", f"wait {step.wait}", f"{self.clock.now():%Y-%m-%d %H:%M}Z")
        self.actor = self.people.get(step.actor, self.actor)
        on = self._record_of(step)
        try:
            answer = perform_step(self._context(), step, self.reader, on)
        except UnknownName as unknown:
            trouble = Difference("values", "names of records", str(unknown), self._place(step.name, "values"))
            return StepReport(step.name, self.actor.name, deed(step), "not performed", (trouble,))
        self._remember(step, on, answer)
        if self.watch:
            self.watch(on[0], step, self.actor, answer)
        return StepReport(step.name, self.actor.name, deed(step), str(answer), tuple(self._compare(step, on, answer)))

    def _record_of(self, step: Step) -> tuple[str, int]:
        if step.create:
            return step.create.qualified, 0
        return self.names.made.get(step.on, self.last)

    def _remember(self, step: Step, on: tuple[str, int], answer: Answer) -> None:
        if step.create and answer.outcome:
            self.last = self.names.made[step.name] = (on[0], answer.outcome.id)

    def _context(self) -> Context:
        return replace(self.engine.context(self.actor), origin="scenario")

    def _compare(self, step: Step, on: tuple[str, int], answer: Answer) -> Iterator[Difference]:
        yield from compare_refusal(step, answer, self._place(step.name, "refused"))
        type_name, record_id = self.last if step.create else on
        if step.expect and answer.outcome:
            runtime = self.engine.current()
            ctx = self._context()
            record = name_files(ctx, type_name, read(ctx, type_name, record_id) or {})
            record_type, place = runtime.model.types[type_name], self._place(step.name, "expect")
            try:
                yield from compare_record(step, record_type, record, self.reader, place)
            except UnknownName as unknown:
                yield Difference("expect", "names of records", str(unknown), place)

    def _place(self, step: str, *path: str) -> Span | None:
        """The nearest place known: the key itself, else the step, else the scenario."""
        address = Address(self.scenario.ref, ("steps", step, *path))
        known = (str(Address(address.ref, address.path[:length])) for length in range(len(address.path), -1, -1))
        return next((self.origins[place] for place in known if place in self.origins), None)


def deed(step: Step) -> str:
    if step.create:
        return f"create {step.create.qualified}"
    return f"transition {step.transition}" if step.transition else f"decide {step.decide}" if step.decide else "change"
