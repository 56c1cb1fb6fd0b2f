"""The Model does not depend on how the declarations are spread over files, nor on the order of files."""

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from partita.compiler.pipeline import compile_sources
from partita.formulas.program import dump as dump_program
from partita.model.dump import digest, dump, load, text
from partita.testing.golden import assert_golden
from tests.compiler.bad_files import GOLDEN, good_sources, read

FULL = {f"full/{path.name}": read(path) for path in sorted((GOLDEN / "full").glob("*.yaml"))}
DOCUMENTS = [
    (file.partition("/")[0], document)
    for file, source in (good_sources() | FULL).items()
    if not file.endswith("/pack.yaml")
    for document in re.split(r"^---\n", source, flags=re.MULTILINE)
]
PACKS = {file: source for file, source in (good_sources() | FULL).items() if file.endswith("/pack.yaml")}


def compiled_text(sources: dict[str, str]) -> tuple[str, dict[str, object]]:
    compiled = compile_sources(sources)
    assert compiled.model is not None
    assert compiled.program is not None
    return text(compiled.model), dump_program(compiled.program)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(DOCUMENTS))), st.integers(1, 6), st.randoms(use_true_random=False))
def test_the_model_is_the_same_in_any_order_of_documents_and_files(
    order: list[int], files: int, random: object
) -> None:
    parts: dict[str, list[str]] = {}
    for position, number in enumerate(order):
        pack, document = DOCUMENTS[number]
        parts.setdefault(f"{pack}/{'xyz'[position % 3]}{position % files}.yaml", []).append(document)
    shuffled = {name: "---\n".join(texts) for name, texts in parts.items()}
    assert compiled_text(PACKS | shuffled) == compiled_text(good_sources() | FULL)


def test_the_same_findings_come_in_any_order_of_sources() -> None:
    sources = good_sources() | {
        "bad/pack.yaml": "pack: bad\nversion: 1\n",
        "bad/a.yaml": "kind: role\n",
        "bad/b.yaml": "x: 1\n",
    }
    forward = compile_sources(sources).findings
    backward = compile_sources(dict(reversed(list(sources.items())))).findings
    assert forward == backward


def test_a_comment_does_not_change_the_digest() -> None:
    commented = {file: "# a comment\n" + source for file, source in FULL.items()}
    plain, other = compile_sources(good_sources() | FULL), compile_sources(good_sources() | commented)
    assert plain.model is not None
    assert other.model is not None
    assert digest(plain.model) == digest(other.model)


def test_the_dump_of_the_full_pack_comes_back_as_the_same_model() -> None:
    model = compile_sources(good_sources() | FULL).model
    assert model is not None
    assert load(dump(model)) == model


def test_the_dump_of_the_full_pack_is_as_it_was() -> None:
    """A change here is a change of what packs mean: read the difference before renewing it."""
    model = compile_sources(good_sources() | FULL).model
    assert model is not None
    assert_golden(json.dumps(dump(model), ensure_ascii=False, indent=1) + "\n", GOLDEN / "full.json")
