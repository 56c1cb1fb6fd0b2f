"""All static checks in one go: each is run even if an earlier one found something, and what they found is printed."""

from __future__ import annotations

import subprocess
import sys
import time

from tools.places import ROOT, binary

CHECKS = {
    "ruff format": ("ruff", "format", "--check", "--quiet", "."),
    "ruff check": ("ruff", "check", "--quiet", "--output-format=concise", "."),
    "mypy": ("mypy", "--no-error-summary"),
    "imports between floors": ("lint-imports", "--no-logo", "--no-cache"),
}


def main() -> int:
    failed = [title for title, command in CHECKS.items() if not _passes(title, command)]
    if failed:
        print(f"\nStatic checks failed: {', '.join(failed)}. `make format` mends formatting.", file=sys.stderr)
    return 1 if failed else 0


def _passes(title: str, command: tuple[str, ...]) -> bool:
    started = time.monotonic()
    done = subprocess.run([str(binary(command[0])), *command[1:]], cwd=ROOT, capture_output=True, text=True)
    print(f"{time.monotonic() - started:7.1f} s  {title}{'' if done.returncode == 0 else ': FAILED'}", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
