"""Writes the locks: exact versions with hashes for every platform, and no addresses of any registry.

uv only compiles; it comes into a throw-away environment and is needed by nobody else.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tools.phases import Stopped, fail, phase
from tools.places import NODE_LOCK, ROOT, RUNTIME_LOCK, TEST_LOCK

LOCKS: dict[Path, tuple[str, ...]] = {
    RUNTIME_LOCK: ("pyproject.toml", "--group", "build"),
    TEST_LOCK: ("pyproject.toml", "--group", "build", "--group", "dev", "--extra", "postgres"),
    NODE_LOCK: ("--group", "node"),
}
OPTIONS = ("--universal", "--generate-hashes", "--no-header", "--no-annotate", "--python-version", "3.11", "--quiet")


def main() -> int:
    upgrade = ("--upgrade",) if "--upgrade" in sys.argv[1:] else ()
    try:
        with tempfile.TemporaryDirectory() as folder:
            compiler = _compiler(Path(folder))
            for lock, what in LOCKS.items():
                with phase(f"{lock.name}"):
                    _compile(compiler, lock, (*what, *upgrade))
    except Stopped as error:
        return fail(error)
    return 0


def _compiler(folder: Path) -> Path:
    _run([sys.executable, "-m", "venv", str(folder)])
    _run([str(folder / "bin" / "pip"), "install", "--quiet", "uv"])
    return folder / "bin" / "uv"


def _compile(uv: Path, lock: Path, what: tuple[str, ...]) -> None:
    # The runtime lock bounds the wider one: one version of a library in a checkout, whoever installs it.
    bound = ("--constraint", RUNTIME_LOCK.name) if lock == TEST_LOCK else ()
    _run([str(uv), "pip", "compile", *what, *OPTIONS, *bound, "--output-file", lock.name])
    if "://" in lock.read_text(encoding="utf-8"):
        raise Stopped(f"{lock.name} holds an address: see the index settings of this machine.")


def _run(command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise Stopped(f"{' '.join(command)} failed:\n{(done.stdout + done.stderr)[-3000:]}")


if __name__ == "__main__":
    sys.exit(main())
