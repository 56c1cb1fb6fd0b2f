"""Rules of the code that no linter knows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.support.checkout import PACKAGE, imported, modules, named, parsed

PRODUCT = modules("platform", "plugins", "vertical_solutions")
LONGEST_FILE = 500
LONGEST_FUNCTION = 60
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|X[X]X|HA[C]K|NotImplemented[E]rror)\b")
# Extras that an installation may lack: only they may be imported where they are used.
OPTIONAL = {"psycopg"}


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_every_folder_of_code_opens_with_a_paragraph() -> None:
    folders = {path.parent for path in modules("platform/partita")}
    assert [named(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_a_package_file_holds_a_docstring_and_no_code() -> None:
    packages = [path for path in modules("platform/partita") if path.name == "__init__.py"]
    assert [
        named(path) for path in packages if not ast.get_docstring(parsed(path)) or len(parsed(path).body) != 1
    ] == []


def test_imports_stand_at_the_top() -> None:
    lazy = [
        f"{named(path)}:{function.lineno} imports {', '.join(sorted(names))}"
        for path in PRODUCT
        for function in functions(path)
        if (names := {name for name in imported(function) if name.split(".")[0] not in OPTIONAL})
    ]
    assert lazy == []


def test_plugins_and_packs_come_in_by_the_one_door() -> None:
    beside = {
        f"{named(path)}: {name}"
        for path in modules("plugins", "vertical_solutions", "metadata")
        for name in imported(parsed(path))
        if name.split(".")[0] == "partita" and not name.startswith(doors(path))
    }
    assert beside == set()


def doors(path: Path) -> tuple[str, ...]:
    return ("partita.api", "partita.testing") if "tests" in path.parts else ("partita.api",)


def test_files_and_functions_are_short_enough_to_read() -> None:
    long_files = [named(path) for path in PRODUCT if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE]
    long_functions = [
        f"{named(path)}:{function.lineno} {function.name}"
        for path in PRODUCT
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    ]
    assert long_files + long_functions == []


def test_nothing_is_left_unfinished() -> None:
    marks = [
        f"{named(path)}:{number}"
        for path in PRODUCT
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert marks == []


def test_the_package_tells_that_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()
