"""Makes and updates `.venv` from a lock with hashes: only ready wheels, nothing built, nothing unlisted."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from tools.phases import Stopped, phase
from tools.places import ENVIRONMENT, ROOT, TEST_LOCK, VAR, binary, fingerprint, read_stamp

STAMP = ENVIRONMENT / "partita.stamp"
WHEELS = VAR / "wheels"
LIST = "from importlib.metadata import distributions as d; print(*{x.metadata['Name'] for x in d()})"
ITSELF = "partita"
KEPT = {"pip", "setuptools", "wheel", "partita"}


def ensure(locks: Sequence[Path]) -> None:
    """Brings the environment to the locks; what was installed for wider ones (tests, Node.js) is left alone."""
    wanted = {lock.name: fingerprint([lock]) for lock in locks} | {ITSELF: _own_fingerprint()}
    before = json.loads(read_stamp(STAMP) or "{}") if binary("python").exists() else {}
    changed = [name for name in wanted if before.get(name) != wanted[name]]
    if not changed:
        return
    if not binary("python").exists():
        _create()
    # The lock of the tests holds the runtime whole: one pass is enough.
    for name in [TEST_LOCK.name] if TEST_LOCK.name in changed else [name for name in changed if name != ITSELF]:
        _install(ROOT / name)
    kept = {name: digest for name, digest in before.items() if (ROOT / name).is_file()}
    _remove_unlisted([ROOT / name for name in {**kept, **wanted} if name != ITSELF])
    if ITSELF in changed:
        with phase("Partita itself, editable"):
            _pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text(json.dumps({**kept, **wanted}), encoding="utf-8")


def _own_fingerprint() -> str:
    """What an editable install is made of: its metadata, and not the settings of linters beside them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    made_of = [project["build-system"], project["project"], project["tool"]["hatch"]]
    return fingerprint([ROOT / "platform" / "partita" / "base" / "version.py"], json.dumps(made_of))


def ensure_besides(lock: Path) -> None:
    """Adds a lock to whatever is installed already."""
    installed = json.loads(read_stamp(STAMP) or "{}")
    ensure([*(ROOT / name for name in installed if (ROOT / name).is_file()), lock])


def _create() -> None:
    with phase("virtual environment"):
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        _run([sys.executable, "-m", "venv", str(ENVIRONMENT)])


def _install(lock: Path) -> None:
    """Downloading and installing apart, so that the seconds of the network can be told from ours."""
    hashed = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "--requirement", str(lock))
    WHEELS.mkdir(parents=True, exist_ok=True)
    with phase(f"download of {lock.name}"):
        _pip("download", *hashed, "--dest", str(WHEELS))
    with phase(f"installation of {lock.name}"):
        _pip("install", *hashed, "--no-index", "--find-links", str(WHEELS))
    shutil.rmtree(WHEELS)


def _remove_unlisted(locks: Sequence[Path]) -> None:
    listed = {
        _plain(name) for lock in locks for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock.read_text("utf-8"), re.M)
    }
    present = {_plain(name) for name in _run([str(binary("python")), "-c", LIST]).split()}
    extra = sorted(present - listed - KEPT)
    if extra:
        _pip("uninstall", "--yes", *extra)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _pip(*arguments: str) -> None:
    _run([str(binary("python")), "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments])


def _run(command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        shown = " ".join(command[:6])
        raise Stopped(f"{shown} … failed:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout
