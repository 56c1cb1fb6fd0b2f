"""Every malformed file is answered by located findings, and nothing else."""

import time
from pathlib import Path

import pytest

from partita.base.diagnostics import render_text
from partita.compiler.pipeline import compile_sources
from partita.testing.golden import assert_golden
from tests.compiler.bad_files import BAD, GOLDEN, good_sources, sources_of

SECONDS = 2.0


def test_there_are_enough_of_them() -> None:
    assert len(BAD) >= 100


def test_the_good_pack_has_no_findings() -> None:
    compiled = compile_sources(good_sources())
    assert [str(f) for f in compiled.findings] == []
    assert compiled.model is not None


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_is_answered_as_its_golden_file_says(path: Path) -> None:
    began = time.process_time()
    compiled = compile_sources(sources_of(path))
    assert time.process_time() - began < SECONDS
    assert compiled.model is None
    assert compiled.findings
    places = [f"{f.code} {f.span}" for f in compiled.findings]
    texts = [
        render_text(finding, language, compiled.lines_of) for language in ("ru", "en") for finding in compiled.findings
    ]
    assert_golden("\n".join(places) + "\n\n" + "\n\n".join(texts) + "\n", GOLDEN / "expected" / f"{path.stem}.txt")
