"""Every mistake of an author is a finding with a code, at its exact place, with the nearest known names."""

from __future__ import annotations

import pytest

from partita.base.codes.formula import MESSAGES
from partita.base.diagnostics import Diagnostic
from partita.base.source import Span
from partita.base.text import words
from partita.formulas.check import check_formula, check_template
from partita.formulas.obstacles import check_sql
from partita.formulas.scope import Name, Scope
from partita.formulas.types import WHOLE, Boolean, Choice, Choices, Date, Link, Number, Text, Type
from tests.formulas.world import OPTIONS, ROW_SCOPE, SCOPE, TAGS, WHERE_SCOPE

LINE, COLUMN = 12, 20


def findings_of(text: str, expected: Type | None = None, quoted: bool = False) -> tuple[Diagnostic, ...]:
    width = len(text) + (2 if quoted else 0)
    span = Span("pack.yaml", LINE, COLUMN, LINE, COLUMN + width)
    return check_formula(text, span, SCOPE, expected, "request_type/t.main#fields.x.compute")[1]


def marked(text: str, finding: Diagnostic, shift: int = 0) -> str:
    """The stretch of the text that the finding points at."""
    assert finding.span is not None
    assert (finding.span.file, finding.span.line) == ("pack.yaml", LINE)
    start = finding.span.column - COLUMN - shift
    return text[start : finding.span.end_column - COLUMN - shift]


MISTAKES: tuple[tuple[str, str, str, str], ...] = (
    # the text of the formula, the code, what is marked, a nearest name
    ("", "F001", "", ""),
    ("   ", "F001", " ", ""),
    ("qty +", "F004", "+", ""),
    ("sum(lines", "F004", "lines", ""),
    ("coalesce(name,", "F004", ",", ""),
    ("kind in (low", "F004", "low", ""),
    ("qty if flag", "F004", "flag", ""),
    ("not", "F004", "not", ""),
    ("name is", "F004", "is", ""),
    ("name is not", "F004", "not", ""),
    ("name\u0007", "F005", "\u0007", ""),
    ("name == “a”", "F010", "“", ""),
    ("name == 'a", "F006", "'a", ""),
    ('name == "', "F006", '"', ""),
    ("qty qty", "F007", "qty", ""),
    ("(qty", "F004", "qty", ""),
    ("qty)", "F007", ")", ""),
    ("qty + * 2", "F007", "*", ""),
    ("settings", "F007", "settings", ""),
    ("() == qty", "F007", "()", ""),
    ("qty = 2", "F010", "=", ""),
    ("qty == 1 && flag", "F010", "&&", ""),
    ("qty <> 1", "F010", "<>", ""),
    ("name is None", "F010", "None", ""),
    ("name == null", "F010", "null", ""),
    ("flag == True", "F010", "True", ""),
    ("qty is 3", "F010", "is ", ""),
    ("qty is not 3", "F010", "is not ", ""),
    ("qty ≥ 3", "F010", "≥", ""),
    ("name in org.name", "F010", "name in org.name", ""),
    ("qty ** 2", "F011", "**", ""),
    ("lambda x: x", "F011", "lambda", ""),
    ("[qty]", "F011", "[", ""),
    ("f'{qty}'", "F011", "f'{qty}'", ""),
    ("name.upper()", "F011", "upper(", ""),
    ("length(name).x", "F011", ".", ""),
    ("today()()", "F011", "(", ""),
    ("(1, 2)", "F011", "(1, 2)", ""),
    ("1234567890123456789", "F012", "1234567890123456789", ""),
    ("0.12345678901", "F012", "0.12345678901", ""),
    ("12abc", "F012", "12a", ""),
    ("qty in (1, 2) == flag", "F013", "==", ""),
    ("qty == 1 in (2, 3)", "F013", "in", ""),
    ("quantity > 1", "F020", "quantity", ""),
    ("nmae == 'a'", "F020", "nmae", "name"),
    ("любое > 1", "F020", "любое", ""),
    ("sum(lines, stock * qty)", "F020", "stock", "this.stock"),
    ("org.nam == 'a'", "F021", "nam", "name"),
    ("org.region.nam == 'a'", "F021", "nam", "name"),
    ("settings.limt > 1", "F021", "limt", "limit"),
    ("kind.clas == accept", "F021", "clas", "class"),
    ("name.length > 1", "F022", "length", ""),
    ("lenght(name) > 1", "F023", "lenght", "length"),
    ("frist(lines.qty)", "F023", "frist", "first"),
    ("this.name", "F024", "this", ""),
    ("parent.name", "F024", "parent", ""),
    ("kind == hihg", "F026", "hihg", "high"),
    ("kind == 'hihg'", "F026", "'hihg'", "high"),
    ("kind in (low, hgih)", "F026", "hgih", "high"),
    ("kind.class == refused", "F026", "refused", "refuse"),
    ("yellow in tags", "F026", "yellow", ""),
    ("has_role(user, role.haed)", "F027", "role.haed", "role.head"),
    ("day == name", "F030", "day == name", ""),
    ("day < at", "F030", "day < at", ""),
    ("kind < sort", "F030", "kind < sort", ""),
    ("org == boss", "F030", "org == boss", ""),
    ("flag < done", "F030", "flag < done", ""),
    ("1 < name < 3", "F030", "1 < name", ""),
    ("org in helpers", "F030", "org in helpers", ""),
    ("qty in ('a', 'b')", "F030", "qty in ('a'", ""),
    ("name + 1", "F031", "name + 1", ""),
    ("day + 1", "F031", "day + 1", ""),
    ("-name", "F031", "-name", ""),
    ("length(qty)", "F032", "qty", ""),
    ("min(name, note)", "F032", "name", ""),
    ("sum(lines.remark)", "F032", "lines.remark", ""),
    ("head_of(org)", "F032", "org", ""),
    ("text(qty, qty)", "F032", "qty", ""),
    ("left(name)", "F033", "left(name)", ""),
    ("sum(lines)", "F033", "sum(lines)", ""),
    ("today(1)", "F033", "today(1)", ""),
    ("coalesce(qty)", "F033", "coalesce(qty)", ""),
    ("sum()", "F033", "sum()", ""),
    ("has_role(user)", "F033", "has_role(user)", ""),
    ("name and flag", "F034", "name", ""),
    ("not qty", "F034", "qty", ""),
    ("all(lines, qty)", "F034", "qty", ""),
    ("1 if qty else 2", "F034", "qty", ""),
    ("1 if flag else 'a'", "F036", "1 if flag else 'a'", ""),
    ("coalesce(qty, name)", "F036", "coalesce(qty, name)", ""),
    ("left(name, weight)", "F037", "weight", ""),
    ("lines == 1", "F038", "lines", ""),
    ("tags == red", "F038", "tags", ""),
    ("lines.qty > 1", "F038", "lines.qty", ""),
    ("helpers.name", "F022", "name", ""),
    ("qty in lines", "F038", "lines", ""),
    ("sum(lines, sum(lines.qty))", "F039", "sum(lines.qty)", ""),
    ("min(qty)", "F040", "qty", ""),
    ("count(qty)", "F040", "qty", ""),
    ("sum(qty)", "F040", "qty", ""),
    ("all(helpers, flag)", "F040", "helpers", ""),
    ("round(price, 11)", "F043", "11", ""),
    ("round(price, qty)", "F043", "qty", ""),
)


