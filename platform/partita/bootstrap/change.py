"""The life of a configuration on a live base: what would change, applying it, going back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from partita.base.codes.catalogue import MESSAGES
from partita.base.diagnostics import Diagnostic, to_json
from partita.base.errors import PartitaError
from partita.bootstrap.configuration import Configuration
from partita.bootstrap.engine import open_engine, open_store
from partita.compiler.pipeline import compile_sources
from partita.formulas import program as programs
from partita.runtime.data_loading import removing
from partita.runtime.data_loading.loading import RowProblem, load_data
from partita.runtime.engine import Engine
from partita.runtime.upkeep.titles import retitler
from partita.settings.settings import Settings
from partita.storage import revisions
from partita.storage.revisions import Entry
from partita.storage.schema.apply import Applied, Proposal, apply
from partita.storage.schema.operations import Operation, words
from partita.storage.schema.plan import Plan, make_plan

OnStatement = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Change:
    """A plan as the command line shows it."""

    plan: Plan

    def __bool__(self) -> bool:
        return not self.plan.empty

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        return self.plan.findings

    @property
    def operations(self) -> tuple[Operation, ...]:
        return self.plan.operations

    def lines(self, language: str) -> list[str]:
        """Each change in the language of the implementer."""
        return [MESSAGES[change.code].text(language, change.params) for change in self.plan.changes]

    def steps(self, language: str) -> list[tuple[str, tuple[str, ...]]]:
        """What is done to the database: words and SQL of each operation."""
        return [(words(operation, language), operation.statements(self.plan.dialect)) for operation in self.operations]

    def plain(self, language: str) -> dict[str, Any]:
        return {
            "base": self.plan.base,
            "changes": self.lines(language),
            "operations": [{"words": told, "sql": list(sql)} for told, sql in self.steps(language)],
            "findings": [to_json(finding, language) for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an apply: the revision in force, and the rows of packs that could not be loaded."""

    applied: Applied
    problems: tuple[RowProblem, ...]


def plan_change(settings: Settings, configuration: Configuration) -> Change:
    """What applying the configuration would do. Nothing is changed."""
    compiled = configuration.compiled
    assert compiled.model is not None
    with open_store(settings).read(seconds=0) as conn:
        return Change(make_plan(conn, compiled.model, compiled.origins))


def apply_change(
    settings: Settings,
    configuration: Configuration,
    author: str,
    message: str,
    *,
    base: int | None = None,
    restores: int | None = None,
    on_statement: OnStatement | None = None,
) -> Done:
    """Applies the configuration in one transaction, then brings its rows of class `reference`.

    Raises PlanBlocked when live data stops it, StaleRevision when another was applied since `base`.
    """
    engine = open_engine(settings)
    told = (author, message, settings.language)
    applied = apply_compiled(engine, configuration, *told, base=base, restores=restores, on_statement=on_statement)
    return Done(applied, load_data(engine, "reference").problems)


def apply_compiled(
    engine: Engine,
    configuration: Configuration,
    author: str,
    message: str,
    language: str,
    *,
    base: int | None = None,
    restores: int | None = None,
    on_statement: OnStatement | None = None,
) -> Applied:
    """The transaction of an apply, on an engine that is open already; the engine takes the revision up."""
    compiled = configuration.compiled
    assert compiled.model is not None
    assert compiled.program is not None
    proposal = Proposal(
        model=compiled.model,
        program=programs.dump(compiled.program),
        sources=dict(configuration.sources),
        author=author,
        message=message,
        at=engine.clock.now(),
        base=base,
        restores=restores,
        origins=compiled.origins,
    )
    retitle = retitler(compiled.model, compiled.program, engine.zone, language)
    applied = apply(engine.db, proposal, retitle, on_statement)
    engine.refresh()
    return applied


def load_demo(settings: Settings) -> tuple[RowProblem, ...]:
    """The rows of class `demo`; those that are there already stay as they are."""
    return load_data(open_engine(settings), "demo").problems


def remove_demo(settings: Settings) -> tuple[int, int]:
    """How many demo records were removed, and how many were kept because people worked with them."""
    done = removing.remove_demo(open_engine(settings))
    return done.removed, len(done.kept)


class NoSuchRevision(PartitaError):
    """The history holds no revision of that number; `known` are those it holds, newest first."""

    def __init__(self, number: int, known: tuple[int, ...]) -> None:
        super().__init__(str(number))
        self.number, self.known = number, known


def plan_rollback(settings: Settings, number: int) -> tuple[Configuration, Change]:
    """The files of revision `number`, compiled anew, and what going back to it would do."""
    with open_store(settings).read() as conn:
        revision = revisions.fetch(conn, number)
        known = tuple(entry.number for entry in revisions.list_entries(conn))
    if revision is None:
        raise NoSuchRevision(number, known)
    configuration = recompile(revision.sources, settings.language)
    return configuration, plan_change(settings, configuration)


def recompile(sources: Mapping[str, str], language: str) -> Configuration:
    return Configuration(sources, compile_sources(sources, language))


def list_revisions(settings: Settings) -> list[Entry]:
    """The newest first; empty for a base that nothing was applied to."""
    with open_store(settings).read() as conn:
        return revisions.list_entries(conn) if revisions.latest(conn) else []
