"""An installation whose server is a child process that may be killed at any moment."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from partita.settings.load import load
from partita.settings.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PACK = Path(__file__).resolve().parent / "pack"
PASSWORD = "a-password-for-the-storm"
CLERKS = ("anna", "boris", "vera")
PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Desk:
    """`home` holds the settings, the files and the log of the server."""

    home: Path
    database_url: str
    port: int = 0
    server: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.port = self.port or free_port()
        text = f"database: {{url: '{self.database_url}'}}\nstorage: {{dir: files}}\npacks: [base, '{PACK}']\n"
        (self.home / "config.yaml").write_text(f"{text}port: {self.port}\nlanguage: ru\n", encoding="utf-8")

    @property
    def files(self) -> Path:
        return self.home / "files"

    def settings(self) -> Settings:
        settings, findings = load(self.home / "config.yaml", {}, {})
        assert settings is not None, findings
        return settings

    def prepare(self) -> None:
        """The first revision, and the people who will work."""
        self.run("up")
        (self.home / "password").write_text(PASSWORD, encoding="utf-8")
        for clerk in CLERKS:
            self.run("user", "add", clerk, "--role", "kill.clerk", "--password-file", "password")

    def run(self, *words: str) -> str:
        done = subprocess.run(
            self._command(*words), cwd=self.home, env=self._environment(), capture_output=True, text=True
        )
        assert done.returncode == 0, f"partita {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    def child(self, *words: str, log: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command(*words), cwd=self.home, env=self._environment(), stdout=log, stderr=log)

    def start(self) -> None:
        """Waits until it answers."""
        with (self.home / "server.log").open("ab") as log:
            self.server = self.child("serve", log=log)
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert self.server.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.05)

    def kill(self) -> None:
        """As a power button does: no handler runs, nothing is flushed."""
        assert self.server is not None
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()
        self.server = None

    def log(self) -> str:
        return (self.home / "server.log").read_text(encoding="utf-8", errors="replace")[-3000:]

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _command(self, *words: str) -> list[str]:
        return [str(Path(sys.executable).parent / "partita"), *words]

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PARTITA_")}
        return {**kept, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
