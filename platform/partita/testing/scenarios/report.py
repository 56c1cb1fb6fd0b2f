"""What came of a scenario: one line per step, and every difference with its place in the YAML."""

from collections.abc import Mapping
from dataclasses import dataclass

from partita.base.source import Span


@dataclass(frozen=True, slots=True)
class Difference:
    """`what` was expected to be `expected` and was `actual`; `span` is the place of the expectation."""

    what: str
    expected: str
    actual: str
    span: Span | None = None

    def __str__(self) -> str:
        place = f"{self.span}: " if self.span else ""
        return f"{place}{self.what}: expected {self.expected}, got {self.actual}"


@dataclass(frozen=True, slots=True)
class StepReport:
    """A step as it went: who did what to which record, and what came of it."""

    name: str
    actor: str
    deed: str
    answer: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class ScenarioReport:
    name: str
    steps: tuple[StepReport, ...]
    records: Mapping[str, tuple[str, int]]
    """Step → the type and id of the record it made."""

    @property
    def differences(self) -> tuple[Difference, ...]:
        return tuple(d for step in self.steps for d in step.differences)

    @property
    def passed(self) -> bool:
        return not self.differences

    def __str__(self) -> str:
        """A table of steps, then what differs."""
        rows = [(s.name, s.actor, s.deed, s.answer, "✓" if not s.differences else "✕") for s in self.steps]
        widths = [max((len(row[i]) for row in rows), default=0) for i in range(4)]
        lines = [f"{self.name}: {'passed' if self.passed else 'failed'}"]
        lines += ["  " + "  ".join([*(row[i].ljust(widths[i]) for i in range(4)), row[4]]) for row in rows]
        return "\n".join([*lines, *(f"  ✕ {d}" for d in self.differences)])
