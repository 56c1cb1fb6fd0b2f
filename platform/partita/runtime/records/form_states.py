"""A judged sheet as states of fields."""

from collections.abc import Iterator, Mapping
from typing import Any

from partita.base.errors import Problem
from partita.base.frozen import FrozenMap
from partita.base.text import say
from partita.formulas.python import Env
from partita.runtime.codecs.registry import LINKS
from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.compiled.rule import holds
from partita.runtime.queries.gate import titles
from partita.runtime.records.form_state import FieldState, RowState
from partita.runtime.records.rows import Row
from partita.runtime.records.sheet import Sheet
from partita.runtime.records.targets import ids_of
from partita.runtime.records.why import why_cell, why_field

Problems = tuple[Problem, ...]


def field_states(sheet: Sheet, problems: Problems) -> Iterator[tuple[str, FieldState]]:
    """Fields in the order of the type. Those that the actor may not see are left out, and for a transition or a
    decision all that are not asked."""
    for name, plan in sheet.blueprint.fields.items():
        if (sheet.purpose.is_asking and name not in sheet.asked) or not sheet.may_read(name):
            continue
        yield name, _state(sheet, plan, tuple(p for p in problems if p.field == name), problems)


def _state(sheet: Sheet, plan: FieldPlan, own: Problems, problems: Problems) -> FieldState:
    name = plan.field.name
    visible, read_only = sheet.is_visible(plan), sheet.is_read_only(plan)
    required = visible and sheet.is_required(plan)
    return FieldState(
        name=name, field=plan.field, visible=visible, required=required, read_only=read_only,
        why=why_field(sheet, plan, visible, required, read_only), value=sheet.values[name],
        options=_options(sheet, plan, sheet.env), titles=_titles(sheet, plan, sheet.values[name]), problems=own,
        rows=tuple(_rows(sheet, plan, problems)) if plan.columns and visible else (),
    )  # fmt: skip


def _options(sheet: Sheet, plan: FieldPlan, env: Env) -> FrozenMap[str, str]:
    language = sheet.work.ctx.language
    offered = {name: option for name, option in plan.field.options.items() if _is_offered(plan, name, env)}
    return FrozenMap({name: say(option.label, language, name) for name, option in offered.items()})


def _is_offered(plan: FieldPlan, option: str, env: Env) -> bool:
    rule = plan.offered.get(option)
    return rule is None or rule.holds(env)


def _titles(sheet: Sheet, plan: FieldPlan, value: Any) -> Mapping[int, str]:
    return FrozenMap(titles(sheet.work, plan.target, ids_of(value))) if plan.field.type in LINKS else FrozenMap()


def _rows(sheet: Sheet, plan: FieldPlan, problems: Problems) -> Iterator[RowState]:
    for position, row in enumerate(sheet.values[plan.field.name]):
        env = sheet.work.row_env(sheet.env, plan, row)
        closed = sheet.is_read_only(plan)
        cells = {n: _cell(sheet, plan, c, position, row, env, closed, problems) for n, c in plan.columns.items()}
        yield RowState(row.get("id"), position, FrozenMap(cells))


def _cell(
    sheet: Sheet, table: FieldPlan, plan: FieldPlan, position: int, row: Row, env: Env, closed: bool, problems: Problems
) -> FieldState:
    path = f"{table.field.name}.{position}.{plan.field.name}"
    visible = path not in sheet.unasked
    read_only = closed or plan.compute is not None or holds(plan.read_only, env)
    required = visible and holds(plan.required, env)
    return FieldState(
        name=path, field=plan.field, visible=visible, required=required, read_only=read_only,
        why=why_cell(sheet, plan, visible, required, read_only), value=row.get(plan.field.name, plan.empty),
        options=_options(sheet, plan, env), titles=_titles(sheet, plan, row.get(plan.field.name)),
        problems=tuple(p for p in problems if p.field == path),
    )  # fmt: skip
