"""Scenarios: each step acts on a record of a known type, by a known person, with names that exist."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partita.base.codes.catalogue import MESSAGES
from partita.base.frozen import FrozenMap
from partita.base.refs import Ref
from partita.compiler.build.builtin import OTHER
from partita.compiler.build.expect import expect_field
from partita.compiler.build.site import Site
from partita.compiler.build.states import expect_transition
from partita.compiler.build.values import ValueReader
from partita.model.data import Scenario, Step
from partita.model.decisions import DecisionCatalog
from partita.model.field import Field
from partita.model.record_type import RecordType
from partita.model.states import StateScheme

RECORD = "record"
EMPTY = "empty"
"""The word for «no value» in `values` and `expect`."""


@dataclass(frozen=True, slots=True)
class World:
    """What scenarios play in."""

    types: Mapping[str, RecordType]
    schemes: Mapping[str, StateScheme]
    catalogs: Mapping[str, DecisionCatalog]


class ScenarioBuilder:
    def __init__(self, site: Site, world: World) -> None:
        self._site, self._world = site, world
        self._made: dict[str, RecordType | None] = {}
        self._actor = ""
        self._reader = ValueReader(site, lambda field: None, EMPTY, files_by_name=True)

    def build(self) -> Scenario:
        site = self._site
        at: str = site.get("at")
        if not _is_moment(at):
            site.add("B040", site.place("at"), value=at)
        return Scenario(
            ref=site.ref,
            label=site.label(),
            at=at,
            people=FrozenMap({name: tuple(self._roles(name, roles)) for name, roles in site.items("people")}),
            steps=tuple(self._step(name) for name, _ in site.items("steps")),
        )

    def _roles(self, name: str, roles: Any) -> Iterator[Ref]:
        for number in range(len(roles)):
            if ref := self._site.link("people", name, number):
                yield ref

    def _step(self, name: str) -> Step:
        site, path = self._site, ("steps", name)
        create = site.link(*path, "create")
        if site.get(*path, "create"):
            self._made[name] = self._world.types.get(create.qualified) if create else None
        on = self._record_of(name)
        record_type = self._made.get(on) if on else None
        self._check_deed(name, record_type)
        self._check_keys(name)
        return Step(
            name=name,
            actor=self._actor_of(name),
            create=create,
            change=site.get(*path, "change", default=False),
            transition=site.get(*path, "transition", default=""),
            decide=site.get(*path, "decide", default=""),
            wait=site.get(*path, "wait", default=""),
            on="" if create else on,
            text=site.get(*path, "text", default=""),
            values=self._values(record_type, name, "values"),
            expect=self._values(record_type, name, "expect"),
            refused=self._refused(record_type, name),
        )

    def _actor_of(self, name: str) -> str:
        """Who acts; a step without `as` is done by the one before."""
        site, path = self._site, ("steps", name, "as")
        known = [person for person, _ in site.items("people")]
        actor: str = site.get(*path, default="")
        if actor and actor not in known and actor not in site.doubts.names:
            site.add("B035", site.place(*path), known=(actor, known), name=actor)
        if not actor and not self._actor and site.get("steps", name, "wait") is None:
            site.add("B036", site.key("steps", name), name=name)
        self._actor = actor or self._actor
        return self._actor

    def _record_of(self, name: str) -> str:
        """The step that made the record this one acts on."""
        site, path = self._site, ("steps", name)
        if site.get(*path, "create"):
            return name
        on: str = site.get(*path, "on", default="")
        if on and on not in self._made:
            site.add("B037", site.place(*path, "on"), known=(on, self._made), name=on)
            return ""
        made = (step for step in reversed(self._made) if not site.get("steps", step, "refused"))
        last = on or next(made, "")
        if not last and site.get(*path, "wait") is None:
            site.add("B037", site.key(*path), name=name)
        return last

    def _check_deed(self, name: str, record_type: RecordType | None) -> None:
        site, path = self._site, ("steps", name)
        if record_type is None:
            return
        if transition := site.get(*path, "transition"):
            scheme = self._world.schemes.get(record_type.states.qualified) if record_type.states else None
            if scheme or not record_type.states:
                known = set(scheme.transitions) if scheme else set()
                expect_transition(site, transition, known, record_type.name, *path, "transition")
        if (decision := site.get(*path, "decide")) and "decision" not in self._refused_fields(name):
            self._check_decision(decision, record_type, name)

    def _check_keys(self, name: str) -> None:
        """A step that makes a record or waits has no record to act on before."""
        site, path = self._site, ("steps", name)
        idle = {"create": ("on", "text"), "wait": ("on", "text", "values", "expect", "refused")}
        for deed, keys in idle.items():
            for key in keys if site.get(*path, deed) else ():
                if site.get(*path, key) is not None:
                    site.add("B049", site.key(*path, key), key=key)

    def _check_decision(self, decision: str, record_type: RecordType, name: str) -> None:
        catalog = self._world.catalogs.get(record_type.decisions.qualified) if record_type.decisions else None
        if catalog is None and record_type.decisions:
            return
        known = [*catalog.decisions, *([OTHER] if catalog.free_text else [])] if catalog else []
        if decision not in known:
            place = self._site.place("steps", name, "decide")
            self._site.add("B038", place, known=(decision, known), name=decision, type=record_type.name)

    def _values(self, record_type: RecordType | None, name: str, key: str) -> FrozenMap[str, Any]:
        if record_type is None:
            return FrozenMap()
        free = self._refused_fields(name) if key == "values" else ()
        return self._reader.read_all(record_type.fields, record_type.name, "steps", name, key, free=free)

    def _refused_fields(self, name: str) -> frozenset[str]:
        """Fields of which a refusal is expected: a wrong value, an unknown name are the very thing that is tested."""
        return frozenset(field.partition(".")[0] for field, _ in self._site.items("steps", name, "refused"))

    def _refused(self, record_type: RecordType | None, name: str) -> FrozenMap[str, str]:
        for field, code in self._site.items("steps", name, "refused"):
            path = ("steps", name, "refused", field)
            if code not in MESSAGES:
                self._site.add("B039", self._site.place(*path), known=(code, MESSAGES), name=code)
            fields: Mapping[str, Field] = record_type.fields if record_type else {}
            named = field.partition(".")[0]
            known = named == RECORD or named in self._site.get("steps", name, "values", default={})
            if record_type and not known:
                expect_field(self._site, named, fields, self._site.key(*path), record_type.name)
        return FrozenMap(self._site.get("steps", name, "refused", default={}))


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except (ValueError, TypeError):
        return False
