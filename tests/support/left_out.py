"""What a run leaves out, and only because a person said so in PARTITA_TEST_WITHOUT."""

from __future__ import annotations

import os

import pytest

VARIABLE = "PARTITA_TEST_WITHOUT"


def left_out() -> list[str]:
    return os.environ.get(VARIABLE, "").replace(",", " ").split()


def require(suite: str, present: bool, lack: str) -> None:
    """A tool that is absent fails the test; it is skipped only if the person named its suite."""
    if suite in left_out():
        pytest.skip(f"left out by {VARIABLE}={suite}")
    if not present:
        pytest.fail(
            f"{lack} is not on this machine: `make test` installs it as root; to run without it: {VARIABLE}={suite}"
        )
