"""A record type made ready to run, with its states, decisions and number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from partita.base.frozen import FrozenMap
from partita.formulas.program import Program
from partita.model.decisions import Decision, DecisionCatalog
from partita.model.field import Field
from partita.model.model import Model
from partita.model.record_type import RecordType
from partita.model.states import Action, StateScheme, Transition
from partita.runtime.codecs.registry import FILES
from partita.runtime.compiled.flags import flag_table
from partita.runtime.compiled.plan import FieldPlan, plan_field, settle_order
from partita.runtime.compiled.rule import CheckRule, Formulas, Rule, TextRule

ALWAYS_SEARCHED = frozenset(("phone", "email", "code", "person_name"))
"""Field types that people look for whether or not the metadata says so."""
BUILT_IN_SEARCHED = frozenset(("number", "counterparty"))
"""People look for a request by its number and by who asked."""


@dataclass(frozen=True, slots=True)
class ActionPlan:
    action: Action
    set: FrozenMap[str, Rule]
    when: Rule | None


@dataclass(frozen=True, slots=True)
class TransitionPlan:
    transition: Transition
    visible: Rule | None
    guard: CheckRule | None
    do: tuple[ActionPlan, ...]


@dataclass(frozen=True, slots=True)
class DecisionPlan:
    decision: Decision
    do: tuple[ActionPlan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """`order`: field names in the order in which their values are found. `plans`: the fields, ready to walk over.
    `files`: fields with files, of their own or in their rows. `searched`: fields whose words are in the index.
    `flags`: state → field → flags; `entry_flags`: the same for a record that is only about to stand in the state."""

    type: RecordType
    scheme: StateScheme | None
    catalog: DecisionCatalog | None
    fields: Mapping[str, FieldPlan]
    plans: tuple[tuple[str, FieldPlan], ...]
    files: tuple[str, ...]
    searched: tuple[Field, ...]
    flags: Mapping[str, Mapping[str, frozenset[str]]]
    entry_flags: Mapping[str, Mapping[str, frozenset[str]]]
    order: tuple[str, ...]
    checks: tuple[CheckRule, ...]
    title: TextRule
    number: TextRule | None
    counter: TextRule | None
    numbering: str
    responsible: tuple[Rule, ...]
    transitions: FrozenMap[str, TransitionPlan]
    decisions: FrozenMap[str, DecisionPlan]
    blank: Mapping[str, Any]

    @property
    def name(self) -> str:
        return self.type.name

    @property
    def is_request(self) -> bool:
        return self.type.kind == "request_type"

    def target_of(self, field: str) -> str:
        return self.fields[field].target


def make_blueprint(model: Model, program: Program, name: str) -> Blueprint:
    record_type = model.types[name]
    formulas = Formulas(program, name)
    people = model.people.qualified if model.people else ""
    fields = {f.name: plan_field(f, formulas, people) for f in record_type.fields.values()}
    scheme, catalog = model.scheme_of(record_type), model.catalog_of(record_type)
    numbering = model.numberings[record_type.numbering.qualified] if record_type.numbering else None
    return Blueprint(
        type=record_type, scheme=scheme, catalog=catalog, fields=MappingProxyType(fields),
        plans=tuple(fields.items()), files=tuple(name for name, plan in fields.items() if _holds_files(plan)),
        searched=tuple(field for field in record_type.fields.values() if _is_searched(field)),
        flags=_flags(scheme, fields, frozenset()), entry_flags=_flags(scheme, fields, frozenset(("read_only",))),
        order=settle_order(fields),
        checks=tuple(formulas.check(check) for check in record_type.checks), title=formulas.text(record_type.title),
        number=formulas.text(numbering.template) if numbering else None,
        counter=formulas.text(numbering.counter) if numbering and numbering.counter else None,
        numbering=numbering.ref.qualified if numbering else "",
        responsible=tuple(formulas.rule(formula) for formula in record_type.responsible.values()),
        transitions=_transitions(scheme, formulas), decisions=_decisions(catalog, formulas),
        blank=MappingProxyType({name: plan.empty for name, plan in fields.items()}),
    )  # fmt: skip


def _flags(
    scheme: StateScheme | None, fields: Iterable[str], without: frozenset[str]
) -> Mapping[str, Mapping[str, frozenset[str]]]:
    states = scheme.states.values() if scheme else ()
    return MappingProxyType({state.name: flag_table(state, fields, without) for state in states})


def _is_searched(field: Field) -> bool:
    return field.search or (field.type in ALWAYS_SEARCHED if field.own else field.name in BUILT_IN_SEARCHED)


def _holds_files(plan: FieldPlan) -> bool:
    return plan.field.type in FILES or any(column.field.type in FILES for column in plan.columns.values())


def _transitions(scheme: StateScheme | None, formulas: Formulas) -> FrozenMap[str, TransitionPlan]:
    if scheme is None:
        return FrozenMap()
    return FrozenMap({t.name: _transition(t, formulas) for t in scheme.transitions.values()})


def _transition(transition: Transition, formulas: Formulas) -> TransitionPlan:
    guard = formulas.check(transition.guard) if transition.guard else None
    return TransitionPlan(transition, formulas.optional(transition.visible), guard, _actions(transition.do, formulas))


def _decisions(catalog: DecisionCatalog | None, formulas: Formulas) -> FrozenMap[str, DecisionPlan]:
    if catalog is None:
        return FrozenMap()
    return FrozenMap({d.name: DecisionPlan(d, _actions(d.do, formulas)) for d in catalog.decisions.values()})


def _actions(actions: tuple[Action, ...], formulas: Formulas) -> tuple[ActionPlan, ...]:
    return tuple(
        ActionPlan(a, FrozenMap({n: formulas.rule(f) for n, f in a.set.items()}), formulas.optional(a.when))
        for a in actions
    )
