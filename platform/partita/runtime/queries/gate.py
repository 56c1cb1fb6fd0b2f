"""Every read of records passes here: the reader's rights are added to whatever is asked."""

from collections.abc import Iterable, Mapping
from typing import Any

from partita.formulas.tree import Tree
from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.values.views import NO_VALUES
from partita.runtime.values.work import Work
from partita.storage.conditions import All, AnyOf, Condition, Not
from partita.storage.predicates import parameters
from partita.storage.query import (
    OPEN,
    Access,
    Count,
    Filter,
    Matches,
    Page,
    Select,
    SortKey,
    count_by,
    count_rows,
    exists,
    select_rows,
)
from partita.storage.values import titles as stored_titles

Values = Mapping[str, Any]


def ask(
    work: Work,
    type_name: str,
    *,
    columns: tuple[str, ...] = (),
    conditions: tuple[Condition, ...] = (),
    sort: tuple[SortKey, ...] = (),
    this: Values = NO_VALUES,
    parent: Values = NO_VALUES,
    after: str = "",
    before: str = "",
    limit: int = 50,
) -> Select:
    """The question with the reader's rights and with values for the holes of its formulas."""
    sight = work.runtime.sight(work.rights)
    holes = sight.parameters.union(*(parameters(tree) for tree in _trees(conditions)))
    return Select(
        type=type_name, access=sight.access, columns=columns, conditions=conditions, sort=sort, after=after,
        before=before, limit=limit, params=work.parameters(holes, this, parent),
    )  # fmt: skip


def select(work: Work, question: Select) -> Page:
    return select_rows(work.conn, work.runtime.tables, question)


def count(work: Work, question: Select, cap: int) -> Count:
    return count_rows(work.conn, work.runtime.tables, question, cap)


def tally(work: Work, question: Select, path: str) -> list[tuple[Any, int]]:
    return count_by(work.conn, work.runtime.tables, question, path)


def exists_anywhere(work: Work, type_name: str, conditions: tuple[Condition, ...]) -> bool:
    """For the system's own rules: whether there is such a record at all, seen by this reader or not."""
    return exists(work.conn, work.runtime.tables, Select(type=type_name, access=OPEN, conditions=conditions))


def find_anywhere(work: Work, type_name: str, conditions: tuple[Condition, ...]) -> int | None:
    """For the system's own rules: the only such record there is; none where there are several."""
    question = Select(type=type_name, access=OPEN, conditions=conditions, limit=2)
    found = select(work, question).rows
    return int(found[0]["id"]) if len(found) == 1 else None


def choosable(
    work: Work, plan: FieldPlan, ids: tuple[int, ...], this: Values, parent: Values = NO_VALUES
) -> frozenset[int]:
    """Of these records those that the link may point at, for this reader."""
    if not ids:
        return frozenset()
    if plan.where is None:
        return _readable(work, plan.target, ids)
    return _found(work, plan.target, ids, (plan.where.tree,), this, parent)


def _readable(work: Work, target: str, ids: tuple[int, ...]) -> frozenset[int]:
    """Remembered for the transaction: an import names the same few records again and again."""
    unknown = tuple(i for i in ids if (target, i) not in work.readable)
    if unknown:
        found = _plain_titles(work, target, unknown)
        work.readable.update({(target, i): i in found for i in unknown})
    return frozenset(i for i in ids if work.readable[target, i])


def _found(
    work: Work, target: str, ids: tuple[int, ...], conditions: tuple[Condition, ...], this: Values, parent: Values
) -> frozenset[int]:
    if not target or not work.rights.may(target, "read"):
        return frozenset()
    among = (Filter("id", "in", ids), *conditions)
    question = ask(work, target, conditions=among, this=this, parent=parent, limit=len(ids))
    return frozenset(row["id"] for row in select(work, question).rows)


def titles(work: Work, target: str, ids: Iterable[int]) -> dict[int, str]:
    """Titles of those records that the reader may see."""
    wanted = tuple(dict.fromkeys(ids))
    if not wanted or not target or not work.rights.may(target, "read"):
        return {}
    if work.runtime.sight(work.rights).access.field_sight(target, "title") is True:
        return {
            record_id: title or f"№ {record_id}" for record_id, title in _plain_titles(work, target, wanted).items()
        }
    question = ask(work, target, columns=("title",), conditions=(Filter("id", "in", wanted),), limit=len(wanted))
    return {row["id"]: row.get("title") or f"№ {row['id']}" for row in select(work, question).rows}


def _plain_titles(work: Work, target: str, ids: tuple[int, ...]) -> dict[int, str]:
    """Of the readable ones; whether the title itself may be shown is the caller's question."""
    if not target or not work.rights.may(target, "read"):
        return {}
    sight = work.runtime.sight(work.rights)
    params = work.parameters(sight.parameters)
    return stored_titles(work.conn, work.runtime.tables, target, ids, sight.access, params)


def _trees(conditions: Iterable[Condition]) -> Iterable[Tree]:
    for condition in conditions:
        if isinstance(condition, All | AnyOf):
            yield from _trees(condition.items)
        elif isinstance(condition, Not):
            yield from _trees((condition.item,))
        elif not isinstance(condition, Filter | Matches):
            yield condition


__all__ = [
    "Access", "All", "AnyOf", "Condition", "Count", "Filter", "Matches", "Not", "Page", "Select", "SortKey", "ask",
    "choosable", "count", "exists_anywhere", "select", "titles",
]  # fmt: skip
