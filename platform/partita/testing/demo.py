"""The demo base: rows of class demo, accounts of their people, and the stories that those people live through."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from partita.base.clock import VirtualClock
from partita.base.refs import Ref
from partita.model.data import Scenario
from partita.runtime.context import SYSTEM, Actor
from partita.runtime.engine import Engine
from partita.runtime.identity import accounts
from partita.runtime.queries.cards import read_titles
from partita.testing.scenarios.names import Names
from partita.testing.scenarios.people import employee_card
from partita.testing.scenarios.report import ScenarioReport
from partita.testing.scenarios.runner import ends, perform_scenario

PREFIX = "demo_"
"""Scenarios of this prefix are stories for a demo base."""


@dataclass(frozen=True, slots=True)
class Demo:
    """`logins` were made now; `stories` is empty when they had been told before."""

    logins: tuple[str, ...]
    stories: tuple[ScenarioReport, ...]


def perform_demo(engine: Engine, password: str) -> Demo:
    """Perform the stories of the applied packs on a base whose demo rows are loaded; a second time does nothing."""
    told = [story for story in stories(engine) if not _told(engine, story)]
    logins = tuple(login for story in told for login in _make_accounts(engine, story, password))
    return Demo(logins, tuple(_perform(engine, story) for story in told))


def stories(engine: Engine) -> tuple[Scenario, ...]:
    return tuple(s for s in engine.current().model.scenarios.values() if s.ref.name.startswith(PREFIX))


def _told(engine: Engine, story: Scenario) -> bool:
    """Its people have accounts: so it was told."""
    return all(accounts.find_actor(engine, name) for name in story.people)


def _make_accounts(engine: Engine, story: Scenario, password: str) -> Iterator[str]:
    """One account for each person of the story; a person of two stories gets the roles of both."""
    names = Names(engine.current())
    for name, roles in story.people.items():
        found = accounts.find_actor(engine, name)
        if found is not None:
            accounts.set_roles(engine, name, found.roles | _qualified(roles))
            continue
        card = employee_card(engine, names, name)
        accounts.create_user(
            engine, name, _shown(engine, card) or name, password, _qualified(roles), employee_id=card, strong=False
        )
        yield name


def _shown(engine: Engine, card: int | None) -> str:
    """The name on the card."""
    ctx = engine.context(SYSTEM)
    return read_titles(ctx, ctx.runtime.people, (card,)).get(card, "") if card is not None else ""


def _qualified(roles: tuple[Ref, ...]) -> frozenset[str]:
    return frozenset(role.qualified for role in roles)


def _perform(engine: Engine, story: Scenario) -> ScenarioReport:
    """On a clock of its own, beside the clock of the service; moved by whole weeks to end in the last days."""
    clock = VirtualClock(engine.clock.now())
    past = Engine(engine.db, engine.blobs, engine.zone, clock)
    return perform_scenario(past, clock, story, cast=dict(_cast(engine, story)), shift=shift(story, engine.clock.now()))


def shift(story: Scenario, now: datetime) -> timedelta:
    """Whole weeks, so that working days stay working days."""
    return timedelta(weeks=(now - ends(story)) // timedelta(weeks=1))


def _cast(engine: Engine, story: Scenario) -> Iterator[tuple[str, Actor]]:
    for name in story.people:
        actor = accounts.find_actor(engine, name)
        assert actor is not None, name
        yield name, actor
