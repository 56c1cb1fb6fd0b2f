"""Every place where a formula or a template stands in the Model, with its scope and the type it must have."""

from collections.abc import Iterator
from dataclasses import dataclass

from partita.compiler.scopes import Scopes, type_of
from partita.formulas.scope import Scope
from partita.formulas.types import Boolean, Link, Type
from partita.model.field import Field
from partita.model.formula import Check, Formula, Template
from partita.model.model import Model
from partita.model.record_type import RecordType
from partita.model.states import Action


@dataclass(frozen=True, slots=True)
class Use:
    """`context`: the record type for which it is typed (the pack for a setting's default). `field`: the field that it
    rules, for the form's dependents (`lines.sum` for a column). `as_sql`: it chooses rows in the database."""

    context: str
    formula: Formula | Template
    scope: Scope
    expected: Type | None = None
    field: str = ""
    as_sql: bool = False


CONDITION = Boolean()


def uses(model: Model, scopes: Scopes) -> Iterator[Use]:
    for pack in model.packs.values():
        for field in pack.settings.values():
            if field.default:
                yield Use(pack.name, field.default, scopes.of_nothing(pack.name), type_of(field))
    for record_type in model.types.values():
        yield from _TypeUses(model, scopes, record_type).all()
    for role in model.roles.values():
        for grant in role.grants:
            if grant.where:
                name = grant.type.qualified
                scope = scopes.of_rows_of_type(name, role.ref.pack)
                yield Use(name, grant.where, scope, CONDITION, as_sql=True)


class _TypeUses:
    """All formulas that are typed in the context of one record type."""

    def __init__(self, model: Model, scopes: Scopes, record_type: RecordType) -> None:
        self._model, self._scopes, self._type = model, scopes, record_type
        self._context, self._pack = record_type.name, record_type.ref.pack

    def all(self) -> Iterator[Use]:
        yield self._record(self._type.title)
        for field in self._type.fields.values():
            yield from self._field(field)
        for check in self._type.checks:
            yield from self._check(check)
        for formula in self._type.responsible.values():
            people = self._model.people
            yield self._record(formula, Link(people.qualified) if people else None)
        for view in self._type.lists.values():
            if view.where:
                scope = self._scopes.of_rows_of_type(self._context, self._pack)
                yield Use(self._context, view.where, scope, CONDITION, as_sql=True)
        yield from self._scheme()
        yield from self._catalog()
        yield from self._numbering()

    def _record(self, formula: Formula | Template, expected: Type | None = None, field: str = "") -> Use:
        """A formula over the record; its settings are those that the pack of the declaration sees."""
        scope = self._scopes.of_record(self._context, formula.address.ref.pack)
        return Use(self._context, formula, scope, expected, field)

    def _check(self, check: Check, field: str = "", scope: Scope | None = None) -> Iterator[Use]:
        for formula in (check.must, check.when):
            if formula:
                found = scope or self._scopes.of_record(self._context, formula.address.ref.pack)
                yield Use(self._context, formula, found, CONDITION, field)

    def _field(self, field: Field, table: Field | None = None) -> Iterator[Use]:
        path = f"{table.name}.{field.name}" if table else field.name
        pack = self._pack_of(field)
        scope = self._scopes.of_row(self._context, table, pack) if table else None
        scope = scope or self._scopes.of_record(self._context, pack)
        for value in (field.default, field.compute):
            if value:
                yield Use(self._context, value, scope, type_of(field), path)
        for flag in (field.visible, field.required, field.read_only):
            if isinstance(flag, Formula):
                yield Use(self._context, flag, scope, CONDITION, path)
        for check in field.checks:
            yield from self._check(check, path, scope)
        for option in field.options.values():
            if option.when:
                yield Use(self._context, option.when, scope, CONDITION, path)
        yield from self._where(field, table, path)
        for column in field.fields:
            yield from self._field(column, field)

    def _where(self, field: Field, table: Field | None, path: str) -> Iterator[Use]:
        if field.where and field.to and self._scopes.knows(field.to.qualified):
            pack = field.where.address.ref.pack
            scope = self._scopes.of_target(field.to.qualified, self._context, pack, table)
            yield Use(self._context, field.where, scope, CONDITION, path, as_sql=True)

    def _pack_of(self, field: Field) -> str:
        """The pack that declares the field: a catalog of another pack may ask it."""
        for formula in (field.visible, field.default, field.compute, field.required):
            if isinstance(formula, Formula):
                return formula.address.ref.pack
        return self._pack

    def _scheme(self) -> Iterator[Use]:
        scheme = self._model.scheme_of(self._type) if self._has_scheme() else None
        for transition in scheme.transitions.values() if scheme else ():
            if transition.visible:
                yield self._record(transition.visible, CONDITION)
            if transition.guard:
                yield from self._check(transition.guard)
            yield from self._actions(transition.do)

    def _catalog(self) -> Iterator[Use]:
        ref = self._type.decisions
        catalog = self._model.catalogs.get(ref.qualified) if ref else None
        for decision in catalog.decisions.values() if catalog else ():
            yield from self._actions(decision.do)

    def _has_scheme(self) -> bool:
        return self._type.states is not None and self._type.states.qualified in self._model.schemes

    def _actions(self, actions: tuple[Action, ...]) -> Iterator[Use]:
        for action in actions:
            if action.when:
                yield self._record(action.when, CONDITION)
            for name, formula in action.set.items():
                field = self._type.fields.get(name)
                yield self._record(formula, type_of(field) if field else None)

    def _numbering(self) -> Iterator[Use]:
        ref = self._type.numbering
        numbering = self._model.numberings.get(ref.qualified) if ref else None
        if numbering:
            pack = numbering.ref.pack
            yield Use(self._context, numbering.template, self._scopes.of_record(self._context, pack, seq=True))
            if numbering.counter:
                yield Use(self._context, numbering.counter, self._scopes.of_record(self._context, pack))
