"""`partita doctor` says what needs a hand: each of its messages has a cause here."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from partita.bootstrap.change import apply_compiled
from partita.bootstrap.configuration import read_folders
from partita.bootstrap.doctor import examine
from partita.bootstrap.engine import open_engine
from partita.settings.load import load
from partita.settings.places import shipped
from partita.settings.settings import Settings
from partita.storage import jobs


def installation(folder: Path) -> Settings:
    options = {"database.url": f"sqlite:///{folder}/partita.db", "storage.dir": str(folder / "files")}
    settings, findings = load(None, {}, options)
    assert settings is not None, findings
    return settings


def applied(folder: Path) -> Settings:
    settings = installation(folder)
    apply_compiled(open_engine(settings), read_folders((shipped("metadata"),), "ru"), "t", "", "ru")
    return settings


def codes(settings: Settings) -> set[str]:
    return {finding.code for finding in examine(settings)}


def test_a_sound_installation_has_no_findings(tmp_path: Path) -> None:
    assert codes(applied(tmp_path)) == set()


def test_a_base_that_nothing_was_applied_to_is_told(tmp_path: Path) -> None:
    assert "K002" in codes(installation(tmp_path))


def test_jobs_that_died_are_counted(tmp_path: Path) -> None:
    settings = applied(tmp_path)
    engine, now = open_engine(settings), datetime.now(UTC)
    with engine.db.write() as conn:
        jobs.enqueue(conn, "sweep_files", {}, now, max_attempts=1)
        for job in jobs.claim(conn, "w", now + timedelta(seconds=1)):
            jobs.fail(conn, job, "w", now, "broken")
    assert codes(settings) == {"K003"}


def test_a_full_disk_and_a_locked_folder_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = applied(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=1 << 20))
    monkeypatch.setattr(os, "access", lambda folder, mode: False)
    assert codes(settings) == {"K004", "K005"}


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    settings = installation(tmp_path)
    (tmp_path / "partita.db").write_bytes(b"this is no database at all" * 100)
    assert codes(settings) & {"K001", "D901", "D902", "D903", "D904", "D905", "D906", "D907", "D908"}
