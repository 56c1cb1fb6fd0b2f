"""One line of a file taken in: recognised, created, changed, or left as it is."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from partita.base.errors import Conflict, Denied, NotFound, Problem, Refused
from partita.base.frozen import FrozenMap
from partita.runtime.codecs.registry import LINKS, is_empty
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.exchange.cells import CellReader
from partita.runtime.exchange.finding import LinkFinder
from partita.runtime.exchange.mapping import ColumnMapping, ImportMapping
from partita.runtime.exchange.reading import Line
from partita.runtime.exchange.report import Report
from partita.runtime.queries.gate import Filter, find_anywhere
from partita.runtime.records.commands import ChangeRecord, CreateRecord, Past
from partita.runtime.records.pipeline import perform_within
from partita.runtime.values.work import Work
from partita.runtime.values.written import ENCODER
from partita.storage import imports, rows


@dataclass(frozen=True, slots=True)
class _Row:
    """A line read: values of fields, and what happened to the record before."""

    values: dict[str, Any]
    past: Past
    key: str
    digest: str


@dataclass(slots=True)
class Taker:
    """Takes in the lines of one run; remembers keys and found links from line to line."""

    mapping: ImportMapping
    blueprint: Blueprint
    cells: CellReader
    constants: dict[str, Any]
    report: Report
    note: str
    links: LinkFinder = field(default_factory=LinkFinder)
    seen: dict[str, int] = field(default_factory=dict)
    repeats: Counter[str] = field(default_factory=Counter)

    def take(self, work: Work, line: Line) -> None:
        """In a savepoint: a line that is refused leaves nothing behind."""
        made = len(self.links.made)
        try:
            with work.conn.begin_nested():
                self._take(work, line)
        except (Refused, Denied, Conflict, NotFound) as error:
            del self.links.made[made:]
            problems = problems_of(error)
            self.report.fail(line.number, problems)
            self._log(work, line, "failed", problem=" ".join(f"{p.code} {p.field}".strip() for p in problems))
        else:
            for type_name, record_id in self.links.made[made:]:
                self.report.made += 1
                self._log(work, line, "created", type_name=type_name, record_id=record_id, version=1)

    def _take(self, work: Work, line: Line) -> None:
        row = self._read(work, line)
        known = imports.find(work.conn, self.blueprint.name, row.key)
        if known is not None and known.digest == row.digest:
            self.report.same += 1
            return
        there = known.record_id if known is not None else self._with_same_key(work, row)
        if there is None:
            outcome = perform_within(
                work, CreateRecord(self.blueprint.name, row.values, self.mapping.register, past=row.past)
            )
            self.report.created += 1
            self._log(work, line, "created", row, record_id=outcome.id, version=outcome.version)
        else:
            self._change(work, line, row, there)

    def _change(self, work: Work, line: Line, row: _Row, record_id: int) -> None:
        """A record that people have deleted since is not made again."""
        stored = rows.fetch(work.conn, work.runtime.tables, self.blueprint.name, record_id)
        if stored is None:
            self.report.same += 1
            return
        before = stored["version"]
        command = ChangeRecord(self.blueprint.name, record_id, before, row.values, past=row.past)
        version = perform_within(work, command).version
        self.report.changed += version > before
        self.report.same += version == before
        self._log(work, line, "changed" if version > before else "same", row, record_id=record_id, version=version)

    def _with_same_key(self, work: Work, row: _Row) -> int | None:
        """A record that people made themselves; looked for only where an index answers."""
        plans = [self.blueprint.fields[name] for name in self.mapping.key]
        known = self.mapping.key in self.blueprint.type.unique.values()
        if not plans or not (known or any(plan.field.unique or plan.field.index for plan in plans)):
            return None
        conditions = tuple(Filter(name, "eq", (row.values.get(name),)) for name in self.mapping.key)
        return find_anywhere(work, self.blueprint.name, conditions)

    def _read(self, work: Work, line: Line) -> _Row:
        """Raises Refused with everything that is wrong with the line's cells."""
        problems: list[Problem] = []
        found: dict[str, Any] = {}
        state = self._state(line)
        for name, value in (*self.constants.items(), *self._values(work, line), ("state", state)):
            if isinstance(value, Problem):
                problems.append(Problem(value.code, name, value.params, say=value.say))
            else:
                found[name] = value
        if problems:
            raise Refused(*problems)
        found.pop("state")
        return self._row(line, found, state)

    def _values(self, work: Work, line: Line) -> Iterator[tuple[str, Any]]:
        for name, column in self.mapping.columns.items():
            yield name, self._value(work, self.blueprint.fields[name], column, line)

    def _value(self, work: Work, plan: FieldPlan, column: ColumnMapping, line: Line) -> Any:
        value = self.cells.value(column, plan, line.cells)
        if plan.field.type in LINKS and column.find and not isinstance(value, Problem) and not is_empty(value):
            target = self.links.find(work, plan, column, value, line.cells)
            return (target,) if plan.field.type == "links" and isinstance(target, int) else target
        return value

    def _state(self, line: Line) -> Any:
        column = self.mapping.state
        found = self.cells.text_of(column, line.cells) if column is not None else None
        scheme = self.blueprint.scheme
        if found is None or isinstance(found, Problem):
            return found or ""
        known = scheme is not None and found in scheme.states
        return str(found) if known else Problem("W006", "state", FrozenMap({"value": str(found)[:60]}))

    def _row(self, line: Line, found: dict[str, Any], state: str) -> _Row:
        system = {n: v for n, v in found.items() if self.blueprint.fields[n].system and not is_empty(v)}
        values = {n: v for n, v in found.items() if not self.blueprint.fields[n].system}
        text = ENCODER.encode([self._plain(found), state])
        digest = hashlib.sha256(text.encode()).hexdigest()
        past = Past(state=state, note=self.note, **system)
        return _Row(values, past, self._key(line, found, digest), digest)

    def _key(self, line: Line, found: dict[str, Any], digest: str) -> str:
        """By the key fields; without them by all the line holds, and how often it did before."""
        if not self.mapping.key:
            self.repeats[digest] += 1
            return f"#{digest}.{self.repeats[digest]}"
        if any(is_empty(found.get(name)) for name in self.mapping.key):
            raise Refused(Problem("E009", self.mapping.key[0]))
        values = self._plain({name: found[name] for name in self.mapping.key})
        key = ENCODER.encode(list(values.values()))
        first = self.seen.setdefault(key, line.number)
        if first != line.number:
            raise Refused(Problem("E010", self.mapping.key[0], FrozenMap({"key": key.strip("[]"), "line": first})))
        return key

    def _plain(self, values: dict[str, Any]) -> dict[str, Any]:
        plans = self.blueprint.fields
        return {n: plans[n].codec.to_json(v, plans[n].field) for n, v in values.items()}

    def _log(
        self, work: Work, line: Line, action: str, row: _Row | None = None, *, type_name: str = "",
        record_id: int | None = None, version: int | None = None, problem: str | None = None,
    ) -> None:  # fmt: skip
        if self.report.run is None:
            return
        imports.write(
            work.conn,
            imports.Row(
                run_id=self.report.run, line=line.number, action=action, key=row.key if row else None,
                digest=row.digest if row else None, record_type=type_name or self.blueprint.name, record_id=record_id,
                version=version, problem=problem,
            ),
        )  # fmt: skip


def problems_of(error: Exception) -> tuple[Problem, ...]:
    if isinstance(error, Refused):
        return error.problems
    if isinstance(error, Denied):
        return (error.problem,)
    return (Problem("W007"),)
