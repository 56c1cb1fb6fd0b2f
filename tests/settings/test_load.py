"""Settings come from four places, and whatever is wrong with them is said with its place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from partita.base.diagnostics import Diagnostic
from partita.settings.keys import KEYS
from partita.settings.load import load
from partita.settings.places import shipped
from partita.settings.settings import Settings

EXAMPLE = Path(__file__).resolve().parents[2] / "config.example.yaml"


def settle(
    tmp_path: Path, text: str = "", environ: Mapping[str, str] | None = None, **options: str | int
) -> tuple[Settings | None, tuple[Diagnostic, ...]]:
    config = tmp_path / "config.yaml"
    config.write_text(text, encoding="utf-8")
    return load(config, environ or {}, {name.replace("__", "."): value for name, value in options.items()})


def settled(tmp_path: Path, text: str = "", environ: Mapping[str, str] | None = None, **options: str | int) -> Settings:
    settings, findings = settle(tmp_path, text, environ, **options)
    assert findings == ()
    assert settings is not None
    return settings


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings, findings = load(None, {}, {})
    assert findings == ()
    assert settings is not None
    assert settings.database_url == f"sqlite:///{tmp_path}/var/partita.db"
    assert (settings.host, settings.port, settings.base_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")


def test_the_example_shows_every_setting_with_its_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    example = EXAMPLE.read_text(encoding="utf-8")
    assert settled(tmp_path, example) == load(None, {}, {})[0]
    assert [key.key for key in KEYS if f"{key.key.split('.')[-1]}:" not in example] == []


def test_variables_stand_above_the_file_and_options_above_variables(tmp_path: Path) -> None:
    text = "port: 1000\nhost: one\nlanguage: en\n"
    settings = settled(tmp_path, text, {"PARTITA_PORT": "2000", "PARTITA_HOST": "two"}, port=3000)
    assert (settings.language, settings.host, settings.port) == ("en", "two", 3000)


def test_paths_count_from_the_folder_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    settings = settled(tmp_path, "database: {url: 'sqlite:///data/p.db'}\nstorage: {dir: files}\npacks: [./ours]\n")
    assert settings.database_url == f"sqlite:///{tmp_path}/data/p.db"
    assert settings.storage_dir == tmp_path / "files"
    assert settings.packs == (tmp_path / "ours",)


def test_a_pack_that_comes_with_the_product_is_named_without_a_path(tmp_path: Path) -> None:
    assert settled(tmp_path, "packs: [base]\n").packs == (shipped("metadata"),)
    assert settled(tmp_path, "", {"PARTITA_PACKS": f"base{os.pathsep}{tmp_path}"}).packs == (
        shipped("metadata"),
        tmp_path,
    )


def test_postgresql_addresses_name_the_driver_that_is_used(tmp_path: Path) -> None:
    settings = settled(tmp_path, "", {"PARTITA_DATABASE_URL": "postgres://me@db/partita"})
    assert settings.database_url == "postgresql+psycopg://me@db/partita"


def test_a_secret_may_come_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("postgresql://me:word@db/partita\n", encoding="utf-8")
    settings = settled(tmp_path, "", {"PARTITA_DATABASE_URL_FILE": str(secret)})
    assert settings.database_url == "postgresql+psycopg://me:word@db/partita"


def test_sessions_are_given_in_minutes(tmp_path: Path) -> None:
    settings = settled(tmp_path, "session:\n  idle_minutes: 30\n")
    assert settings.session_idle == timedelta(minutes=30)
    assert settings.session_lifetime == timedelta(days=14)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("host: h\nprot: 80\n", "C001", 2, 1),
        ("session:\n  idle: 5\n", "C001", 2, 3),
        ("port: many\n", "C002", 1, 7),
        ("port: 70000\n", "C002", 1, 7),
        ("port: true\n", "C002", 1, 7),
        ("language: de\n", "C002", 1, 11),
        ("timezone: Europe/Nowhere\n", "C002", 1, 11),
        ("timezone: ../../etc/passwd\n", "C002", 1, 11),
        ("base_url: example.org/app\n", "C002", 1, 11),
        ("database: {url: 'mysql://db'}\n", "C002", 1, 18),
        ("packs: []\n", "C002", 1, 8),
        ("workers: 0\n", "C002", 1, 10),
        ("database: sqlite\n", "C003", 1, 11),
        ("packs: [base, bsae]\n", "C007", 1, 15),
        ("packs: [./nowhere]\n", "C007", 1, 9),
    ],
)
def test_a_wrong_setting_is_found_with_its_place(tmp_path: Path, text: str, code: str, line: int, column: int) -> None:
    settings, findings = settle(tmp_path, text)
    assert settings is None
    assert [(f.code, f.span and (f.span.line, f.span.column)) for f in findings] == [(code, (line, column))]
    assert findings[0].text("ru") != findings[0].text("en")


def test_a_misspelt_name_gets_the_nearest_known_one(tmp_path: Path) -> None:
    assert settle(tmp_path, "prot: 80\n")[1][0].nearest[0] == "port"
    assert settle(tmp_path, "packs: [bsae]\n")[1][0].nearest[0] == "base"
    assert settle(tmp_path, "", {"PARTITA_PROT": "80"})[1][0].nearest[0] == "PARTITA_PORT"


def test_all_mistakes_are_found_in_one_run(tmp_path: Path) -> None:
    found = settle(tmp_path, "prot: 80\nlanguage: de\n", {"PARTITA_WORKERS": "x", "PARTITA_HOME": "/"}, port=0)[1]
    assert sorted(f.code for f in found) == ["C001", "C002", "C002", "C002", "C005"]


def test_a_setting_given_by_two_variables_is_refused(tmp_path: Path) -> None:
    environ = {"PARTITA_DATABASE_URL": "sqlite:///a", "PARTITA_DATABASE_URL_FILE": str(tmp_path / "b")}
    assert [f.code for f in settle(tmp_path, "", environ)[1]] == ["C006"]


def test_a_file_that_is_named_and_absent_is_refused(tmp_path: Path) -> None:
    assert [f.code for f in load(tmp_path / "none.yaml", {}, {})[1]] == ["C004"]
    assert [f.code for f in load(None, {"PARTITA_CONFIG": str(tmp_path / "none.yaml")}, {})[1]] == ["C004"]
    assert [f.code for f in load(None, {"PARTITA_DATABASE_URL_FILE": str(tmp_path / "none")}, {})[1]] == ["C004"]


def test_a_wrong_secret_is_not_repeated_aloud(tmp_path: Path) -> None:
    found = settle(tmp_path, "", {"PARTITA_DATABASE_URL": "mysql://me:hidden@db"})[1]
    assert [f.code for f in found] == ["C002"]
    assert "hidden" not in found[0].text("ru") + found[0].text("en")


def test_a_broken_file_is_refused_by_the_reader_of_yaml(tmp_path: Path) -> None:
    settings, findings = settle(tmp_path, "host: [\n")
    assert settings is None
    assert findings[0].code.startswith("Y")


def test_variables_of_the_tests_are_no_settings(tmp_path: Path) -> None:
    assert settle(tmp_path, "", {"PARTITA_TEST_WITHOUT": "browser", "PATH": "/bin"})[1] == ()
