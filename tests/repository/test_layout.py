"""The shape of the repository that other tools and people rely on."""

from __future__ import annotations

import platform
import re
import subprocess
import sys
from pathlib import Path

from partita.cli.main import main as commands
from tests.support.checkout import PACKAGE, ROOT, files, named, project

TOP_LEVEL = (
    ".ci/run",
    ".editorconfig",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "config.example.yaml",
    "docs",
    "metadata",
    "package-lock.json",
    "package.json",
    "platform/partita",
    "plugins",
    "pyproject.toml",
    "requirements.lock",
    "tests",
    "themes/default",
    "vertical_solutions",
)


def test_the_platform_folder_does_not_hide_the_standard_library() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert Path(platform.__file__).name == "platform.py"
    told = subprocess.run(
        [sys.executable, "-c", "import platform, uuid; print(platform.python_version())"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert told.stdout.strip() == platform.python_version(), told.stderr


def test_everything_that_people_look_for_stands_at_the_top() -> None:
    assert [name for name in TOP_LEVEL if not (ROOT / name).exists()] == []


def test_every_floor_stands_on_the_plan() -> None:
    contracts = project()["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    planned = {floor.strip() for layer in layers for floor in layer.split("|")}
    present = {path.parent.name for path in files() if path.match("platform/partita/*/__init__.py")}
    assert present == planned


def test_every_suite_of_tests_has_a_budget_of_seconds() -> None:
    suites = {path.relative_to(ROOT / "tests").parts[0] for path in files() if path.match("tests/**/test_*.py")}
    assert suites - set(project()["tool"]["partita"]["test_budgets"]) == set()


def test_folders_of_tests_are_no_packages() -> None:
    assert [named(path) for path in files() if path.is_relative_to(ROOT / "tests") and path.name == "__init__.py"] == []


def test_the_version_is_written_once() -> None:
    text = (PACKAGE / "base" / "version.py").read_text(encoding="utf-8")
    version = re.search(r'__version__ = "([^"]+)"', text)
    assert version
    assert f"## {version[1]}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "version" in project()["project"]["dynamic"]


def test_the_commands_that_the_readme_names_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    wanted = set(re.findall(r"(?:`|\$ )(?:\S+=\S+ )?make ([a-z-]+)", readme))
    assert wanted
    assert wanted - set(re.findall(r"^([a-z-]+):", makefile, re.M)) == set()


def test_the_readme_names_every_command_of_the_product() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    paragraph = readme[readme.index("The commands of an installation") :].split("\n\n")[0]
    named_there = {word.removeprefix("partita ") for word in re.findall(r"`([a-z ]+)`", paragraph)}
    assert named_there == set(commands.commands)


def test_the_folders_that_the_readme_names_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", readme) + re.findall(r"^\| `([\w./]+)`", readme, re.M)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
