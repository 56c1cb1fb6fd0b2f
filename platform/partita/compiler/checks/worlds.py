"""Small worlds: every combination of answers that a set of conditions can tell apart.

A condition is a skeleton of and/or/not over atoms. An atom of plain comparisons is tried with values around its
constants; any other atom (arithmetic, functions, rows, other records) counts as true or false at will. So a condition
that holds in no world never holds; a condition that holds in one may still be impossible, and nothing is claimed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain, combinations, product
from math import prod
from typing import Any
from zoneinfo import ZoneInfo

from partita.formulas import tree as trees
from partita.formulas.python import Env, build
from partita.formulas.tree import Tree
from partita.formulas.types import Number, Text
from partita.model.field import Field

LIMIT = 20_000
"""More combinations than this are not tried: the prover then says nothing."""
_SUBSETS = 5
_SAMPLES: Mapping[str, Any] = {
    "date": date(2026, 11, 21),
    "datetime": datetime(2026, 11, 21, 9, tzinfo=UTC),
    "time": time(9),
    "duration": timedelta(hours=1),
}
_NUMBERS = ("integer", "decimal", "money", "percent")
World = Mapping[Any, Any]
"""Variable → value: a dotted path to a field's value, or an opaque atom to true or false."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What the variables of a group of conditions are: the fields of a record (or of a row) and their visibility."""

    fields: Mapping[str, Field]
    visible: Mapping[str, Tree]


def worlds(conditions: Iterable[Tree], known: Fields) -> list[World] | None:
    """All worlds for the conditions and for the visibility of what they read; None when there are too many."""
    gathered = _with_visibility(tuple(conditions), known)
    atoms = {atom for condition in gathered for atom in _atoms(condition)}
    domains = _domains(atoms, known)
    if prod(len(values) for values in domains.values()) > LIMIT:
        return None
    names = list(domains)
    return [_settle(dict(zip(names, values, strict=True)), known) for values in product(*domains.values())]


def holds(condition: Tree, world: World) -> bool:
    """Whether the condition is true in the world."""
    match condition:
        case trees.Logic(op="and"):
            return all(holds(item, world) for item in condition.items)
        case trees.Logic():
            return any(holds(item, world) for item in condition.items)
        case trees.Not():
            return not holds(condition.of, world)
        case trees.If():
            return holds(condition.then if holds(condition.condition, world) else condition.other, world)
    if not _is_plain(condition):
        return bool(world[condition])
    return bool(build(condition)(_env(world)))


def describe(world: World) -> str:
    """The answers of a world as a person reads them; opaque atoms are left out."""
    parts = [
        f"{name} = {'—' if value in (None, ()) else value}" for name, value in world.items() if isinstance(name, str)
    ]
    return ", ".join(parts) or "—"


def _with_visibility(conditions: tuple[Tree, ...], known: Fields) -> tuple[Tree, ...]:
    gathered, seen = list(conditions), set[str]()
    for condition in gathered:
        for name in _variables(condition):
            root = name.partition(".")[0]
            if root in known.visible and root not in seen:
                seen.add(root)
                gathered.append(known.visible[root])
    return tuple(gathered)


def _atoms(condition: Tree) -> Iterator[Tree]:
    match condition:
        case trees.Logic():
            for item in condition.items:
                yield from _atoms(item)
        case trees.Not():
            yield from _atoms(condition.of)
        case trees.If():
            for part in (condition.condition, condition.then, condition.other):
                yield from _atoms(part)
        case _:
            yield condition


_PLAIN = (trees.Constant, trees.Read, trees.PartOf, trees.Compare, trees.IsEmpty, trees.Among, trees.Member, trees.Fit)


def _is_plain(atom: Tree) -> bool:
    return all(isinstance(node, _PLAIN) and _is_known(node) for node in trees.walk(atom))


def _is_known(node: Tree) -> bool:
    if isinstance(node, trees.Read):
        return node.source == "record"
    if isinstance(node, trees.Compare) and node.op not in ("==", "!="):
        return not isinstance(node.left.type, Text)
    return True


def _variables(condition: Tree) -> Iterator[str]:
    for node in trees.walk(condition):
        if isinstance(node, trees.Read) and node.source == "record":
            yield ".".join(node.path)


def _domains(atoms: Iterable[Tree], known: Fields) -> dict[Any, tuple[Any, ...]]:
    ordered = sorted(atoms, key=repr)
    domains: dict[Any, tuple[Any, ...]] = {atom: (False, True) for atom in ordered if not _is_plain(atom)}
    plain = [atom for atom in ordered if _is_plain(atom)]
    constants = {_key(value): value for atom in plain for value in _constants(atom)}
    for name in sorted({name for atom in plain for name in _variables(atom)}):
        reads = [
            n for atom in plain for n in trees.walk(atom) if isinstance(n, trees.Read) and ".".join(n.path) == name
        ]
        domains[name] = _values(known.fields.get(name), reads[0], list(constants.values()))
    return domains


def _constants(atom: Tree) -> Iterator[Any]:
    for node in trees.walk(atom):
        if isinstance(node, trees.Constant) and node.value is not None:
            yield node.value


def _key(value: Any) -> tuple[str, str]:
    return type(value).__name__, str(value)


def _values(field: Field | None, read: trees.Read, constants: list[Any]) -> tuple[Any, ...]:
    """Values of one variable that its comparisons can tell apart; the empty one comes first."""
    words = [value for value in constants if isinstance(value, str)]
    if isinstance(read.type, Number):
        return (None, *_around([Decimal(v) for v in constants if _is_number(v)], read.type))
    if field is None:
        return (None, *dict.fromkeys([*words, "·"]))
    if field.type == "boolean":
        return (None, True)
    if field.type == "choice":
        return (None, *field.options)
    if field.type == "choices":
        used = [name for name in field.options if name in words][:_SUBSETS]
        return tuple(
            chain.from_iterable(combinations(used or list(field.options)[:1], n) for n in range(len(used or (1,)) + 1))
        )
    if field.type in ("link", "user"):
        return (None, 1, 2)
    if field.type in ("links", "files", "table"):
        return ((), (1,))
    return (None, *dict.fromkeys([*words, _SAMPLES.get(field.type, "·")]))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _around(constants: list[Decimal], kind: Number) -> list[Any]:
    step = Decimal(1).scaleb(-kind.scale)
    near = {value + shift for value in constants or [Decimal(0)] for shift in (-step, Decimal(0), step)}
    return [int(value) if kind.whole else value for value in sorted(near)]


def _settle(world: dict[Any, Any], known: Fields) -> World:
    """What is hidden is empty; hiding one answer can hide the next, so it is repeated until nothing changes."""
    for _ in range(len(known.visible) + 1):
        hidden = [name for name in world if _is_hidden(name, world, known)]
        if not hidden:
            return world
        world.update((name, () if isinstance(world[name], tuple) else None) for name in hidden)
    return world


def _is_hidden(name: Any, world: World, known: Fields) -> bool:
    if not isinstance(name, str) or world[name] in (None, ()):
        return False
    condition = known.visible.get(name.partition(".")[0])
    return condition is not None and not holds(condition, world)


def _env(world: World) -> Env:
    values = {name: value for name, value in world.items() if isinstance(name, str)}
    return Env(
        values=values, old={}, user={}, settings={}, now=_SAMPLES["datetime"], zone=ZoneInfo("UTC"), language="ru"
    )
