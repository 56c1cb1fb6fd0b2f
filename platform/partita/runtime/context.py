"""Who acts, on which revision, at what time: one frozen argument instead of globals."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from partita.base.clock import Clock
from partita.base.errors import NotFound
from partita.runtime.access.rights import Rights
from partita.runtime.codecs.locale import Locale, locale_at
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.revision import Runtime

Origin = Literal["web", "api", "import", "scenario", "cli", "job"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in user. `roles` are qualified names; `employee_id` is his card in the book of people, if any."""

    user_id: int
    login: str
    name: str
    employee_id: int | None = None
    roles: frozenset[str] = frozenset()
    language: str = "ru"
    theme: str = "auto"
    density: str = "regular"
    system: bool = False


NOBODY = Actor(0, "", "")
"""Nobody is an actor without rights, never None."""
SYSTEM = Actor(0, "system", "Система", system=True)
"""Only for the rows of packs and for jobs."""


@dataclass(frozen=True, slots=True)
class Context:
    """`key` is the idempotency key of the rendered form or of the API call, if any."""

    actor: Actor
    runtime: Runtime
    clock: Clock
    zone: ZoneInfo
    origin: Origin = "web"
    key: str | None = None

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def language(self) -> str:
        return self.actor.language

    @property
    def locale(self) -> Locale:
        return locale_at(self.actor.language, self.zone, self.clock.now())

    @property
    def rights(self) -> Rights:
        return self.runtime.rights(self.actor.roles, self.actor.system)

    def blueprint(self, type_name: str) -> Blueprint:
        """The type by its name; one that does not exist looks like one that may not be seen."""
        if type_name not in self.runtime.model.types:
            raise NotFound(type_name)
        return self.runtime.blueprint(type_name)
