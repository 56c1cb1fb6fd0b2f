"""An import is killed in the middle and begun again with the same file: every row is there once."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import MakeDatabase
from tests.kill.desk import CLERKS, Desk
from tests.kill.facts import Facts, facts
from tests.kill.invariants import numbers, search, sound, sums, versions

pytestmark = pytest.mark.kill
ROWS = 1300
KILLS = 2
MAPPING = """into: kill.order
format: csv
key: [mark]
columns:
  mark: {source: Mark}
  note: {source: Note}
  counterparty: {source: Customer, find: name, create: true}
"""
COUNT = "SELECT count(*) FROM kill__order"


def write_source(folder: Path) -> None:
    lines = [f"i-{n:09},замечание {n},Клиент {n % 7}" for n in range(ROWS)]
    (folder / "source.csv").write_text("\n".join(["Mark,Note,Customer", *lines]) + "\n", encoding="utf-8")
    (folder / "mapping.yaml").write_text(MAPPING, encoding="utf-8")


def begin(desk: Desk) -> subprocess.Popen[bytes]:
    with (desk.home / "import.log").open("ab") as log:
        words = ("import", "run", "source.csv", "--mapping", "mapping.yaml", "--as", CLERKS[0])
        return desk.child(*words, log=log)


def kill_in_the_middle(desk: Desk, found: Facts, chance: random.Random) -> None:
    """Once another batch has been committed, at a chance moment of the next one."""
    before, child = count(found), begin(desk)
    while count(found) == before:
        assert child.poll() is None, (desk.home / "import.log").read_text(encoding="utf-8")
        time.sleep(0.02)
    time.sleep(chance.uniform(0, 0.5))
    child.send_signal(signal.SIGKILL)
    child.wait()


def count(found: Facts) -> int:
    number = int(found.one(COUNT))
    found.connection.rollback()
    return number


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_import_that_was_killed_is_begun_again_without_doubles(
    kind: str, make_database: MakeDatabase, tmp_path: Path
) -> None:
    desk = Desk(tmp_path, make_database(kind))
    desk.prepare()
    write_source(tmp_path)
    chance = random.Random(7)
    with facts(desk.database_url) as found:
        for _ in range(KILLS):
            kill_in_the_middle(desk, found, chance)
        stopped = count(found)
        child = begin(desk)
        assert child.wait() == 0, (tmp_path / "import.log").read_text(encoding="utf-8")
        assert 0 < stopped < ROWS, "no kill came in the middle"
        assert found.one("SELECT count(DISTINCT mark) FROM kill__order") == ROWS
        assert count(found) == ROWS
        assert found.one("SELECT count(*) FROM kill__customer") == 7
        checks = (sound(found), versions(found), sums(found), numbers(found), search(found))
        assert [problem for check in checks for problem in check] == []
