"""Hostile texts too large or too many to keep as files: an answer within two seconds, little memory, no exception."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partita.base.diagnostics import render_text
from partita.compiler.compiled import Compiled
from partita.compiler.pipeline import compile_sources
from tests.compiler.bad_files import PACK, good_sources

ROOT = Path(__file__).parents[2]
SECONDS, MEGABYTES = 2.0, 200
BOOK = "kind: reference_book\nname: thing\nfields:\n"
LARGE = {
    "two megabytes of one word": "kind: role\nname: x\nlabel: " + "a" * 2_097_000,
    "two megabytes of brackets": "[" * 2_097_000,
    "two megabytes of braces": "a: " + "{a: " * 500_000,
    "two megabytes of dashes": "- " * 1_000_000,
    "two megabytes of questions": "? " * 1_000_000,
    "two megabytes of lines": "a\n" * 1_000_000,
    "a hundred thousand documents": "---\na: 1\n" * 100_000,
    "a hundred thousand anchors": "a: [" + "&a x, " * 100_000 + "x]",
    "ten thousand fields": BOOK + "".join(f"  f{n}: {{type: text, label: Поле {n}}}\n" for n in range(10_000)),
    "ten thousand unknown keys": "kind: role\nname: x\n" + "".join(f"k{n}: 1\n" for n in range(10_000)),
    "ten thousand repeats": "kind: role\n" + "name: x\n" * 10_000,
    "a formula of a megabyte": BOOK + "  a: {type: integer, default: '" + "1+" * 500_000 + "1'}\n",
    "ten thousand bad bytes": "\udcff" * 10_000,
    "a hundred thousand controls": "\x01" * 100_000,
    "a block text of two megabytes": "kind: role\nname: x\nlabel: |\n" + "  a\n" * 500_000,
    "quotes without end": 'a: "' + "\\" * 100_000,
    "an indentation staircase": "".join(" " * n + "a:\n" for n in range(1900)),
}


def compile_large(name: str) -> Compiled:
    return compile_sources(good_sources() | {"bad/pack.yaml": PACK, "bad/bad.yaml": LARGE[name]})


@pytest.mark.attack
@pytest.mark.parametrize("name", LARGE)
def test_it_is_answered_in_time(name: str) -> None:
    began = time.process_time()
    compiled = compile_large(name)
    assert time.process_time() - began < SECONDS
    texts = [render_text(finding, "ru", compiled.lines_of) for finding in compiled.findings[:5]]
    assert compiled.model is None or name == "ten thousand fields"
    assert all(len(text) < 5000 for text in texts)


_MEASURED = """
import re, sys
from pathlib import Path
from tests.compiler.test_hostile import compile_large
compile_large(sys.argv[1])
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(int(peak[1]) // 1024)
"""
"""Not getrusage: its peak is inherited from the process that started this one."""


@pytest.mark.attack
@pytest.mark.parametrize("name", ["two megabytes of brackets", "ten thousand fields", "two megabytes of lines"])
def test_it_takes_little_memory(name: str) -> None:
    where = {"PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", _MEASURED, name]
    answer = subprocess.run(command, env=where, capture_output=True, text=True, check=True, timeout=250)
    assert int(answer.stdout) < MEGABYTES


@pytest.mark.attack
@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abк:{}[],&*!|>'\"%@`#?-\n\t ~<0129.\\=", max_size=120))
def test_any_text_is_answered_without_an_exception(text: str) -> None:
    compiled = compile_sources({"bad/pack.yaml": "pack: bad\nversion: 1\n", "bad/x.yaml": text})
    assert all(finding.span for finding in compiled.findings)


@pytest.mark.attack
@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_good_document_with_a_piece_of_noise_is_answered(data: st.DataObject) -> None:
    sources = good_sources()
    file = data.draw(st.sampled_from(sorted(sources)))
    text = sources[file]
    start = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 12))
    noise = data.draw(st.text(max_size=6))
    compiled = compile_sources(sources | {file: text[:start] + noise + text[start + cut :]})
    for finding in compiled.findings:
        assert finding.span
        assert render_text(finding, "en", compiled.lines_of)
