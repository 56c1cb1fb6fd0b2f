"""A PostgreSQL server for one test run: in a temporary folder, on a socket, shared by all workers of pytest-xdist."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

# Durability of a test's database is of no use, its speed is; suites that kill a server turn these on for themselves.
SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "shared_buffers=64MB")


@dataclass(frozen=True)
class Server:
    """A running server and the databases that tests make in it."""

    socket: str

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={quote(self.socket, safe='')}"

    def create(self, database: str, template: str = "template0") -> str:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._execute(statement.format(sql.Identifier(database), sql.Identifier(template)))
        return self.url(database)

    def drop(self, database: str) -> None:
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(plain(self.url("postgres")), autocommit=True) as connection:
            connection.execute(statement)


def plain(url: str) -> str:
    """The address without the driver's name, as psycopg itself reads it."""
    return url.replace("+psycopg", "", 1)


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest version first."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = versions[-1] if versions else shutil.which("initdb")
    return Path(found).parent if found else None


def shared_server(run_folder: Path, owner: int) -> Server:
    """The server of this run, started by whoever asks first; it stops by itself when process `owner` ends."""
    note = run_folder / "postgres.json"
    with _locked(run_folder / "postgres.lock"):
        if not note.exists():
            note.write_text(json.dumps({"socket": start(owner)}), encoding="utf-8")
        return Server(**json.loads(note.read_text(encoding="utf-8")))


def start(owner: int, settings: tuple[str, ...] = SPEED) -> str:
    folder = programs()
    if folder is None:
        raise RuntimeError("PostgreSQL is not installed: `make test` installs it, or see the README")
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    data, log = home / "data", home / "log"
    initdb = [
        f"{folder}/initdb",
        "-D",
        f"{data}",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-A",
        "trust",
        "-U",
        "postgres",
        "-N",
    ]
    _as_postgres(initdb, home)
    options = " ".join(f"-c {setting}" for setting in settings)
    arguments = f"-k {home} -c listen_addresses='' {options}"
    _as_postgres([f"{folder}/pg_ctl", "-D", f"{data}", "-l", f"{log}", "-w", "-o", arguments, "start"], home)
    _stop_after(owner, folder, data, home)
    return str(home)


def _as_postgres(command: list[str], folder: Path) -> None:
    done = subprocess.run([*_user(), *command], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def _user() -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]


# Detached by the shell, so that the test process has no child to wait for.
WATCH = """
( while kill -0 "$1"; do sleep 0.5; done
  folder=$2; shift 2
  "$@" -m immediate -w stop
  rm -rf "$folder" ) </dev/null >/dev/null 2>&1 &
"""


def _stop_after(owner: int, folder: Path, data: Path, home: Path) -> None:
    """However the run ends (even by SIGKILL), no server and no folder stay behind."""
    stop = [*_user(), f"{folder}/pg_ctl", "-D", str(data)]
    subprocess.run(
        ["sh", "-c", WATCH, "watch", str(owner), str(home), *stop], start_new_session=True, cwd="/", check=True
    )


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def wait_until_gone(socket: str, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while Path(socket).exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not Path(socket).exists()


if __name__ == "__main__":
    print(start(int(sys.argv[1])))
