"""Tables of the manual as rows of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "formulas.md"
_CELL = re.compile(r"(?<!\\)\|")


def rows(first: str, second: str) -> Iterator[list[str]]:
    """The rows of every table whose header begins with these two words."""
    wanted = False
    for line in REFERENCE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip().replace("\\|", "|") for cell in _CELL.split(line.strip())[1:-1]]
        if not cells:
            wanted = False
        elif cells[:2] == [first, second]:
            wanted = True
        elif wanted and not set(cells[0]) <= {"-"}:
            yield cells


def code(cell: str) -> str:
    """What stands between the backticks."""
    return cell.removeprefix("`").removesuffix("`")
