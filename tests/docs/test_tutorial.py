"""The implementer's tutorial is executed literally: files are written, commands typed, answers compared."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.terminal import Terminal

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```", re.M | re.S)
CHANGES = 2


def blocks() -> list[tuple[str, str, str]]:
    return [(kind, info.strip(), body) for kind, info, body in BLOCK.findall(PAGE.read_text(encoding="utf-8"))]


def commands(body: str) -> Iterator[tuple[str, list[str]]]:
    """Each typed line with the lines that it is said to answer."""
    typed, answer = "", list[str]()
    for line in body.splitlines():
        if line.startswith("$ "):
            if typed:
                yield typed, answer
            typed, answer = line[2:], []
        else:
            answer.append(line)
    if typed:
        yield typed, answer


def says(output: str, expected: list[str]) -> bool:
    """`…` stands for anything; lines follow one another in order, others may stand between."""
    pattern = ".*".join(".*".join(re.escape(part) for part in line.split("…")) for line in expected)
    return re.search(pattern, output, re.S) is not None


def test_the_tutorial_happens_as_it_is_written(tmp_path: Path) -> None:
    assert shutil.which("bash")
    terminal = Terminal(tmp_path)
    for kind, info, body in blocks():
        if kind == "yaml":
            target = terminal.folder / info.removeprefix("file=")
            target.write_text(body, encoding="utf-8")
            continue
        assert kind == "console", kind
        for line, expected in commands(body):
            code, output = terminal.type(line)
            assert code == expected_code(line, terminal.folder), f"$ {line}\n{output}"
            assert says(output, expected), f"$ {line}\n{output}\n--- expected\n" + "\n".join(expected)


def expected_code(line: str, folder: Path) -> int:
    """What the manual says of exit codes: 1 for errors, 2 for a plan with something to do."""
    if line.startswith("partita plan"):
        return CHANGES
    broken = line.startswith("partita check") and "repiar" in (folder / "pack/repair.yaml").read_text(encoding="utf-8")
    return 1 if broken else 0


@pytest.mark.parametrize(
    ("output", "expected", "fits"),
    [("a\nb\nc", ["a", "c"], True), ("a\nb", ["b", "a"], False), ("x 7 y", ["x…y"], True), ("", ["…"], True)],
)
def test_the_comparison_can_fail(output: str, expected: list[str], fits: bool) -> None:
    assert says(output, expected) is fits
