"""The root fixtures themselves: what every other suite relies on."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.conftest import MakeDatabase
from tests.support import postgres
from tests.support.browser import PageOpener
from tests.support.budgets import SuiteBudgets


def run(url: str, statement: str) -> object:
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        try:
            row = connection.execute(statement).fetchone()
            connection.commit()
        finally:
            connection.close()
        return row
    with psycopg.connect(postgres.plain(url)) as server:
        cursor = server.execute(statement)
        return cursor.fetchone() if cursor.description else None


def test_every_test_has_an_empty_database_of_each_kind(database_url: str) -> None:
    run(database_url, "CREATE TABLE kept (n integer)")
    assert run(database_url, "SELECT count(*) FROM kept") == (0,)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_database_can_be_made_as_a_copy_of_another(kind: str, make_database: MakeDatabase) -> None:
    first = make_database(kind)
    run(first, "CREATE TABLE kept (n integer)")
    run(first, "INSERT INTO kept VALUES (7)")
    copy = make_database(kind, template=first)
    assert run(copy, "SELECT n FROM kept") == (7,)


@pytest.mark.postgres
def test_the_server_keeps_cyrillic_and_has_the_extensions_that_debian_ships(make_database: MakeDatabase) -> None:
    url = make_database("postgresql")
    assert run(url, "SELECT lower('ЁЛКА')") == ("ёлка",)
    assert run(url, "SHOW server_encoding") == ("UTF8",)
    assert run(url, "SELECT count(*) FROM pg_available_extensions WHERE name IN ('pg_trgm', 'unaccent')") == (2,)


@pytest.mark.postgres
def test_a_server_does_not_outlive_the_run_that_was_killed() -> None:
    owner = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    socket = postgres.start(owner.pid)
    assert Path(socket).is_dir()
    owner.kill()
    owner.wait()
    assert owner.stdin
    owner.stdin.close()
    assert postgres.wait_until_gone(socket)


@pytest.mark.browser
def test_a_page_hears_the_complaints_of_the_browser(pages: PageOpener) -> None:
    page = pages.open()
    page.goto("data:text/html,<title>x</title><script>console.error('broken')</script>")
    page.wait_for_load_state()
    complaints = pages.complaints[page]
    assert ["broken" in line for line in complaints.found] == [True]
    complaints.found.clear()


def test_a_tool_that_is_absent_fails_the_run_instead_of_being_skipped(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text(
        "from tests.support.left_out import require\n\ndef test_one():\n    require('postgres', False, 'PostgreSQL')\n"
    )
    told = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    told.pop("PARTITA_TEST_WITHOUT", None)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "--rootdir",
        str(tmp_path),
        str(tmp_path),
    ]
    failed = subprocess.run(command, env=told, capture_output=True, text=True, cwd=tmp_path)
    assert failed.returncode == 1
    assert "PostgreSQL is not on this machine" in failed.stdout
    skipped = subprocess.run(
        [*command, "-rs"],
        env={**told, "PARTITA_TEST_WITHOUT": "postgres"},
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert skipped.returncode == 0
    assert "left out by PARTITA_TEST_WITHOUT=postgres" in skipped.stdout


def test_a_suite_over_its_budget_is_named() -> None:
    watch = SuiteBudgets({"storage": 2.0, "web": 9.0})
    watch.spent.update({"storage": 3, "web": 1, "unlisted": 100})
    assert watch.exceeded() == ["tests/storage: 3 s of 2"]
