"""`explain ADDRESS`: what stands there, who wrote it and where, who reads it; an unknown address gets the nearest."""

from partita.compiler.explain import explain
from partita.compiler.pipeline import compile_sources
from tests.compiler.bad_files import PACK, good_sources

COMPILED = compile_sources(good_sources())


def test_a_declared_leaf_shows_its_value_and_place() -> None:
    found = explain(COMPILED, "request_type/base.inquiry#fields.quantity.min")
    assert found.declared
    assert found.value == {"$": "Decimal", "v": "1"}
    assert str(found.span).startswith("base/work.yaml:")
    assert found.pack == "base"


def test_a_default_is_known_as_such() -> None:
    found = explain(COMPILED, "request_type/base.inquiry#fields.quantity.unique")
    assert (found.found, found.declared, found.value) == (True, False, False)


def test_a_built_in_field_is_explained_by_its_type() -> None:
    found = explain(COMPILED, "request_type/base.inquiry#fields.channel.type")
    assert (found.value, found.declared) == ("choice", False)


def test_a_field_names_those_that_read_it() -> None:
    assert explain(COMPILED, "request_type/base.inquiry#fields.lines.fields.qty").read_by == ("lines.sum",)


def test_a_whole_thing_and_a_pack_have_addresses_too() -> None:
    assert explain(COMPILED, "state_scheme/base.cycle#transitions.take.to").value == "in_work"
    assert explain(COMPILED, "role/base.operator#grants.region.read").value is True
    assert explain(COMPILED, "decision_catalog/base.decisions#decisions.terms.class").value == "refuse"
    assert explain(COMPILED, "pack/base.base#settings.answer_days.type").value == "integer"
    assert explain(COMPILED, "role/base.operator").value["$"] == "Role"


def test_an_unknown_address_is_answered_with_the_nearest() -> None:
    found = explain(COMPILED, "request_type/base.inquiry#fields.quantiti.min")
    assert not found.found
    assert "request_type/base.inquiry#fields.quantity.min" in found.nearest
    assert not explain(COMPILED, "nonsense").found


def test_places_are_told_even_when_the_configuration_has_errors() -> None:
    sources = good_sources() | {"bad/pack.yaml": PACK, "bad/x.yaml": "kind: role\n"}
    found = explain(compile_sources(sources), "request_type/base.inquiry#fields.quantity")
    assert found.found
    assert found.span


def test_every_formula_of_the_model_has_an_origin_or_is_generated() -> None:
    assert COMPILED.program is not None
    strange = [key for key in COMPILED.program.trees if key.partition("|")[2] not in COMPILED.origins]
    assert all(".visible" in key or "channel.default" in key for key in strange)
