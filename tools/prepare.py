"""Prepares a checkout for its tests; a prepared one is left as it is in a fraction of a second."""

from __future__ import annotations

import subprocess
import sys

from tools import environment, machine
from tools.phases import Stopped, fail
from tools.places import ROOT, RUNTIME_LOCK, TEST_LOCK, binary


def main() -> int:
    try:
        machine.ensure(machine.test_packages())
        environment.ensure([RUNTIME_LOCK, TEST_LOCK])
    except Stopped as error:
        return fail(error)
    return assets("--with-tests")


def assets(*words: str) -> int:
    """In the environment's own Python, which has the font tools."""
    return subprocess.run([str(binary("python")), "-m", "tools.assets", *words], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
