"""Two people on one record: changes that do not touch each other are merged, others shown to whoever came second."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from partita.base.errors import Conflict
from partita.runtime.access.rights import READ
from partita.runtime.access.rules import holds
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.records.past import changes_since
from partita.runtime.values.work import Work

Values: TypeAlias = Mapping[str, Any]
Names: TypeAlias = frozenset[str]


@dataclass(frozen=True, slots=True)
class Merge:
    """`values`: what this side really changed. `merged`: what the other side changed and keeps."""

    values: Mapping[str, Any]
    merged: tuple[str, ...] = ()


def reconcile(work: Work, blueprint: Blueprint, record: Values, version: int, values: Values, own: Names) -> Merge:
    """`own`: fields that the command itself sets beside `values`. Raises Conflict when both sides changed one field."""
    if version == record["version"]:
        return Merge(values)
    changes = changes_since(work, blueprint, record["id"], version)
    if version > record["version"] or len(changes.versions) != record["version"] - version:
        raise _conflict(work, blueprint, record, tuple(values), changes.by, changes.at)
    base = {**record, **changes.before}
    mine = {name: value for name, value in values.items() if value != base.get(name, blueprint.blank.get(name))}
    both = [name for name in (*mine, *own) if name in changes.before and mine.get(name, _OWN) != record.get(name)]
    if both:
        raise _conflict(work, blueprint, record, tuple(both), changes.by, changes.at)
    return Merge(mine, tuple(name for name in changes.before if name in blueprint.fields))


_OWN = object()


def _conflict(
    work: Work, blueprint: Blueprint, record: Mapping[str, Any], fields: tuple[str, ...], by: str, at: Any
) -> Conflict:
    """With the other side's values, as far as this actor may read them."""
    env = work.env(blueprint, record, record)
    shown = tuple(n for n in fields if holds(work.rights.field(blueprint.name, n, READ), env))
    return Conflict(record["version"], shown, {name: record.get(name) for name in shown}, by, at)
