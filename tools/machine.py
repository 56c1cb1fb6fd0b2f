"""What must stand on the machine itself, and how it comes there: by apt as root, otherwise a list for the person."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

from tools.phases import Stopped, phase


def _has_font(folder: str) -> bool:
    return any(Path("/usr/share/fonts").glob(f"**/{folder}/*"))


def _has_postgresql() -> bool:
    return shutil.which("initdb") is not None or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def _has_venv() -> bool:
    return importlib.util.find_spec("ensurepip") is not None and importlib.util.find_spec("venv") is not None


PRESENT: dict[str, Callable[[], bool]] = {
    "python3-venv": _has_venv,
    "chromium": lambda: Path("/usr/bin/chromium").exists() or shutil.which("chromium") is not None,
    "postgresql": _has_postgresql,
    # The driver of Playwright is a Node.js that needs it.
    "libatomic1": lambda: any(Path("/usr").glob("lib*/**/libatomic.so.1")),
    "fonts-dejavu-core": lambda: _has_font("dejavu"),
    "fonts-noto-core": lambda: _has_font("noto"),
}
FOR_RUN = ("python3-venv",)
# What a suite needs, by the word that leaves the suite out in PARTITA_TEST_WITHOUT.
FOR_TESTS = {"postgres": ("postgresql",), "browser": ("chromium", "libatomic1", "fonts-dejavu-core", "fonts-noto-core")}


def test_packages() -> list[str]:
    left_out = os.environ.get("PARTITA_TEST_WITHOUT", "").replace(",", " ").split()
    suites = [packages for suite, packages in FOR_TESTS.items() if suite not in left_out]
    return [*FOR_RUN, *(name for packages in suites for name in packages)]


def ensure(packages: Iterable[str]) -> None:
    """Installs only what is missing; a machine that has everything is not touched at all."""
    missing = [name for name in packages if not PRESENT[name]()]
    if not missing:
        return
    command = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Stopped(f"This machine lacks: {', '.join(missing)}.\nAs root on Debian or Ubuntu: {command}")
    with phase(f"system packages: {', '.join(missing)}"):
        _apt("update", "-qq")
        _apt("install", "-y", "-qq", "--no-install-recommends", *missing)


def _apt(*arguments: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["apt-get", *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise Stopped(f"apt-get {' '.join(arguments)} failed:\n{done.stdout.decode(errors='replace')[-2000:]}")