@pytest.mark.parametrize(("text", "code", "mark", "near"), MISTAKES)
def test_a_mistake_is_found_at_its_place(text: str, code: str, mark: str, near: str) -> None:
    first = findings_of(text)[0]
    assert (first.code, marked(text, first)) == (code, mark)
    assert not near or near in first.nearest
    assert first.address == "request_type/t.main#fields.x.compute"


@pytest.mark.parametrize(("text", "code", "mark", "near"), MISTAKES)
def test_inside_quotes_the_place_moves_and_nothing_is_called_cut(text: str, code: str, mark: str, near: str) -> None:
    first = findings_of(text, quoted=True)[0]
    assert (first.code, marked(text, first, shift=1)) == ("F008" if code == "F004" else code, mark)


@pytest.mark.parametrize(
    ("text", "expected", "code"),
    [
        ("qty", Boolean(), "F034"),
        ("name", WHOLE, "F035"),
        ("day", Link("t.org"), "F035"),
        ("boss", Link("t.org"), "F035"),
        ("today()", Text(), "F035"),
        ("weight", WHOLE, "F037"),
        ("qty / 2", WHOLE, "F037"),
        ("hihg", Choice(OPTIONS), "F026"),
        ("lines", Number(2), "F035"),
        ("(red, yellow)", Choices(TAGS), "F026"),
        ("high", Date(), "F020"),
    ],
)
def test_a_result_of_the_wrong_type_is_a_finding(text: str, expected: Type, code: str) -> None:
    assert [finding.code for finding in findings_of(text, expected)] == [code]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("high", Choice(OPTIONS)),
        ("'high'", Choice(OPTIONS)),
        ("high if flag else low", Choice(OPTIONS)),
        ("coalesce(org.kind, high)", Choice(OPTIONS)),
        ("org.kind", Choice(("high", "other"))),
        ("settings.grade", Choice(OPTIONS)),
        ("red", Choices(TAGS)),
        ("(red, blue)", Choices(TAGS)),
        ("empty", Date()),
        ("qty / 3", Number(2)),
        ("round(qty / 3)", WHOLE),
        ("org.region", Link("t.region")),
        ("kind in (low)", Boolean()),
        ("low == kind", Boolean()),
        ("0 < qty <= 10", Boolean()),
        ("lines == empty", Boolean()),
        ("class == 1", None),
    ],
)
def test_what_an_analyst_would_write_is_understood(text: str, expected: Type | None) -> None:
    found = findings_of(text, expected)
    assert [f.code for f in found] == (["F020"] if text.startswith("class") else [])


