"""A temporary database with packs applied and their rows loaded, copied for each test that writes into it."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from partita.base.clock import VirtualClock
from partita.bootstrap.change import apply_compiled
from partita.bootstrap.configuration import Configuration
from partita.runtime.data_loading.loading import RowProblem, load_data
from partita.runtime.engine import Engine
from partita.runtime.revision import Runtime
from partita.storage.blobs import Blobs
from partita.storage.database import Database, open_database
from partita.testing.metadata import Built

START = datetime(2018, 1, 1, 6, 0, tzinfo=UTC)
"""When the rows of packs are loaded, on the virtual clock: before any scenario."""
ZONE = ZoneInfo("Europe/Moscow")
FILE = "partita.db"


@dataclass(frozen=True, slots=True)
class Bench:
    """An engine over a database of its own, on a clock that waits."""

    engine: Engine
    clock: VirtualClock

    @property
    def runtime(self) -> Runtime:
        return self.engine.current()


@dataclass(frozen=True, slots=True)
class Template:
    """The prepared database, never written into. `problems`: rows of the packs that could not be loaded."""

    built: Built
    folder: Path
    zone: ZoneInfo = ZONE
    problems: tuple[RowProblem, ...] = ()

    @contextmanager
    def open(self) -> Iterator[Bench]:
        """A bench on a copy, gone afterwards."""
        with tempfile.TemporaryDirectory(prefix="partita-bench-") as name:
            shutil.copyfile(self.folder / FILE, Path(name, FILE))
            with _open(Path(name), self.zone) as bench:
                yield bench


def prepare(built: Built, demo: bool = True, zone: ZoneInfo = ZONE) -> Template:
    """Apply `built` to an empty database and load its rows (those of class demo too, unless told otherwise)."""
    folder = Path(tempfile.mkdtemp(prefix="partita-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with _open(folder, zone) as bench:
        apply_compiled(bench.engine, Configuration(built.sources, built.compiled), "tests", "", "ru")
        classes = ("reference", "demo") if demo else ("reference",)
        problems = [problem for name in classes for problem in load_data(bench.engine, name).problems]
    return Template(built, folder, zone, tuple(problems))


@contextmanager
def _open(folder: Path, zone: ZoneInfo) -> Iterator[Bench]:
    clock = VirtualClock(START)
    db: Database = open_database(f"sqlite:///{folder / FILE}")
    try:
        yield Bench(Engine(db, Blobs(folder / "blobs"), zone, clock), clock)
    finally:
        db.close()
