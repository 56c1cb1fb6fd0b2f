"""The repository as tests about it see it: tracked files and parsed modules."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "platform" / "partita"
TEXTS = {"", ".py", ".yaml", ".yml", ".toml", ".json", ".md", ".html", ".j2", ".js", ".css", ".lock", ".txt", ".csv"}


@cache
def files() -> tuple[Path, ...]:
    """What is tracked, or would be if it were added now."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file())


def texts() -> tuple[Path, ...]:
    return tuple(path for path in files() if path.suffix in TEXTS)


def text_of(path: Path) -> str:
    """Hostile samples of tests are no good UTF-8; what can be read of them is read."""
    return path.read_text(encoding="utf-8", errors="replace")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def modules(*folders: str) -> tuple[Path, ...]:
    roots = tuple(ROOT / folder for folder in folders)
    return tuple(path for path in files() if path.suffix == ".py" and any(path.is_relative_to(root) for root in roots))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(tree: ast.AST) -> set[str]:
    """Absolute names of everything imported anywhere below the node."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
