"""A process that applies a new configuration to copies of a database and dies at a given statement of it.

Told `N URL` line by line, it forks; the fork kills itself when the N-th statement is about to run (0: right after the
commit). Answers the statement, `commit` or `done`, one line each.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from partita.bootstrap.change import apply_compiled
from partita.bootstrap.configuration import Configuration, read_folders
from partita.bootstrap.engine import open_engine
from partita.settings.places import shipped
from partita.settings.settings import Settings
from tests.kill.desk import Desk


def main(home: Path, pack: Path) -> None:
    settings = Desk(home, "sqlite:///unused").settings()
    configuration = read_folders([shipped("metadata"), pack], "ru")
    assert configuration.compiled.model is not None, configuration.compiled.findings
    for line in sys.stdin:
        number, url = line.split()
        print(_fork(replace(settings, database_url=url), configuration, int(number)), flush=True)


def _fork(settings: Settings, configuration: Configuration, number: int) -> str:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _apply(settings, configuration, number, writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        told = pipe.read().replace("\n", " ")
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return told if killed or told == "done" else f"ERROR {status} {told}"


def _apply(settings: Settings, configuration: Configuration, number: int, pipe: int) -> None:
    seen = 0

    def step(statement: str) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            _die(pipe, statement)

    try:
        apply_compiled(open_engine(settings), configuration, "tests", "", "ru", on_statement=step)
    except BaseException as error:
        os.write(pipe, repr(error).encode())
        os._exit(1)
    if number == 0:
        _die(pipe, "commit")
    os.write(pipe, b"done")
    os._exit(0)


def _die(pipe: int, told: str) -> None:
    os.write(pipe, told.encode()[:300])
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
