"""Prover of order: no field is computed from itself, shown by itself or defaulted from itself, by any way round."""

from collections.abc import Iterator, Mapping

from partita.base.diagnostics import Diagnostic
from partita.base.frozen import FrozenMap
from partita.base.refs import Address
from partita.base.source import Span
from partita.formulas.program import Program
from partita.formulas.tree import paths
from partita.model.field import Field
from partita.model.formula import Formula
from partita.model.model import Model
from partita.model.record_type import RecordType

KEYS = ("compute", "visible", "default")
Readings = dict[str, dict[str, Formula]]
"""field → fields that its formula reads, with the formula."""


def check(model: Model, program: Program, origins: Mapping[str, Span]) -> Iterator[Diagnostic]:
    for record_type in model.types.values():
        for key in KEYS:
            readings = _readings(record_type, key, program)
            graph = {name: {_declared(read, readings) for read in reads} for name, reads in readings.items()}
            for cycle in cycles(graph):
                yield _finding(record_type, key, cycle, readings, origins)


def cycles(graph: Mapping[str, set[str]]) -> list[tuple[str, ...]]:
    """Each circle once, from its first name in order, closed: `(a, b, a)`."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            circle = path[path.index(name) :]
            first = circle.index(min(circle))
            found.setdefault(frozenset(circle), (*circle[first:], *circle[:first], circle[first]))
            return
        if name in done:
            return
        for other in sorted(graph.get(name, ())):
            visit(other, (*path, name))
        done.add(name)

    for name in sorted(graph):
        visit(name, ())
    return list(found.values())


def _readings(record_type: RecordType, key: str, program: Program) -> Readings:
    found: Readings = {}
    for field in record_type.fields.values():
        _read_formula(field, key, "", record_type, program, found)
        for column in field.fields:
            _read_formula(column, key, f"{field.name}.", record_type, program, found)
    return found


def _read_formula(
    field: Field, key: str, table: str, record_type: RecordType, program: Program, found: Readings
) -> None:
    formula = getattr(field, key)
    if not isinstance(formula, Formula):
        return
    reads = paths(program.tree(record_type.name, formula))
    names = {_node(path, table) for path in reads if not path.startswith("old.")}
    found[f"{table}{field.name}"] = dict.fromkeys(names, formula)


def _node(path: str, table: str) -> str:
    """In a row bare names are the row's, `parent.x` the owner's."""
    if path.startswith("parent."):
        return path.split(".")[1]
    if table:
        return f"{table}{path.partition('.')[0]}"
    return path


def _declared(read: str, readings: Readings) -> str:
    """`lines.sum` when that column has a formula itself; else the field that a longer path begins with."""
    return read if read in readings else read.partition(".")[0]


def _finding(
    record_type: RecordType, key: str, cycle: tuple[str, ...], readings: Readings, origins: Mapping[str, Span]
) -> Diagnostic:
    formula = next(iter(readings[cycle[0]].values()))
    address: Address = formula.address
    span = origins.get(str(address)) or origins.get(str(record_type.ref))
    params = {"type": record_type.name, "key": key, "cycle": " → ".join(cycle)}
    return Diagnostic("P010", span, FrozenMap(params), address=str(address))
