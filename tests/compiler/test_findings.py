"""One mistake, one finding: what follows from it is not told again; what does not is told in the same run."""

import pytest

from partita.compiler.pipeline import compile_sources
from tests.compiler.bad_files import PACK, good_sources

BOOK = "kind: reference_book\nname: thing\nfields:\n"
REQUEST = (
    "kind: request_type\nname: ask\nstates: {}\nnumbering: numbers\n"
    "lists: {{default: {{columns: [state]}}}}\nfields:\n  a: {{type: text, visible: state == open}}\n"
)


def codes(*texts: str) -> list[str]:
    files = {f"bad/{number}.yaml": text for number, text in enumerate(texts)}
    return [finding.code for finding in compile_sources(good_sources() | {"bad/pack.yaml": PACK} | files).findings]


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("S004", [BOOK + "  a: {type: txt}\n  b: {type: text, visible: a == 'x'}\n"]),
        ("Y011", [BOOK + "  a: ~\n  b: {type: text, visible: a == 'x'}\nlists: {default: {columns: [a, b]}}\n"]),
        ("Y016", [BOOK + "  a: {type: money, compute: round(b, 2)}\n  b: {type: money}\n"]),
        (
            "Y006",
            [
                "kind: reference_book\nname: other\n  x: 1\n",
                BOOK + "  a: {type: link, to: other}\n  b: {type: text, default: a.name}\n",
            ],
        ),
        ("L002", [BOOK + "  a: {type: link, to: nowhere}\n  b: {type: text, default: a.name}\n"]),
        ("L002", [REQUEST.format("nowhere")]),
        ("Y017", ["kind: state_scheme\nname: life\nlabel: a: b\n", REQUEST.format("life")]),
        (
            "S002",
            [
                "kind: decision_catalog\nname: d\n",
                REQUEST.format("cycle").replace("open", "accepted") + "decisions: d\n",
            ],
        ),
        (
            "S002",
            ["kind: numbering\nname: n\n", REQUEST.format("cycle").replace("open", "accepted").replace("numbers", "n")],
        ),
        ("B003", [BOOK + "  a: {type: text}\nlists: {default: {columns: [aa]}}\n"]),
    ],
)
def test_one_mistake_gives_one_finding(code: str, texts: list[str]) -> None:
    assert codes(*texts) == [code]


def test_mistakes_of_all_passes_come_in_one_run() -> None:
    text = (
        BOOK
        + "  a: {type: text, requird: true}\n  b: {type: link, to: regoin}\n  c: {type: integer, min: 5, max: 1}\n"
        + "  d: {type: text, visible: cc > 1}\n  e: {type: text}\n  e: {type: text}\nlists: {default: {columns: [f]}}\n"
    )
    assert sorted(codes(text)) == ["B002", "B003", "F020", "L002", "S001", "Y007"]


def test_a_pack_whose_file_is_broken_still_lends_its_names() -> None:
    sources = good_sources() | {"other/pack.yaml": "pack: other\nversion: 1\n requires: {}\n"}
    sources["other/x.yaml"] = BOOK + "  region: {type: link, to: region}\n"
    assert [finding.code for finding in compile_sources(sources).findings] == ["Y006"]


def test_packs_in_a_circle_are_told_once_and_see_each_other() -> None:
    sources = {"a/pack.yaml": "pack: a\nversion: 1\nrequires: {b: '>=1'}\n"}
    sources["b/pack.yaml"] = "pack: b\nversion: 1\nrequires: {a: '>=1'}\n"
    sources["a/x.yaml"] = BOOK + "  up: {type: link, to: other}\n"
    sources["b/x.yaml"] = BOOK.replace("thing", "other") + "  up: {type: link, to: thing}\n"
    assert [finding.code for finding in compile_sources(sources).findings] == ["O005"]


def test_a_required_pack_with_a_broken_version_is_told_once() -> None:
    sources = good_sources() | {"base/pack.yaml": "pack: base\nversion: first\ngroups: {books: Книги}\n"}
    sources |= {"bad/pack.yaml": PACK, "bad/x.yaml": BOOK + "  region: {type: link, to: region}\n"}
    assert [finding.code for finding in compile_sources(sources).findings] == ["S024"]


def test_a_formula_of_a_scheme_names_the_type_for_which_it_is_wrong() -> None:
    text = "kind: state_scheme\nname: s\ninitial: a\nstates: {a: {category: open}, b: {category: done}}\ntransitions:\n"
    text += "  go: {from: [a], to: b, visible: product == 'x'}\n---\n"
    text += "kind: request_type\nname: one\nstates: s\nnumbering: numbers\nfields: {product: {type: text}}\n---\n"
    text += "kind: request_type\nname: two\nstates: s\nnumbering: numbers\n"
    found = compile_sources(good_sources() | {"bad/pack.yaml": PACK, "bad/x.yaml": text})
    (finding,) = [finding for finding in found.findings if finding.severity == "error"]
    assert finding.code == "F020"
    assert "bad.two" in finding.notes[-1].text["ru"]
