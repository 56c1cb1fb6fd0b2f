"""Read-only views of values for formulas: dotted names walk links, rows are views of the same kind."""

from collections.abc import Iterator, Mapping
from typing import Any

from partita.base.frozen import FrozenMap
from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.values.lookup import Lookup

Plans = Mapping[str, FieldPlan]
NO_VALUES: Mapping[str, Any] = FrozenMap()


class ValuesView(Mapping[str, Any]):
    """The values beneath may change while the view is in use: it always shows the present ones."""

    __slots__ = ("_lookup", "_plans", "_values")

    def __init__(self, values: Mapping[str, Any], plans: Plans, lookup: Lookup) -> None:
        self._values, self._plans, self._lookup = values, plans, lookup

    def __getitem__(self, name: str) -> Any:
        head, dot, rest = name.partition(".")
        if dot:
            plan, linked = self._plans.get(head), self._values.get(head)
            if plan is None:
                return None
            if isinstance(linked, tuple):
                return tuple(self._lookup.read(plan.target, one, rest) for one in linked)
            return self._lookup.read(plan.target, linked, rest)
        value = self._values.get(name)
        plan = self._plans.get(name)
        if value and plan is not None and plan.columns:
            return tuple(ValuesView(row, plan.columns, self._lookup) for row in value)
        return value

    def get(self, name: str, default: Any = None) -> Any:
        value = self[name]
        return default if value is None else value

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.partition(".")[0] in self._plans


class UserView(Mapping[str, Any]):
    """The actor in formulas: "" is his employee, dotted names walk from his card, `roles` are his roles."""

    __slots__ = ("_employee", "_lookup", "_people", "_roles")

    def __init__(self, employee: int | None, roles: frozenset[str], people: str, lookup: Lookup) -> None:
        self._employee, self._roles, self._people, self._lookup = employee, roles, people, lookup

    def __getitem__(self, name: str) -> Any:
        if name == "":
            return self._employee
        if name == "roles":
            return self._roles
        return self._lookup.read(self._people, self._employee, name)

    def get(self, name: str, default: Any = None) -> Any:
        value = self[name]
        return default if value is None else value

    def __iter__(self) -> Iterator[str]:
        return iter(("", "roles"))

    def __len__(self) -> int:
        return 2

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str)
