"""Malformed and hostile files at the command line (B-04): exit code 1, located findings, no traceback; the database and
the revision that serves stay as they were."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from partita.cli.main import main
from tests.compiler.bad_files import BAD, good_sources, sources_of

EVERY = 6
"""The compiler's own suite reads every bad file; here every sixth goes the whole way to a live base."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with the good pack applied."""
    folder = tmp_path_factory.mktemp("hostile")
    write_packs(folder, good_sources())
    done = run(folder, "up")
    assert done.exit_code == 0, done.output
    return folder


def write_packs(folder: Path, sources: dict[str, str]) -> None:
    shutil.rmtree(folder / "packs", ignore_errors=True)
    for name, text in sources.items():
        target = folder / "packs" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", errors="surrogateescape")


def run(folder: Path, *words: str) -> Result:
    environment = {
        "PARTITA_DATABASE_URL": f"sqlite:///{folder}/partita.db",
        "PARTITA_STORAGE_DIR": str(folder / "files"),
        "PARTITA_PACKS": str(folder / "packs"),
    }
    return CliRunner().invoke(main, [*words, "--language", "en"], env=environment)


def digest(folder: Path) -> str:
    """Of the database with its journal: any write would show."""
    parts = [path.read_bytes() for path in sorted(folder.glob("partita.db*")) if not path.name.endswith("-shm")]
    return hashlib.sha256(b"".join(parts)).hexdigest()


def chosen() -> Iterator[Path]:
    yield from BAD[::EVERY]


@pytest.mark.parametrize("path", list(chosen()), ids=lambda path: path.stem)
@pytest.mark.attack
def test_a_bad_file_changes_nothing_and_is_answered_with_one(path: Path, base: Path) -> None:
    write_packs(base, sources_of(path))
    before = digest(base)
    for command in ("check", "apply"):
        done = run(base, command)
        assert done.exit_code == 1, (command, done.output)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert "Traceback" not in done.output
        assert "✕" in done.output
    assert digest(base) == before
