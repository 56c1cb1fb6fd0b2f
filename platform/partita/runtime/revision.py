"""One applied revision of the configuration, ready to serve: immutable, shared by every request that began with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from partita.base.frozen import FrozenMap
from partita.formulas.program import Program
from partita.model.model import Model
from partita.runtime.access.rights import Rights
from partita.runtime.access.sight import make_access, parameters_of
from partita.runtime.compiled.blueprint import Blueprint, make_blueprint
from partita.storage.access import Access
from partita.storage.blobs import Blobs
from partita.storage.database import Database
from partita.storage.tables import Tables


@dataclass(frozen=True, slots=True)
class Sight:
    """What a set of roles may read, as storage takes it, and the holes of its conditions."""

    rights: Rights
    access: Access
    parameters: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """The Model with what was compiled from it, and the stores beneath. `settings`: pack settings by name."""

    number: int
    model: Model
    program: Program
    tables: Tables
    db: Database
    blobs: Blobs
    settings: Mapping[str, Any] = FrozenMap()
    _blueprints: dict[str, Blueprint] = field(default_factory=dict)
    _rights: dict[tuple[frozenset[str], bool], Rights] = field(default_factory=dict)
    _paths: dict[str, set[str]] = field(default_factory=dict)
    _sights: dict[int, Sight] = field(default_factory=dict)

    @property
    def people(self) -> str:
        """The record type of employees, or empty."""
        return self.model.people.qualified if self.model.people else ""

    def blueprint(self, type_name: str) -> Blueprint:
        """Made when first asked for; two threads may make it twice, which does no harm."""
        found = self._blueprints.get(type_name)
        if found is None:
            found = self._blueprints[type_name] = make_blueprint(self.model, self.program, type_name)
        return found

    def rights(self, roles: frozenset[str], everything: bool = False) -> Rights:
        """Of a set of roles; `everything` is for the system itself."""
        found = self._rights.get((roles, everything))
        if found is None:
            found = self._rights[roles, everything] = Rights(self.model, self.program, roles, everything)
        return found

    def sight(self, rights: Rights) -> Sight:
        """One object per set of roles for as long as this revision serves."""
        found = self._sights.get(id(rights))
        if found is None:
            types = {name: (t, self.program.template(name, t.title)) for name, t in self.model.types.items()}
            access = make_access(types, rights)
            found = self._sights[id(rights)] = Sight(rights, access, parameters_of(access))
        return found

    def learned_paths(self, type_name: str) -> set[str]:
        """Paths that formulas have read of linked records of this type so far: fetched together from then on."""
        return self._paths.setdefault(type_name, set())
