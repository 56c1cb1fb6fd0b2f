"""Prover of forms: every question can appear, nothing is required that can never be seen, every option is offered."""

from collections.abc import Iterator, Mapping

from partita.base.diagnostics import Diagnostic
from partita.base.frozen import FrozenMap
from partita.base.refs import Address
from partita.base.source import Span
from partita.compiler.checks.worlds import Fields, World, describe, holds, worlds
from partita.formulas.program import Program
from partita.formulas.tree import Tree
from partita.model.field import Field
from partita.model.formula import Formula
from partita.model.model import Model
from partita.model.record_type import RecordType


def check(model: Model, program: Program, origins: Mapping[str, Span]) -> Iterator[Diagnostic]:
    for record_type in model.types.values():
        yield from _check_fields(record_type, record_type.fields, program, origins)
        for table in record_type.tables():
            columns = {column.name: column for column in table.fields}
            yield from _check_fields(record_type, columns, program, origins)
        yield from _check_guards(record_type, model, program, origins)


def visibility(fields: Mapping[str, Field], context: str, program: Program) -> Fields:
    """The conditions under which the fields are shown, where they are not constant."""
    shown = {name: field.visible for name, field in fields.items() if isinstance(field.visible, Formula)}
    return Fields(fields, {name: program.tree(context, formula) for name, formula in shown.items()})


def _check_fields(
    record_type: RecordType, fields: Mapping[str, Field], program: Program, origins: Mapping[str, Span]
) -> Iterator[Diagnostic]:
    known = visibility(fields, record_type.name, program)
    for field in fields.values():
        if isinstance(field.visible, Formula) and not field.asked_by:
            yield from _check_visible(record_type, field, field.visible, known, program, origins)
        for option in field.options.values():
            if option.when and (tried := _never(program.tree(record_type.name, option.when), known)):
                params = {"option": option.name, "field": field.name, "formula": option.when.text, "tried": len(tried)}
                yield _finding("P015", option.when.address, params, origins)


def _check_visible(
    record_type: RecordType,
    field: Field,
    visible: Formula,
    known: Fields,
    program: Program,
    origins: Mapping[str, Span],
) -> Iterator[Diagnostic]:
    tried = _never(program.tree(record_type.name, visible), known)
    if tried is None:
        return
    if field.required is False:
        params = {"field": field.name, "formula": visible.text, "tried": len(tried)}
        yield _finding("P012", visible.address, params, origins)
    elif example := _example(record_type, field, known, program):
        yield _finding("P011", visible.address, {"field": field.name, "example": example}, origins)


def _never(condition: Tree, known: Fields) -> list[World] | None:
    """The worlds tried, if the condition holds in none of them; None when it can hold or nothing can be claimed."""
    tried = worlds([condition], known)
    if tried is None or any(holds(condition, world) for world in tried):
        return None
    return tried


def _example(record_type: RecordType, field: Field, known: Fields, program: Program) -> str:
    if not isinstance(field.required, Formula):
        return "required: true"
    required = program.tree(record_type.name, field.required)
    return next((describe(world) for world in worlds([required], known) or () if holds(required, world)), "")


def _check_guards(
    record_type: RecordType, model: Model, program: Program, origins: Mapping[str, Span]
) -> Iterator[Diagnostic]:
    scheme = model.scheme_of(record_type)
    known = visibility(record_type.fields, record_type.name, program)
    for transition in scheme.transitions.values() if scheme else ():
        if transition.guard is None:
            continue
        must = transition.guard.must
        if tried := _never(program.tree(record_type.name, must), known):
            params = {
                "transition": transition.name,
                "type": record_type.name,
                "formula": must.text,
                "tried": len(tried),
            }
            yield _finding("P014", must.address, params, origins)


def _finding(code: str, address: Address, params: Mapping[str, object], origins: Mapping[str, Span]) -> Diagnostic:
    span = origins.get(str(address)) or origins.get(str(address.ref))
    return Diagnostic(code, span, FrozenMap(params), address=str(address))
