"""A form being filled: the stored values, what was given, and what the rules make of both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from partita.base.errors import Problem
from partita.base.frozen import FrozenMap
from partita.formulas.python import Env
from partita.model.states import Asked
from partita.runtime.access.rights import READ
from partita.runtime.access.rules import holds as rule_holds
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.compiled.flags import NO_FLAGS
from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.compiled.rule import holds
from partita.runtime.records.purpose import Purpose
from partita.runtime.values.work import Work

NO_ASKED: Mapping[str, Asked] = FrozenMap()
NO_ONE: Mapping[str, frozenset[str]] = FrozenMap()


@dataclass(slots=True)
class Sheet:
    """`old`: the stored record, empty for a new one. `given`: canonical values that came. `values`: the present ones.

    `action`: the right by which fields are given values. `unasked`: hidden by their own rule, so that answers drop.
    """

    work: Work
    blueprint: Blueprint
    purpose: Purpose
    action: str
    old: Mapping[str, Any]
    values: dict[str, Any]
    given: dict[str, Any] = field(default_factory=dict)
    suggested: Mapping[str, Any] = FrozenMap()
    asked: Mapping[str, Asked] = NO_ASKED
    problems: list[Problem] = field(default_factory=list)
    unasked: set[str] = field(default_factory=set)
    defaults: dict[str, Any] = field(default_factory=dict)
    _env: Env | None = None

    @property
    def env(self) -> Env:
        """Formulas see the present values, whatever they are when the formula runs."""
        if self._env is None:
            self._env = self.work.env(self.blueprint, self.values, self.old)
        return self._env

    def add(self, code: str, place: str, /, say: Mapping[str, str] | None = None, **params: Any) -> None:
        self.problems.append(Problem(code, place, FrozenMap(params), say=say))

    def changed(self, name: str) -> bool:
        return bool(self.values.get(name) != self.old.get(name, self.blueprint.blank.get(name)))

    def flags(self, name: str) -> frozenset[str]:
        """What the present state does to the field. A new record is not yet closed by its first state."""
        return self.flagged.get(name, NO_FLAGS)

    @property
    def flagged(self) -> Mapping[str, frozenset[str]]:
        """Fields to which the present state does something."""
        flags = self.blueprint.entry_flags if self.purpose.is_unregistered else self.blueprint.flags
        return flags.get(self.values.get("state", ""), NO_ONE)

    def may_read(self, name: str) -> bool:
        """By right; a new record is read by whoever writes it."""
        rights = self.work.rights
        rule = rights.field(self.blueprint.name, name, READ)
        if self.purpose.is_new:
            return rule is not False or rights.field(self.blueprint.name, name, self.action) is not False
        return rule is True or rule_holds(rule, self.env)

    def may_write(self, name: str) -> bool:
        """By right; what is only read is closed to all."""
        rule = self.work.rights.field(self.blueprint.name, name, self.action)
        return rule is True or rule_holds(rule, self.env)

    def is_visible(self, plan: FieldPlan) -> bool:
        name = plan.field.name
        return name not in self.unasked and (name in self.asked or "hidden" not in self.flags(name))

    def is_read_only(self, plan: FieldPlan) -> bool:
        """By the type, by the state, by right. What a transition asks is open whatever the state says."""
        name = plan.field.name
        if self.purpose.kind == "read" or plan.system or plan.compute is not None or not self.may_write(name):
            return True
        if name in self.asked:
            return False
        return self.purpose.is_asking or "read_only" in self.flags(name) or holds(plan.read_only, self.env)

    def is_required(self, plan: FieldPlan) -> bool:
        name = plan.field.name
        if plan.field.name == "counterparty" and not plan.field.own:
            return True
        if self.asked.get(name) in ("required", "must_change"):
            return True
        return "required" in self.flags(name) or holds(plan.required, self.env)
