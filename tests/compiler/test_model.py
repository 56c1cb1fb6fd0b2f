"""What a person would expect without a word: defaults, generated forms, lists and tabs; what the build resolves."""

import pytest

from partita.compiler.compiled import Compiled
from partita.compiler.pipeline import compile_sources
from partita.model.model import Model
from partita.model.record_type import RecordType
from tests.compiler.bad_files import PACK, good_sources

BOOK = "kind: reference_book\nname: thing\nlabel: Вещь\nfields:\n"


def compiled(text: str, **files: str) -> Compiled:
    extra = {f"bad/{name}.yaml": source for name, source in files.items()}
    return compile_sources(good_sources() | {"bad/pack.yaml": PACK, "bad/x.yaml": text} | extra)


def model_of(text: str, **files: str) -> Model:
    found = compiled(text, **files)
    assert found.model is not None, [(f.code, str(f.span), f.text("en")) for f in found.findings]
    return found.model


def thing(fields: str) -> RecordType:
    return model_of(BOOK + fields).types["bad.thing"]


def placed(record_type: RecordType) -> list[str]:
    return [name for tab in record_type.form.tabs for section in tab.sections for name in section.fields]


def test_the_least_book_has_everything() -> None:
    book = thing("  name: {type: text}\n  note: {type: multiline}\n")
    assert book.title.text == "{name}"
    assert list(book.fields) == ["id", "created_at", "created_by", "changed_at", "changed_by", "name", "note"]
    assert book.lists["default"].columns == ("name",)
    assert [(key.field, key.descending) for key in book.lists["default"].sort] == [("name", False)]
    assert sorted(placed(book)) == sorted(book.fields)
    assert dict(book.plural) == {"ru": "Вещь"}


def test_a_request_has_its_built_in_fields_and_a_list_by_date() -> None:
    request = model_of("").types["base.inquiry"]
    built_in = [field.name for field in request.fields.values() if not field.own]
    assert {"number", "state", "registered_at", "counterparty", "channel", "first_time", "responsible"} <= set(built_in)
    assert {"executors", "result", "reason", "decision", "decision_text", "decided_at", "decided_by"} <= set(built_in)
    assert request.lists["default"].columns[:3] == ("number", "registered_at", "counterparty")
    assert request.lists["default"].columns[-2:] == ("state", "responsible")
    assert request.lists["default"].sort[0].field == "registered_at"
    assert request.fields["counterparty"].required is True
    assert request.fields["first_time"].read_only is True
    assert list(request.fields["state"].options) == ["accepted", "in_work", "done"]
    assert list(request.fields["decision"].options) == ["to_work", "terms", "other"]


def test_every_field_stands_on_the_form_once() -> None:
    for record_type in model_of("").types.values():
        assert sorted(placed(record_type)) == sorted(record_type.fields)


def test_fields_left_out_of_a_form_are_added_to_it() -> None:
    book = thing("  one: {type: text}\n  two: {type: text}\nform: {tabs: {a: {sections: {s: {fields: [two]}}}}}\n")
    assert [section.fields for section in book.form.tabs[0].sections] == [("two",), ("one",)]


def test_a_field_asked_by_a_decision_belongs_to_the_type_and_shows_for_it_only() -> None:
    field = model_of("").types["base.inquiry"].fields["possible_date"]
    assert field.asked_by == ("terms",)
    assert getattr(field.visible, "text", "") == "decision == terms"
    assert field.required is True


def test_two_decisions_may_ask_one_field() -> None:
    text = (
        "kind: decision_catalog\nname: d\ndecisions:\n"
        "  a: {class: accept, ask: {day: {type: date, required: true}}}\n"
        "  b: {class: refuse, ask: {day: {type: date}}}\n---\n"
        "kind: request_type\nname: ask\nstates: cycle\nnumbering: numbers\ndecisions: d\n"
    )
    model = model_of(text)
    field = model.types["bad.ask"].fields["day"]
    assert field.asked_by == ("a", "b")
    assert getattr(field.visible, "text", "") == "decision in (a, b)"
    assert field.required is False
    assert [d.ask["day"] for d in model.catalogs["bad.d"].decisions.values()] == ["required", "optional"]


def test_a_link_is_called_as_its_target() -> None:
    assert dict(thing("  where_from: {type: link, to: region}\n").fields["where_from"].label) == {"ru": "Регион"}


def test_a_name_without_words_is_made_readable() -> None:
    assert dict(thing("  wanted_by: {type: date}\n").fields["wanted_by"].label) == {"ru": "Wanted by"}


@pytest.mark.parametrize(
    ("field", "attribute", "value"),
    [
        ("{type: text}", "length", 500),
        ("{type: multiline}", "length", 0),
        ("{type: money}", "scale", 2),
        ("{type: money}", "currency", "RUB"),
        ("{type: percent}", "scale", 2),
        ("{type: decimal}", "scale", 3),
        ("{type: decimal, scale: 1}", "scale", 1),
        ("{type: code}", "format", "none"),
        ("{type: boolean}", "visible", True),
        ("{type: boolean}", "required", False),
    ],
)
def test_a_field_has_the_expected_default(field: str, attribute: str, value: object) -> None:
    assert getattr(thing(f"  x: {field}\n").fields["x"], attribute) == value


def test_a_bare_number_or_truth_is_a_formula() -> None:
    fields = thing(
        "  a: {type: integer, default: 5}\n  b: {type: boolean, default: true}\n  c: {type: decimal, default: 0.10}\n"
    ).fields
    assert [getattr(fields[name].default, "text", "") for name in "abc"] == ["5", "true", "0.10"]


