"""The manual cannot lie: every YAML block in it compiles, and the pages made from the schemas are up to date.

All blocks of a page make one pack that requires the base pack. A block marked ```yaml is one or several whole
documents; ```yaml pack is its pack.yaml; ```yaml file=PATH is a file of it, as a tutorial has the reader write it.
A block marked ```yaml fragment=KIND is a part of a document of that kind: its keys must be keys of the schema. A block
marked ```yaml plain is no metadata (settings, import mappings): it must only be read.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from partita.base.diagnostics import Diagnostic, render_text
from partita.compiler.discover import read_packs
from partita.compiler.pipeline import compile_sources
from partita.compiler.schemas.kinds import SCHEMAS
from partita.compiler.schemas.reference import write_reference
from partita.sources.read import read_text
from partita.testing.golden import assert_golden

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md")])
PACK = "pack: workshop\nversion: 1.0.0\nrequires: {base: '>=1'}\n"

_BLOCK = re.compile(r"^```yaml([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(page: Path) -> Iterator[tuple[str, str, int]]:
    """(mark, text, line) of each block."""
    text = page.read_text(encoding="utf-8")
    for found in _BLOCK.finditer(text):
        yield found[1].strip(), found[2], text.count("\n", 0, found.start(2))


def parts(page: Path, mark: str) -> Iterator[tuple[str, str, int]]:
    return (block for block in blocks(page) if block[0].partition("=")[0] == mark)


def whole_sources(page: Path) -> dict[str, str]:
    sources = read_packs([ROOT / "metadata"]) | {"page/pack.yaml": PACK}
    for mark, text, line in blocks(page):
        kind, _, path = mark.partition("=")
        if kind in ("", "pack", "file"):
            is_pack = kind == "pack" or path.endswith("pack.yaml")
            sources["page/pack.yaml" if is_pack else f"page/{path or f'line{line}.yaml'}"] = "\n" * line + text
    return sources


def told(findings: tuple[Diagnostic, ...], sources: dict[str, str]) -> str:
    return "\n\n".join(render_text(f, "en", lambda file: sources.get(file, "").split("\n")) for f in findings)


def errors(findings: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(finding for finding in findings if finding.severity == "error")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_of_yaml_on_the_page_is_true(page: Path) -> None:
    sources = whole_sources(page)
    assert not told(errors(compile_sources(sources).findings), sources)
    for _, text, line in parts(page, "plain"):
        assert not told(read_text("\n" * line + text, page.name)[1], {page.name: "\n" * line + text})
    for mark, text, line in parts(page, "fragment"):
        documents, findings = read_text("\n" * line + text, page.name)
        assert not told(findings, {page.name: "\n" * line + text})
        known = SCHEMAS[mark.partition("=")[2]]["properties"]
        assert [key for document in documents for key in document.data if key not in known] == []


def test_a_block_with_another_mark_is_not_overlooked() -> None:
    marks = {block[0].partition("=")[0] for page in PAGES for block in blocks(page)}
    assert marks <= {"", "pack", "file", "plain", "fragment"}


def test_the_reference_of_kinds_is_up_to_date() -> None:
    assert_golden(write_reference(), ROOT / "docs" / "reference" / "kinds.md")
