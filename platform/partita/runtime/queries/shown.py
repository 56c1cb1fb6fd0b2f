"""A value of any field as text for the reader: links by the titles he may see, files by their names."""

from collections.abc import Mapping
from typing import Any

from partita.runtime.codecs.registry import FILES, LINKS
from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.queries.gate import titles
from partita.runtime.values.work import Work
from partita.storage import attachments


def show_value(work: Work, plan: FieldPlan, value: Any) -> str:
    if value is None or value == ():
        return ""
    if plan.columns and isinstance(value, tuple):
        return "; ".join(_row(work, plan, row) for row in value if isinstance(row, Mapping))
    field, ids = plan.field, value if isinstance(value, tuple) else (value,)
    if field.type in LINKS:
        return plan.codec.display(value, field, work.ctx.locale, titles(work, plan.target, ids))
    if field.type in FILES:
        names = {i: a.name for i, a in attachments.fetch_many(work.conn, ids).items()}
        return plan.codec.display(value, field, work.ctx.locale, names)
    return plan.codec.display(value, field, work.ctx.locale)


def _row(work: Work, plan: FieldPlan, row: Mapping[str, Any]) -> str:
    cells = (show_value(work, column, row.get(name)) for name, column in plan.columns.items())
    return ", ".join(cell for cell in cells if cell)
