"""What a run of import did, and what is wrong with which rows."""

from dataclasses import dataclass, field
from datetime import datetime

from partita.base.errors import Problem

MOST_FINDINGS = 1000


@dataclass(frozen=True, slots=True)
class RowFinding:
    """`line` as a person counts the lines of the file."""

    line: int
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Report:
    """`run` is None for a dry run. `findings`: the first thousand; `failed` counts them all. `made`: linked records
    that were created on the way."""

    run: int | None = None
    created: int = 0
    changed: int = 0
    same: int = 0
    failed: int = 0
    made: int = 0
    dry_run: bool = False
    findings: list[RowFinding] = field(default_factory=list)

    @property
    def lines(self) -> int:
        return self.created + self.changed + self.same + self.failed

    def fail(self, line: int, problems: tuple[Problem, ...]) -> None:
        self.failed += 1
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(RowFinding(line, problems))


@dataclass(frozen=True, slots=True)
class RunView:
    """A line of the list of runs. `status`: running, done, failed, undone; a run that was killed stays running."""

    id: int
    type: str
    source: str
    status: str
    started_at: datetime
    finished_at: datetime | None
    user_name: str
    created: int
    changed: int
    same: int
    failed: int
