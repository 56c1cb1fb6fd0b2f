"""Templates speak htmx 4: the check that comes with the package finds what is left of 2.x."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.checkout import ROOT, files, named

UPGRADE_CHECK = ROOT / "node_modules" / "htmx.org" / "dist" / "scripts" / "upgrade-check.py"
FOLDERS = ("themes", "plugins", "vertical_solutions")


def check(*paths: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(UPGRADE_CHECK), "--no-color", *paths]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


# What needs eval, and is therefore refused by the content security policy too.
EVALUATED = re.compile(
    r"""\bhx-on[:=]|\bhx-(?:vals|headers)=["']js:|\bon(?:click|change|input|submit|load)=|\bstyle=["']"""
)
ATTRIBUTE = re.compile(r"""\shx-(?!swap-oob)[a-z-]+(?::[a-z]+)?=""")


def templates() -> list[Path]:
    return [path for path in files() if path.suffix in {".html", ".j2"} and "templates" in path.parts]


def markup(path: Path) -> str:
    """The template without Jinja's own words, whose arguments look like attributes."""
    return re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", " ", path.read_text(encoding="utf-8"), flags=re.S)


def test_templates_hold_no_code_and_no_styles_of_their_own() -> None:
    assert [named(path) for path in templates() if EVALUATED.search(markup(path))] == []


def test_attributes_of_htmx_stand_in_one_file_of_macros() -> None:
    others = [path for path in templates() if path.name != "_hx.html"]
    assert [named(path) for path in others if ATTRIBUTE.search(markup(path))] == []


def test_the_check_of_htmx_does_find_leftovers(tmp_path: Path) -> None:
    old = tmp_path / "old.html"
    old.write_text('<div hx-vars="a:1"></div>', encoding="utf-8")
    assert check(str(old)).returncode == 1


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_template_holds_leftovers_of_htmx_2(folder: str) -> None:
    found = check(folder)
    assert found.returncode == 0, found.stdout + found.stderr
