"""A shell for tests that type what a person would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


class Terminal:
    """A shell that remembers its folder, with the product's own commands and no other installation's settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PARTITA_")}
        path = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
        self.environment = {**environment, "PATH": path, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}

    def type(self, line: str) -> tuple[int, str]:
        if line.startswith("cd "):
            self.folder /= line.removeprefix("cd ")
            return 0, ""
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr
