"""Trees travel as JSON and come back the same; a program finds them by type and address."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings

from partita.base.frozen import FrozenMap
from partita.base.refs import Address
from partita.formulas.check import check_formula, check_template
from partita.formulas.program import Program, dump, key, load
from partita.formulas.python import build
from partita.formulas.tree import Tree, paths, settings_read, user_paths
from partita.formulas.types import WHOLE, Choice, Choices, Link, Number, Rows, Text, Type, of_field
from tests.formulas.texts import formulas
from tests.formulas.world import ROW_SCOPE, SCOPE, TAGS, WHERE_SCOPE


def tree_of(text: str, expected: Type | None = None) -> Tree:
    tree, findings = check_formula(text, None, SCOPE, expected, "x")
    assert tree is not None, [finding.text("en") for finding in findings]
    return tree


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=formulas())
def test_a_tree_comes_back_from_json_the_same(text: str) -> None:
    tree, _ = check_formula(text, None, SCOPE, None, "x")
    if tree is not None:
        program = Program(FrozenMap({"t.main|a": tree}))
        again = load(json.loads(json.dumps(dump(program))))
        assert again == program
        assert hash(again.trees["t.main|a"]) == hash(tree)
        assert build(again.trees["t.main|a"]) is build(tree)


def test_a_template_comes_back_from_json_the_same() -> None:
    template, _ = check_template("№ {qty:05} {kind} — {org}", None, SCOPE, "x")
    assert template is not None
    program = Program(templates=FrozenMap({"t.main|a": template}))
    assert load(json.loads(json.dumps(dump(program)))) == program
    assert paths(template) == {"qty", "kind", "org.title"}


def test_options_and_columns_do_not_burden_the_dump() -> None:
    program = Program(FrozenMap({"a": tree_of("kind == high and any(lines, grade == low)")}))
    assert "mid" not in json.dumps(dump(program))


@dataclass(frozen=True)
class Written:
    address: Address


def test_a_formula_is_found_by_the_type_that_it_was_typed_for() -> None:
    address = Address.parse("role/t.clerk#grants.t.main.where")
    tree = tree_of("flag")
    program = Program(FrozenMap({key("t.main", address): tree}))
    assert program.tree("t.main", Written(address)) is tree
    with pytest.raises(KeyError):
        program.tree("t.other", Written(address))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("qty * price", {"qty", "price"}),
        ("org.region.name == old.name", {"org.region.name", "old.name"}),
        ("sum(lines.qty)", {"lines", "lines.qty"}),
        ("all(lines, service.price > this.price)", {"lines", "lines.service.price", "price"}),
        ("head_of(boss) == user", {"boss.department.head"}),
        ("red in tags and user in helpers", {"tags", "helpers"}),
        ("kind.class == accept", {"kind"}),
        ("settings.limit > 1", set()),
    ],
)
def test_paths_name_what_is_read(text: str, read: set[str]) -> None:
    assert paths(tree_of(text)) == read


def test_paths_tell_the_record_the_holder_and_the_owner_apart() -> None:
    where, _ = check_formula("name == this.name and flag", None, WHERE_SCOPE, None, "x")
    column, _ = check_formula("qty * parent.weight", None, ROW_SCOPE, None, "x")
    assert where is not None
    assert column is not None
    assert paths(where) == {"name", "this.name", "flag"}
    assert paths(column) == {"qty", "parent.weight"}


def test_reads_of_the_user_and_of_settings_are_named() -> None:
    tree = tree_of("user.department.head == user or has_role(user, role.head) or settings.word == name")
    assert user_paths(tree) == {"", "department.head", "roles"}
    assert settings_read(tree) == {"word"}


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("integer", WHOLE),
        ("money", Number(2)),
        ("email", Text()),
        ("choice", Choice(TAGS)),
        ("choices", Choices(TAGS)),
        ("user", Link("t.employee")),
        ("table", Rows(FrozenMap({"qty": WHOLE}))),
    ],
)
def test_a_field_type_has_its_formula_type(word: str, kind: Type) -> None:
    assert of_field(word, scale=2, options=TAGS, to="t.employee", columns={"qty": WHOLE}) == kind
