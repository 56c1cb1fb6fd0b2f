"""What `make run` and `make test` do before their work: they say what is missing, and leave alone what is there."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from tools import environment, machine, run
from tools.phases import Stopped
from tools.places import ROOT, fingerprint


def test_a_taken_port_gives_way_to_the_next() -> None:
    with socket.socket() as taken:
        taken.bind((run.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < run.free_port(port) < port + 100


def test_what_a_person_without_rights_must_install_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setitem(machine.PRESENT, "chromium", lambda: False)
    monkeypatch.setitem(machine.PRESENT, "postgresql", lambda: True)
    with pytest.raises(Stopped, match=r"apt-get install -y --no-install-recommends chromium$"):
        machine.ensure(["chromium", "postgresql"])


def test_a_machine_that_has_everything_is_not_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(machine.PRESENT, "chromium", lambda: True)
    machine.ensure(["chromium"])


def test_only_a_named_suite_is_left_out_of_what_must_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTITA_TEST_WITHOUT", "browser")
    assert machine.test_packages() == ["python3-venv", "postgresql"]
    monkeypatch.delenv("PARTITA_TEST_WITHOUT")
    assert {"chromium", "fonts-noto-core"} <= set(machine.test_packages())


def test_the_demo_needs_no_tools_of_the_tests() -> None:
    assert machine.FOR_RUN == ("python3-venv",)
    assert "pytest" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture
def ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """An environment that looks installed, and the calls that would change it."""
    calls: list[tuple[str, ...]] = []
    stamp = tmp_path / "stamp"
    installed = {
        "requirements.lock": fingerprint([ROOT / "requirements.lock"]),
        "partita": environment._own_fingerprint(),
    }
    stamp.write_text(json.dumps(installed), "utf-8")
    monkeypatch.setattr(environment, "STAMP", stamp)
    monkeypatch.setattr(environment, "_pip", lambda *words: calls.append(words))
    return calls


def test_an_installed_lock_is_not_installed_again(ready: list[tuple[str, ...]]) -> None:
    environment.ensure([ROOT / "requirements.lock"])
    assert ready == []


def test_a_new_lock_is_installed_from_wheels_with_hashes_only(ready: list[tuple[str, ...]]) -> None:
    environment.ensure([ROOT / "requirements-node.lock"])
    downloads = [words for words in ready if words[0] == "download"]
    assert len(downloads) == 1
    assert {"--require-hashes", "--only-binary", ":all:", "--no-deps"} <= set(downloads[0])
