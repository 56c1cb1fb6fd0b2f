"""The declared rows: their digests, their values, and what their links name."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from partita.base.errors import Problem
from partita.base.frozen import FrozenMap
from partita.base.plain import to_plain
from partita.model.data import DataSet
from partita.model.model import Model
from partita.runtime.codecs.registry import LINKS
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.compiled.plan import FieldPlan

Plain: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """A row by its data set and its own name."""

    data_set: DataSet
    name: str

    @property
    def type(self) -> str:
        return self.data_set.into.qualified

    @property
    def plain(self) -> Plain:
        return self.data_set.rows[self.name]

    @property
    def place(self) -> tuple[str, str]:
        return (self.data_set.ref.qualified, self.name)


class Unresolved(Exception):
    """A link names a row that is not loaded yet, or nothing at all."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(f"{field}: {text}")
        self.field, self.text = field, text


def rows_of_class(model: Model, data_class: str) -> Iterator[Named]:
    for data_set in model.data.values():
        if data_set.data_class == data_class:
            yield from (Named(data_set, name) for name in data_set.rows)


def digest_of(row: Named) -> str:
    plain = to_plain(dict(row.plain))
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class Reader:
    """Plain values of rows as canonical ones. `find(type, text)` gives the record that a link names, or None."""

    def __init__(self, blueprint: Blueprint, find: "Finder") -> None:
        self._blueprint, self._find = blueprint, find

    def read(self, plain: Plain, without_unresolved: bool = False) -> tuple[dict[str, Any], list[Problem]]:
        """The values and what is wrong with them. Raises Unresolved, unless such links are to be left out."""
        values, problems = {}, []
        for name, data in plain.items():
            plan = self._blueprint.fields.get(name)
            if plan is None:
                problems.append(Problem("W019", name, FrozenMap({"name": name})))
                continue
            try:
                value = self._value(plan, name, data)
            except Unresolved:
                if not without_unresolved:
                    raise
                continue
            if isinstance(value, Problem):
                problems.append(Problem(value.code, name, value.params, say=value.say))
            else:
                values[name] = value
        return values, problems

    def _value(self, plan: FieldPlan, path: str, data: Any) -> Any:
        if plan.columns and isinstance(data, tuple | list):
            return tuple(self._row(plan, f"{path}.{n}", row) for n, row in enumerate(data))
        if plan.field.type in LINKS and data not in (None, "", ()):
            texts = data if isinstance(data, tuple | list) else (data,)
            found = tuple(self._link(plan, path, text) for text in texts)
            return found if plan.field.type == "links" else found[0]
        return plan.codec.from_json(data, plan.field)

    def _row(self, plan: FieldPlan, path: str, row: Plain) -> dict[str, Any]:
        return {name: self._value(plan.columns[name], f"{path}.{name}", data) for name, data in row.items()}

    def _link(self, plan: FieldPlan, path: str, text: Any) -> int:
        found = self._find(plan.target, str(text))
        if found is None:
            raise Unresolved(path, str(text))
        return found


class Finder:
    """Which record a name stands for: a loaded row of any data set into the type, else the key of the book."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], int] = {}
        self._keys: dict[tuple[str, str], int] = {}

    def add(self, row: Named, record_id: int) -> None:
        self._rows[row.type, row.name] = record_id
        key = row.data_set.key
        if key and key in row.plain:
            self._keys[row.type, str(row.plain[key])] = record_id

    def __call__(self, type_name: str, text: str) -> int | None:
        return self._rows.get((type_name, text)) or self._keys.get((type_name, text))
