"""`make run`: from a bare checkout to a demo that answers in a browser, with the seconds of each step."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import NoReturn

from tools import environment, machine
from tools.phases import Stopped, fail, phase
from tools.places import ROOT, RUNTIME_LOCK, VAR, binary
from tools.prepare import assets

HOST = "127.0.0.1"
FIRST_PORT = 8000
PATIENCE = 60.0


def main() -> int:
    print("Partita: preparing the demo", flush=True)
    try:
        machine.ensure(machine.FOR_RUN)
        environment.ensure([RUNTIME_LOCK])
        if assets():
            return 1
        settings = _settings()
        with phase("demo database"):
            logins = _partita(settings, "up", "--demo")
        return _serve(settings, logins)
    except Stopped as error:
        return fail(error)
    except KeyboardInterrupt:
        return 0


def _settings() -> Mapping[str, str]:
    """The demo keeps to its own folder, whatever config.yaml says, unless a person names another database."""
    demo = VAR / "demo"
    demo.mkdir(parents=True, exist_ok=True)
    own = {"PARTITA_DATABASE_URL": f"sqlite:///{demo / 'partita.db'}", "PARTITA_STORAGE_DIR": str(demo / "files")}
    port = free_port(int(os.environ.get("PARTITA_PORT", FIRST_PORT)))
    return {**own, **os.environ, "PARTITA_HOST": HOST, "PARTITA_PORT": str(port), "PYTHONUTF8": "1"}


def free_port(first: int) -> int:
    for port in range(first, first + 100):
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind((HOST, port))
            except OSError:
                continue
            return port
    raise Stopped(f"All ports from {first} to {first + 99} are taken.")


def _partita(settings: Mapping[str, str], *words: str) -> str:
    done = subprocess.run([str(binary("partita")), *words], cwd=ROOT, env=settings, capture_output=True, text=True)
    if done.returncode:
        raise Stopped(f"partita {' '.join(words)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def _serve(settings: Mapping[str, str], logins: str) -> int:
    address = f"http://{HOST}:{settings['PARTITA_PORT']}"
    server = subprocess.Popen([str(binary("partita")), "serve"], cwd=ROOT, env=settings)
    try:
        with phase("start of the server, to its first page"):
            _wait_for_page(server, address)
        print(f"\n{logins}\n\n  Open {address}   (stop: Ctrl+C)\n", flush=True)
        return server.wait()
    finally:
        server.terminate()
        server.wait()


def _wait_for_page(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            _stop(f"The server ended with code {server.returncode}; its words are above.")
        try:
            with urllib.request.urlopen(f"{address}/sign-in", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    _stop(f"No answer from {address} in {PATIENCE:.0f} seconds.")


def _stop(message: str) -> NoReturn:
    raise Stopped(message)


if __name__ == "__main__":
    sys.exit(main())
