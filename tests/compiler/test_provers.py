"""The provers find what can never happen, with a path or a counter-example, and claim nothing they cannot prove."""

import pytest

from partita.base.diagnostics import Diagnostic, render_text
from partita.compiler.checks.cycles import cycles
from partita.compiler.pipeline import compile_sources

PACK = 'pack: p\nversion: 1.0.0\nlabel: П\nlanguages: [ru]\nrequires: {base: ">=1"}\n'
BASE = "pack: base\nversion: 1.0.0\nlabel: База\nlanguages: [ru]\n"
PEOPLE = "kind: reference_book\nname: employee\nlabel: Сотрудник\nfields: {name: {type: text, label: Имя}}\n"
HEAD = "kind: request_type\nname: ask\nlabel: Запрос\nnumbering: n\nstates: s\n"
NUMBERING = 'kind: numbering\nname: "n"\nlabel: Н\ntemplate: "{seq}"\n'
PLAIN = "fields: {x: {type: text, label: Х}}\n"
SCHEME = """kind: state_scheme
name: s
label: С
initial: a
states:
  a: {label: А, category: open}
  b: {label: Б, category: done}
transitions:
  go: {label: Идти, from: [a], to: b}
"""
ROLE = "kind: role\nname: r\nlabel: Р\ngrants: {ask: {read: true, create: true, change: true, transitions: all}}\n"


def prove(fields: str = PLAIN, scheme: str = SCHEME, role: str = ROLE) -> list[Diagnostic]:
    sources = {
        "base/pack.yaml": BASE,
        "base/people.yaml": PEOPLE,
        "p/pack.yaml": PACK,
        "p/ask.yaml": HEAD + fields,
        "p/n.yaml": NUMBERING,
        "p/s.yaml": scheme,
        "p/r.yaml": role,
    }
    found = list(compile_sources(sources).findings)
    for finding in found:
        for language in ("ru", "en"):
            assert render_text(finding, language, lambda file: sources[file].splitlines())
    return found


def only(found: list[Diagnostic]) -> Diagnostic:
    assert len(found) == 1, [(f.code, dict(f.params)) for f in found]
    return found[0]


def proved(fields: str) -> Diagnostic:
    return only([finding for finding in prove(fields) if finding.code.startswith("P")])


def test_a_scheme_in_order_has_no_findings() -> None:
    assert prove() == []


def test_a_state_that_no_path_reaches_is_found_at_its_place() -> None:
    finding = only(prove(scheme=SCHEME.replace("transitions:", "  c: {label: В, category: done}\ntransitions:")))
    assert (finding.code, finding.params["state"], finding.params["reached"]) == ("P001", "c", "a, b")
    assert finding.span is not None
    assert finding.span.line == 8


def test_a_state_without_a_way_out_that_is_not_final_is_a_dead_end_with_the_path_to_it() -> None:
    finding = only(prove(scheme=SCHEME.replace("category: done", "category: active")))
    assert (finding.code, finding.params["state"], finding.params["way"]) == ("P002", "b", "a → b")


def test_states_that_circle_without_ever_ending_are_a_trap() -> None:
    states = "  c: {label: В, category: active}\n  d: {label: Г, category: waiting}\ntransitions:"
    moves = (("into", "a", "c"), ("onward", "c", "d"), ("back", "d", "c"))
    scheme = SCHEME.replace("transitions:", states)
    scheme += "".join(f"  {name}: {{label: П, from: [{source}], to: {to}}}\n" for name, source, to in moves)
    found = prove(scheme=scheme)
    assert [(f.code, f.params["state"]) for f in found] == [("P003", "c"), ("P003", "d")]
    assert found[1].params["way"] == "a → c → d"


def test_a_transition_that_no_role_grants_is_told() -> None:
    finding = only(prove(role=ROLE.replace("transitions: all", "commands: all")))
    assert (finding.code, finding.severity, finding.params["transition"]) == ("P004", "warning", "go")


def test_a_transition_granted_to_others_than_allow_admits_is_told_with_both_lists() -> None:
    other = "---\nkind: role\nname: boss\nlabel: Б\ngrants: {ask: {read: true}}\n"
    scheme = SCHEME.replace("to: b}", "to: b, allow: [role.boss]}")
    finding = only(prove(scheme=scheme, role=ROLE + other))
    assert (finding.code, finding.params["granted"], finding.params["allowed"]) == ("P006", "r", "boss")


def test_a_transition_for_actions_only_that_no_action_fires_is_found() -> None:
    scheme = SCHEME + "  quiet: {label: Т, from: [a], to: b, fires: only_by_action}\n"
    finding = only(prove(scheme=scheme))
    assert (finding.code, finding.params["transition"]) == ("P005", "quiet")


@pytest.mark.parametrize(
    ("key", "formula", "kind"),
    [("visible", "{} is empty", "text"), ("default", "{}", "text"), ("compute", "{} + 1", "integer")],
)
def test_fields_that_need_each_other_are_a_circle(key: str, formula: str, kind: str) -> None:
    rows = [
        f"  {name}: {{type: {kind}, label: Х, {key}: '{formula.format(other)}'}}\n"
        for name, other in ("xy", "yz", "zx")
    ]
    found = [f for f in prove("fields:\n" + "".join(rows)) if f.code == "P010"]
    assert only(found).params["cycle"] == "x → y → z → x"


def test_a_sum_of_rows_that_read_the_sum_is_a_circle() -> None:
    fields = """fields:
  lines:
    type: table
    label: Строки
    fields: {part: {type: money, label: Д, compute: parent.total * 2}}
  total: {type: money, label: И, compute: sum(lines.part)}
"""
    found = [f for f in prove(fields) if f.code == "P010"]
    assert only(found).params["cycle"] == "lines.part → total → lines.part"


def questions(*lines: str) -> str:
    first = "fields:\n  tint: {type: choice, label: В, options: {red: К, blue: С}}\n"
    return first + "".join(f"  {line}\n" for line in lines)


NEVER = {
    "two values at once": "tint == red and tint == blue",
    "none of all options yet filled": "tint is not empty and tint != red and tint != blue",
    "a whole number between its neighbours": "size > 10 and size < 11",
}
PERHAPS = {
    "an answer": "tint == red",
    "a number": "size > 10 and size < 12",
    "arithmetic is not claimed about": "size * 2 == 3 and size == 7",
    "a function is not claimed about": "length(word) > 3 and word is empty",
    "people are not claimed about": "user is empty and user is not empty",
}


@pytest.mark.parametrize("condition", NEVER.values(), ids=NEVER)
def test_a_question_that_no_answer_reaches_is_found(condition: str) -> None:
    asked = f'q: {{type: text, label: В, visible: "{condition}"}}'
    finding = proved(questions("size: {type: integer, label: Р}", asked))
    assert (finding.code, finding.params["field"]) == ("P012", "q")
    assert finding.params["tried"] > 1


@pytest.mark.parametrize("condition", PERHAPS.values(), ids=PERHAPS)
def test_nothing_is_claimed_about_a_condition_that_may_hold(condition: str) -> None:
    asked = f'q: {{type: text, label: В, visible: "{condition}"}}'
    fields = questions("size: {type: integer, label: Р}", "word: {type: text, label: С}", asked)
    assert [f.code for f in prove(fields) if f.code.startswith("P01")] == []


def test_a_question_under_a_hidden_question_is_never_reached() -> None:
    outer = "a: {type: boolean, label: А, visible: tint == red}"
    inner = "b: {type: text, label: Б, visible: a and tint == blue}"
    finding = proved(questions(outer, inner))
    assert (finding.code, finding.params["field"]) == ("P012", "b")


def test_required_but_never_visible_comes_with_the_answers_that_lead_there() -> None:
    line = "q: {type: text, label: В, required: tint == red, visible: tint == red and tint == blue}"
    finding = proved(questions(line))
    assert (finding.code, finding.params["example"]) == ("P011", "tint = red")


def test_an_option_that_is_never_offered_is_told() -> None:
    line = "c: {type: choice, label: Ц, options: {one: О, two: {label: Д, when: tint == red and tint == blue}}}"
    finding = proved(questions(line))
    assert (finding.code, finding.params["option"]) == ("P015", "two")


def test_a_guard_that_can_never_hold_is_found() -> None:
    guard = "to: b, guard: {must: result is empty and result is not empty, say: Нет}}"
    finding = only(prove(scheme=SCHEME.replace("to: b}", guard)))
    assert (finding.code, finding.params["transition"]) == ("P014", "go")


@pytest.mark.parametrize(
    ("graph", "found"),
    [
        ({"a": {"a"}}, [("a", "a")]),
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"c": {"a"}, "a": {"b"}, "b": {"c"}}, [("a", "b", "c", "a")]),
    ],
)
def test_each_circle_is_told_once_from_its_first_name(graph: dict[str, set[str]], found: list[tuple[str, ...]]) -> None:
    assert sorted(cycles(graph)) == found
