"""Roles: `all` is spelled out, names of commands, transitions and fields are checked against each type."""

from collections.abc import Iterator, Mapping
from typing import Any

from partita.base.frozen import FrozenMap
from partita.base.refs import Ref
from partita.compiler.build.expect import expect_field
from partita.compiler.build.site import Site
from partita.compiler.build.states import expect_transition
from partita.model.access import COMMANDS, FieldRight, Grant, Role
from partita.model.record_type import RecordType
from partita.model.states import StateScheme

ALL = "all"


class RoleBuilder:
    def __init__(self, site: Site, types: Mapping[str, RecordType], schemes: Mapping[str, StateScheme]) -> None:
        self._site, self._types, self._schemes = site, types, schemes

    def build(self) -> Role:
        return Role(ref=self._site.ref, label=self._site.label(), grants=tuple(self._grants()))

    def _grants(self) -> Iterator[Grant]:
        """One grant per type, by name; what is said of a type by name stands instead of `all`."""
        keys: dict[str, str] = {}
        for key, _ in self._site.items("grants"):
            if ref := self._site.link("grants", key):
                keys[ref.qualified] = key
        if self._site.get("grants", ALL) is not None:
            keys = dict.fromkeys(self._types, ALL) | keys
        self._check_all(keys)
        for name in sorted(keys):
            if name in self._types:
                yield self._grant(self._types[name], keys[name])

    def _grant(self, record_type: RecordType, key: str) -> Grant:
        body: Mapping[str, Any] = self._site.get("grants", key)
        if key != ALL:
            self._check_read(key, body)
        return Grant(
            type=Ref(record_type.ref.kind, record_type.ref.pack, record_type.ref.name),
            read=body.get("read", False),
            create=body.get("create", False),
            change=body.get("change", False),
            delete=body.get("delete", False),
            commands=self._commands(record_type, key, body.get("commands", ())),
            transitions=self._transitions(record_type, key, body.get("transitions", ())),
            where=self._site.formula("grants", key, "where"),
            fields=FrozenMap(self._fields(record_type, key, body.get("fields", {}))),
        )

    def _check_read(self, key: str, body: Mapping[str, Any]) -> None:
        """What one may not read one may not change either; creating blindly is possible."""
        for right in ("change", "delete", "transitions"):
            if body.get(right) and not body.get("read"):
                self._site.add("B024", self._site.key("grants", key, right), right=right)
                return

    def _commands(self, record_type: RecordType, key: str, given: Any) -> tuple[str, ...]:
        has = tuple(c for c in COMMANDS if c != "decide" or record_type.decisions)
        if given == ALL or key == ALL:
            return tuple(c for c in has if given == ALL or c in given)
        for number, command in enumerate(given):
            if command not in has:
                place = self._site.place("grants", key, "commands", number)
                self._site.add("B025", place, name=command, type=record_type.name)
        return tuple(c for c in has if c in given)

    def _transitions(self, record_type: RecordType, key: str, given: Any) -> tuple[str, ...]:
        scheme = self._schemes.get(record_type.states.qualified) if record_type.states else None
        known = tuple(scheme.transitions) if scheme else ()
        if given == ALL:
            return known
        if key != ALL and (scheme or not record_type.states):
            name = scheme.ref.name if scheme else record_type.ref.name
            for number, transition in enumerate(given):
                expect_transition(self._site, transition, set(known), name, "grants", key, "transitions", number)
        return tuple(name for name in known if name in given)

    def _fields(
        self, record_type: RecordType, key: str, given: Mapping[str, FieldRight]
    ) -> Iterator[tuple[str, FieldRight]]:
        """What is said of fields, `all` spelled out; of the others the grant as a whole says it."""
        for name in given:
            if key != ALL and name != ALL:
                place = self._site.key("grants", key, "fields", name)
                expect_field(self._site, name, record_type.fields, place, record_type.name)
        for name in record_type.fields:
            if right := given.get(name, given.get(ALL)):
                yield name, right

    def _check_all(self, keys: Mapping[str, str]) -> None:
        """Under `all` a name must exist in some type at least."""
        body: Mapping[str, Any] = self._site.get("grants", ALL, default={})
        types = [t for name, t in self._types.items() if keys.get(name) == ALL]
        fields = {name: field for t in types for name, field in t.fields.items()}
        for name in body.get("fields", {}):
            if name != ALL:
                expect_field(self._site, name, fields, self._site.key("grants", ALL, "fields", name), ALL)
        transitions = {name for scheme in self._schemes.values() for name in scheme.transitions}
        for number, name in enumerate(body["transitions"] if isinstance(body.get("transitions"), list) else ()):
            expect_transition(self._site, name, transitions, ALL, "grants", ALL, "transitions", number)
