"""Seconds per suite: a folder of tests that has grown slower than its budget fails the run."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def budgets() -> dict[str, float]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: dict[str, float] = project["tool"]["partita"]["test_budgets"]
    return found


class SuiteBudgets:
    """Sums the seconds of setup, call and teardown per top folder of tests, over all workers."""

    def __init__(self, limits: dict[str, float]) -> None:
        self.limits = limits
        self.spent: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        parts = Path(report.nodeid.split("::")[0]).parts
        if len(parts) > 2:
            self.spent[parts[1]] += report.duration  # type: ignore[assignment]

    def exceeded(self) -> list[str]:
        return [
            f"tests/{suite}: {seconds:.0f} s of {self.limits[suite]:.0f}"
            for suite, seconds in sorted(self.spent.items())
            if suite in self.limits and seconds > self.limits[suite]
        ]

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if exitstatus == pytest.ExitCode.OK and self.exceeded():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        spent = ", ".join(f"{suite} {seconds:.0f} s" for suite, seconds in self.spent.most_common())
        terminalreporter.write_line(f"seconds per suite: {spent}")
        for line in self.exceeded():
            terminalreporter.write_line(
                f"over its budget (pyproject.toml, tool.partita.test_budgets): {line}", red=True
            )
