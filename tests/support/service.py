"""A real server process over an enterprise's folder, for tests that act from outside."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.terminal import Terminal

PATIENCE = 30.0


def free_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        port: int = attempt.getsockname()[1]
        return port


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """`partita serve` in `folder`; gives its address, and stops it at the end."""
    port, terminal = free_port(), Terminal(folder)
    with (folder / "server.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            ["partita", "serve", "--port", str(port), "--language", "en"],
            cwd=folder,
            env=terminal.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, process, folder / "server.log")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=15)


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"the server ended with code {process.returncode}:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"no answer in {PATIENCE:.0f} s:\n{log.read_text()}")
