"""Whether chosen records may be chosen: they exist, this actor may read them, and they pass the link's filter."""

from collections.abc import Iterator, Mapping
from typing import Any

from partita.runtime.codecs.registry import FILES, LINKS
from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.files.adoption import usable_files
from partita.runtime.queries.gate import choosable
from partita.runtime.records.rows import NO_ROW, stored_rows
from partita.runtime.records.sheet import Sheet
from partita.runtime.values.views import ValuesView


def judge_targets(sheet: Sheet, touched: frozenset[str]) -> None:
    for name, plan in sheet.blueprint.fields.items():
        if plan.columns:
            if name in touched:
                _judge_rows(sheet, plan)
        elif plan.field.type in LINKS:
            if name in touched or (plan.where is not None and plan.where.reads & touched):
                _judge_link(sheet, plan, name, sheet.values[name])
        elif plan.field.type in FILES and name in touched:
            _judge_files(sheet, name, ids_of(sheet.values[name]), ids_of(sheet.old.get(name)))


def ids_of(value: Any) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _judge_link(sheet: Sheet, plan: FieldPlan, path: str, value: Any) -> None:
    wanted = ids_of(value)
    this = sheet.work.view(sheet.blueprint, sheet.values)
    if wanted and not choosable(sheet.work, plan, wanted, this=this).issuperset(wanted):
        sheet.add("W007", path)


def _judge_rows(sheet: Sheet, plan: FieldPlan) -> None:
    owner = sheet.work.view(sheet.blueprint, sheet.values)
    stored = stored_rows(sheet, plan.field.name)
    for position, row in enumerate(sheet.values[plan.field.name]):
        old = stored.get(row["id"], NO_ROW)
        view = ValuesView(row, plan.columns, sheet.work.lookup)
        for path, column in _link_cells(plan, position, row, old):
            wanted = ids_of(row[column.field.name])
            if column.field.type in FILES:
                _judge_files(sheet, path, wanted, ids_of(old.get(column.field.name)))
            elif not choosable(sheet.work, column, wanted, this=view, parent=owner).issuperset(wanted):
                sheet.add("W007", path)


def _link_cells(
    plan: FieldPlan, position: int, row: Mapping[str, Any], old: Mapping[str, Any]
) -> Iterator[tuple[str, FieldPlan]]:
    """Cells with a chosen record or file that the stored row does not have, or whose row changed under a filter."""
    for name, column in plan.columns.items():
        chosen = column.field.type in LINKS | FILES and row[name]
        if chosen and (row[name] != old.get(name) or column.where is not None):
            yield f"{plan.field.name}.{position}.{name}", column


def _judge_files(sheet: Sheet, path: str, wanted: tuple[int, ...], stored: tuple[int, ...]) -> None:
    """Files are this actor's own uploads, or the record's already."""
    fresh = tuple(i for i in wanted if i not in stored)
    if fresh and not usable_files(sheet.work, sheet.blueprint.name, sheet.old.get("id"), fresh).issuperset(fresh):
        sheet.add("W028", path, name=", ".join(f"№ {i}" for i in fresh))
