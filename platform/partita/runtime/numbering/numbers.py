"""The number of a record that is being registered."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from partita.formulas.python import Env
from partita.runtime.compiled.blueprint import Blueprint
from partita.storage import counters
from partita.storage.statements import Connection


def take_number(conn: Connection, blueprint: Blueprint, env: Env) -> str | None:
    """Takes the next value of the counter: from here to the commit other registrations of this counter wait."""
    if blueprint.number is None:
        return None
    key = blueprint.counter.run(env) if blueprint.counter else ""
    sequence = counters.next(conn, blueprint.numbering, key)
    return blueprint.number.run(replace(env, values=_WithSequence(env.values, sequence)))


class _WithSequence(Mapping[str, Any]):
    """The record's values and `seq`."""

    def __init__(self, values: Mapping[str, Any], sequence: int) -> None:
        self._values, self._sequence = values, sequence

    def __getitem__(self, name: str) -> Any:
        return self._sequence if name == "seq" else self._values[name]

    def __iter__(self) -> Any:
        return iter((*self._values, "seq"))

    def __len__(self) -> int:
        return len(self._values) + 1