def test_tabs_of_related_records_are_made_for_every_link_here() -> None:
    related = model_of("").types["base.region"].related
    assert [(tab.type.qualified, tab.by) for tab in related.values()] == [("base.organization", "region")]
    assert dict(model_of("").types["base.organization"].related)["base_inquiry_counterparty"].by == "counterparty"


def test_no_related_tabs_where_the_author_wants_none() -> None:
    assert len(thing("  name: {type: text}\n  up: {type: link, to: thing}\nrelated: {}\n").related) == 0


def test_a_state_takes_the_flags_of_another() -> None:
    text = (
        "kind: state_scheme\nname: s\ninitial: a\nstates:\n"
        "  a: {category: open, flags: {result: [required], all: [read_only]}}\n"
        "  b: {category: active, like: a, flags: {result: [hidden]}}\n  c: {category: done, like: b}\n"
        "transitions:\n  any_to_c: {from: any, to: c}\n  stay: {from: any, to: same}\n"
        "  a_to_b: {from: [a], to: b}\n"
    )
    scheme = model_of(text).schemes["bad.s"]
    assert dict(scheme.states["b"].flags) == {"result": ("hidden",), "all": ("read_only",)}
    assert scheme.states["c"].flags == scheme.states["b"].flags
    assert scheme.transitions["any_to_c"].sources == ("a", "b")
    assert scheme.transitions["stay"].sources == ("a", "b", "c")


def test_who_may_is_resolved() -> None:
    allow = model_of("").schemes["base.cycle"].transitions["take"].allow
    assert [(who.kind, str(who.role or who.field)) for who in allow] == [
        ("role", "role/base.operator"),
        ("field", "responsible"),
    ]


def test_a_grant_of_all_is_spelled_out_and_a_named_one_stands_instead() -> None:
    text = (
        "kind: role\nname: r\ngrants:\n  all: {read: true, commands: all, transitions: all}\n"
        "  region: {read: true, change: true, fields: {all: read, name: change}}\n"
    )
    grants = {grant.type.qualified: grant for grant in model_of(text).roles["bad.r"].grants}
    assert "decide" in grants["base.inquiry"].commands
    assert "decide" not in grants["base.employee"].commands
    assert grants["base.inquiry"].transitions == ("take", "finish")
    assert grants["base.region"].commands == ()
    assert grants["base.region"].fields["code"] == "read"
    assert grants["base.region"].fields["name"] == "change"
    assert len(grants["base.inquiry"].fields) == 0


def test_what_depends_on_what_is_known_to_the_form() -> None:
    dependents = model_of("").types["base.inquiry"].dependents
    assert dependents["lines.qty"] == ("lines.sum",)
    assert dependents["lines.sum"] == ("total",)
    assert dependents["decision"] == ("possible_date",)


def test_a_type_of_its_own_pack_comes_first_and_required_packs_are_seen_through() -> None:
    other = {"far/pack.yaml": "pack: far\nversion: 1\nrequires: {bad: '>=1'}\n"}
    other["far/x.yaml"] = (
        "kind: reference_book\nname: store\nfields:\n"
        "  region: {type: link, to: region}\n  two: {type: link, to: base.region}\n"
    )
    own = "kind: reference_book\nname: spot\nfields:\n  name: {type: text}\n"
    found = compile_sources(good_sources() | {"bad/pack.yaml": PACK, "bad/x.yaml": own} | other)
    assert found.model is not None
    fields = found.model.types["far.store"].fields
    assert str(fields["region"].to) == str(fields["two"].to) == "reference_book/base.region"


def test_data_rows_are_plain_and_typed() -> None:
    text = "kind: data\nname: d\ninto: inquiry\nrows:\n"
    text += "  a: {counterparty: o, product: 15, quantity: 2, urgent: true, lines: [{qty: 1.50, price: 2}]}\n---\n"
    text += "kind: data\nname: o\ninto: organization\nrows:\n  o: {name: Орион, inn: 7707083893}\n"
    model = model_of(text)
    row = model.data["bad.d"].rows["a"]
    assert (row["product"], row["quantity"], row["urgent"]) == ("15", 2, True)
    assert dict(row["lines"][0]) == {"qty": "1.50", "price": "2"}
    assert model.data["bad.o"].rows["o"]["inn"] == "7707083893"


def test_steps_of_a_scenario_know_who_acts_and_on_what() -> None:
    text = (
        "kind: scenario\nname: s\nat: 2026-11-21T09:00+03:00\npeople: {anna: [operator], boss: [operator]}\nsteps:\n"
        "  bad_one: {as: anna, create: inquiry, values: {quantity: many}, refused: {quantity: W005}}\n"
        "  made: {create: inquiry, values: {product: X, counterparty: c}}\n  later: {wait: days(1)}\n"
        "  refusal: {create: inquiry, values: {}, refused: {product: W001}}\n"
        "  taken: {as: boss, transition: take, expect: {state: in_work, result: empty}}\n"
    )
    steps = {step.name: step for step in model_of(text).scenarios["bad.s"].steps}
    assert steps["taken"].on == "made"
    assert steps["made"].actor == "anna"
    assert steps["taken"].expect["result"] == "empty"


def test_groups_keep_the_order_of_the_menu() -> None:
    sources = good_sources() | {
        "aaa/pack.yaml": "pack: aaa\nversion: 1\nrequires: {base: '>=1'}\ngroups: {z: Я, a: А}\n"
    }
    found = compile_sources(sources)
    assert found.model is not None
    assert list(found.model.groups) == ["books", "z", "a"]
