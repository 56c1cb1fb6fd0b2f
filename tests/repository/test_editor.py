"""What editors are told about YAML is what the compiler holds."""

from __future__ import annotations

import json
import re
from pathlib import Path

from partita.compiler.schemas.export import export
from tests.support.checkout import ROOT, files, named

MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")


def packed() -> list[Path]:
    """The YAML of the packs that come with the product."""
    roots = (ROOT / "metadata", ROOT / "vertical_solutions")
    return [path for path in files() if path.suffix == ".yaml" and any(path.is_relative_to(root) for root in roots)]


def test_the_schemas_in_the_repository_are_those_of_the_compiler(tmp_path: Path) -> None:
    """When this fails: `make schemas`."""
    fresh = {path.name: path.read_text(encoding="utf-8") for path in export(tmp_path)}
    kept = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "schemas").glob("*.json")}
    assert sorted(fresh) == sorted(kept)
    assert [name for name in fresh if fresh[name] != kept[name]] == []


def test_every_file_of_a_pack_names_its_schema_in_its_first_line() -> None:
    assert packed()
    wrong = []
    for path in packed():
        found = MODELINE.match(path.read_text(encoding="utf-8"))
        wanted = "pack.schema.json" if path.name == "pack.yaml" else "document.schema.json"
        if not found or (path.parent / found[1]).resolve() != ROOT / "schemas" / wanted:
            wrong.append(named(path))
    assert wrong == []


def test_the_editor_is_pointed_at_schemas_that_exist() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert [schema for schema in settings["yaml.schemas"] if not (ROOT / schema).is_file()] == []