def test_several_mistakes_of_one_formula_come_together() -> None:
    found = findings_of("nmae == 'a' and lenght(note) > 1 and day == note")
    assert [finding.code for finding in found] == ["F020", "F023", "F030"]


TEMPLATES: tuple[tuple[str, str, str], ...] = (
    ("№ {qty", "F050", "{"),
    ("{'a", "F050", "{"),
    ("a } b", "F051", "}"),
    ("{name:upper}", "F052", "name"),
    ("{price:05}", "F052", "price"),
    ("{day:datetime}", "F052", "day"),
    ("{lines}", "F053", "lines"),
    ("{helpers}", "F053", "helpers"),
    ("№ {qty + }", "F008", "+"),
    ("№ {} x", "F001", ""),
    ("от {name} — {nmae}", "F020", "nmae"),
    ("{seq:05}", "F020", "seq"),
)


@pytest.mark.parametrize(("text", "code", "mark"), TEMPLATES)
def test_a_mistake_in_a_template_is_found_in_its_hole(text: str, code: str, mark: str) -> None:
    span = Span("pack.yaml", LINE, COLUMN, LINE, COLUMN + len(text))
    tree, found = check_template(text, span, SCOPE, "numbering/t.n#template")
    assert tree is None
    assert found[0].code == code
    assert not mark or marked(text, found[0]) == mark


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("old.qty == qty", "old.qty"),
        ("text(qty) == name", "text(…)"),
        ("day > today() and old.day is empty", "old.day"),
    ],
)
def test_what_a_database_cannot_work_out_is_told_to_filters(text: str, what: str) -> None:
    span = Span("pack.yaml", LINE, COLUMN, LINE, COLUMN + len(text))
    tree, _ = check_formula(text, span, SCOPE, Boolean(), "role/t.r#where")
    assert tree is not None
    (finding,) = check_sql(tree, span, "role/t.r#where")
    assert (finding.code, finding.params["what"]) == ("F060", what)


def test_special_names_mean_what_stands_around() -> None:
    for scope, text in (
        (ROW_SCOPE, "this.name == parent.name"),
        (WHERE_SCOPE, "name == this.name and any(lines, parent.name == remark and this.name == remark)"),
        (SCOPE, "any(lines, this.qty == parent.qty)"),
    ):
        assert check_formula(text, None, scope, Boolean(), "x")[1] == ()


def test_a_label_instead_of_a_name_leads_to_the_name() -> None:
    labelled = Name(Date(), label=words({"ru": "Желаемый срок", "en": "Wanted by"}))
    scope = Scope(record={"wanted_by": labelled}, types={})
    (finding,) = check_formula("желаемый_срок is empty", None, scope, None, "x")[1]
    assert finding.nearest == ("wanted_by",)


SIZES = (
    ("a" * 2_001, "F002"),
    ("(" * 31 + "qty" + ")" * 31, "F003"),
    ("not " * 40 + "flag", "F003"),
    (" + ".join(["qty"] * 41), "F003"),
    ("min(" + "1, " * 301 + ")", "F003"),
    ("qty < (1 if qty < 2 < 3 else 2) < 3", "F003"),
    ("({}" + "x" * 3_000, "F002"),
)


@pytest.mark.parametrize(("text", "code"), SIZES)
def test_size_is_bounded(text: str, code: str) -> None:
    assert findings_of(text)[0].code == code


def test_a_finding_of_many_lines_marks_the_whole_formula() -> None:
    span = Span("pack.yaml", 3, 5, 6, 1)
    found = check_formula("qty +\n  nmae", span, SCOPE, None, "x")[1]
    assert found[0].span == span


def test_tables_are_not_read_through_links() -> None:
    types = {**SCOPE.types, "t.org": {**SCOPE.types["t.org"], "lines": SCOPE.record["lines"]}}
    scope = type(SCOPE)(record=SCOPE.record, types=types)
    for text in ("sum(org.lines.qty)", "count(org.lines)", "org.lines is empty"):
        assert [f.code for f in check_formula(text, None, scope, None, "x")[1]] == ["F041"], text


def test_every_message_is_provoked_here() -> None:
    provoked = {code for _, code, *_ in MISTAKES} | {code for _, code, _ in TEMPLATES} | {code for _, code in SIZES}
    provoked |= {"F035", "F041", "F060"}
    assert provoked == {message.code for message in MESSAGES}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_message_reads_in_both_languages(language: str) -> None:
    for text, *_ in MISTAKES:
        for finding in findings_of(text):
            assert finding.text(language).endswith(".")
            assert finding.remedy(language).endswith(".")
            assert "{" not in finding.text(language) or "{" in text
