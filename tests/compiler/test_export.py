"""Schemas for editors: standard JSON Schema that accepts what the compiler accepts and refuses what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry

from partita.compiler.schemas.export import export
from partita.compiler.schemas.kinds import SCHEMAS
from partita.compiler.schemas.validate import validator_of
from partita.sources.read import read_text
from tests.compiler.bad_files import BAD, GOLDEN, read


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Draft202012Validator]:
    folder = tmp_path_factory.mktemp("schemas")
    export(folder)
    schemas = {path.name.removesuffix(".schema.json"): json.loads(path.read_text("utf-8")) for path in folder.iterdir()}
    assert set(schemas) == {*SCHEMAS, "document"}
    return {kind: Draft202012Validator(schemas[kind], registry=Registry()) for kind in SCHEMAS}


def documents(path: Path) -> list[tuple[str, dict[str, Any]]]:
    read_documents, _ = read_text(read(path), path.name)
    found = [("pack" if path.name == "pack.yaml" else str(d.data.get("kind")), dict(d.data)) for d in read_documents]
    return [(kind, data) for kind, data in found if kind in SCHEMAS]


def test_exported_schemas_are_schemas_without_foreign_keywords(exported: dict[str, Draft202012Validator]) -> None:
    for validator in exported.values():
        Draft202012Validator.check_schema(validator.schema)
        assert '"x-' not in json.dumps(validator.schema)


@pytest.mark.parametrize(
    "path", sorted([*(GOLDEN / "base").glob("*.yaml"), *(GOLDEN / "full").glob("*.yaml")]), ids=lambda path: path.stem
)
def test_good_documents_are_accepted(path: Path, exported: dict[str, Draft202012Validator]) -> None:
    for kind, data in documents(path):
        assert [error.message for error in exported[kind].iter_errors(data)] == []


@pytest.mark.parametrize("path", [p for p in BAD if p.stem.startswith("schema")], ids=lambda path: path.stem)
def test_editors_refuse_what_the_compiler_refuses(path: Path, exported: dict[str, Draft202012Validator]) -> None:
    for kind, data in documents(path):
        ours = any(validator_of(SCHEMAS[kind]).iter_errors(data))
        theirs = any(exported[kind].iter_errors(data))
        assert theirs == ours or _only_a_long_name(data)


def _only_a_long_name(data: dict[str, Any]) -> bool:
    return any(len(str(name)) > 40 for name in data.get("fields", {}))


def test_every_key_is_explained_in_both_languages() -> None:
    silent = [(kind, key) for kind, schema in SCHEMAS.items() for key in _silent(schema, kind)]
    assert silent == []


def _silent(schema: Any, path: str) -> list[str]:
    found = []
    for name, part in schema.get("properties", {}).items():
        if schema.get("x-grammar") != "words":
            found += [] if part.get("x-ru") and part.get("x-en") else [f"{path}.{name}"]
            found += _silent(part, f"{path}.{name}")
    if isinstance(schema.get("additionalProperties"), dict):
        found += _silent(schema["additionalProperties"], f"{path}.*")
    for case in schema.get("x-select", {}).get("cases", {}).values():
        found += _silent(case, path)
    return found
