"""Files for import made by an adversary: a refusal in words, soon, in little memory; cells are only text."""

import contextlib
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from partita.base.errors import Denied, Refused
from partita.runtime.exchange.importing import run_import
from partita.runtime.exchange.mapping import read_mapping
from tests.attack.world import INQUIRY, ORGANIZATION, World, soon

pytestmark = pytest.mark.attack
MAPPING = {"into": ORGANIZATION, "key": ["name"], "columns": {"name": "Имя", "inn": "ИНН", "is_client": "Клиент"}}
MEGABYTES = 2**20
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def run(world: World, path: Path, who: str = "admin") -> str:
    """What was answered: the code of a refusal or the counts."""
    ctx = world.office.engine.context(world.office.people[who], "import")
    try:
        report = run_import(ctx, read_mapping(ctx, MAPPING), path, dry_run=True)
    except Refused as refused:
        return refused.problems[0].code
    return f"{report.created} {report.failed}"


TEXTS = {
    "nothing": b"",
    "only a mark": b"\xef\xbb\xbf",
    "zeroes": b"\x00" * 10_000,
    "no end of a quote": 'Имя\n"abc\nd\ne'.encode(),
    "a line of two megabytes": "Имя\n".encode() + b"a" * 2 * MEGABYTES,
    "utf-16 cut": "Имя\nа".encode("utf-16")[:-1],
    "a hundred thousand columns": ";".join(f"c{n}" for n in range(100_000)).encode() + b"\n1",
    "the same column twice": "Имя;Имя\n1;2".encode(),
    "utf-32": "Имя\nа".encode("utf-32"),
    "surrogates": b"\xd0\x98\xd0\xbc\xd1\x8f\n\xed\xa0\x80",
    "cp1251 after utf-8": "Имя\nа".encode() + b"\xff\xfe",
    "only delimiters": b";;;;;;;;\n" * 1000,
    "returns": b"\r" * 10_000,
    "zero in a cell": "Имя\nа\x00б".encode(),
    "more cells than columns": "Имя\n1;2;3;4".encode(),
}
JSONS = {
    "depth": b"[" * 100_000,
    "objects": b'{"a":' * 100_000,
    "a big number": b'[{"\xd0\x98\xd0\xbc\xd1\x8f": ' + b"9" * 10_000 + b"}]",
    "nan": '[{"Имя": NaN, "ИНН": Infinity}]'.encode(),
    "not objects": b"[1, [2], null]",
    "nested cells": '[{"Имя": {"a": [1]}, "ИНН": [[[]]]}]'.encode(),
    "twice": '[{"Имя": "a", "Имя": "b"}]'.encode(),
    "lone surrogates": b'[{"\xd0\x98\xd0\xbc\xd1\x8f": "\\ud800"}]',
    "booleans": '[{"Имя": true, "Клиент": "да"}]'.encode(),
    "zeroes": b'[{"\xd0\x98\xd0\xbc\xd1\x8f": "a\\u0000b"}]',
    "rows of nothing": b'{"rows": {"a": 1}}',
    "a text": b'"abc"',
    "null": b"null",
    "odd exponent": '[{"Имя": 1e400, "ИНН": 1e-400}]'.encode(),
}


@pytest.mark.parametrize(("suffix", "name"), [("csv", n) for n in TEXTS] + [("json", n) for n in JSONS])
def test_a_broken_file_is_refused_in_words(world: World, tmp_path: Path, suffix: str, name: str) -> None:
    path = tmp_path / f"bad.{suffix}"
    path.write_bytes((TEXTS if suffix == "csv" else JSONS)[name])
    with world.unchanged(), soon():
        assert run(world, path)


def bomb(path: Path) -> None:
    """Declares a gigabyte."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\x00" * MEGABYTES)
    data = path.read_bytes()
    path.write_bytes(data.replace(MEGABYTES.to_bytes(4, "little"), (1 << 30).to_bytes(4, "little")))


def liar(path: Path) -> None:
    """Says ten bytes, holds a hundred megabytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 100 * MEGABYTES)
    data = path.read_bytes()
    path.write_bytes(data.replace((100 * MEGABYTES).to_bytes(4, "little"), (10).to_bytes(4, "little")))


def entities(path: Path) -> None:
    """A sheet whose entities grow tenfold nine times."""
    names = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)]
    plain(path)
    replace_part(
        path,
        "xl/worksheets/sheet1.xml",
        f'<!DOCTYPE x [<!ENTITY e0 "ha">{"".join(names)}]>'
        + SHEET.format('<row><c t="inlineStr"><is><t>&e9;</t></is></c></row>'),
    )


def outside(path: Path) -> None:
    """A sheet that asks for a file of the server."""
    plain(path)
    replace_part(
        path,
        "xl/worksheets/sheet1.xml",
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        + SHEET.format('<row><c t="inlineStr"><is><t>&e;</t></is></c></row>'),
    )


def far(path: Path) -> None:
    """Two cells at the corners of the largest sheet there may be."""
    plain(path)
    replace_part(
        path,
        "xl/worksheets/sheet1.xml",
        SHEET.format('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    )


def cut(path: Path) -> None:
    plain(path)
    path.write_bytes(path.read_bytes()[:-40])


def words(path: Path) -> None:
    path.write_bytes(b"this is no archive")


def plain(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet().write_row(0, 0, ["Имя", "ИНН"])
    book.close()


def replace_part(path: Path, name: str, text: str) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in (parts | {name: text.encode()}).items():
            archive.writestr(part, content)


@pytest.mark.parametrize("make", [bomb, liar, entities, outside, cut, words, far], ids=lambda f: f.__name__)
def test_a_hostile_workbook_is_refused_in_words(world: World, tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "bad.xlsx"
    make(path)
    with world.unchanged(), soon(10):
        tracemalloc.start()
        try:
            answer = run(world, path)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert answer == "E004"
    assert peak < 300 * MEGABYTES


@pytest.mark.parametrize(
    "cell", ["=1+1", "=cmd|' /C calc'!A0", "<script>x</script>", "' OR 1=1 --", "../../x", "{{7*7}}"]
)
def test_a_cell_that_looks_like_something_is_only_text(own: World, tmp_path: Path, cell: str) -> None:
    path = tmp_path / "cells.json"
    path.write_text(json.dumps([{"Имя": cell, "ИНН": None, "Клиент": True}]), encoding="utf-8")
    ctx = own.office.engine.context(own.office.people["admin"], "import")
    assert run_import(ctx, read_mapping(ctx, MAPPING), path).created == 1
    page = own.client("admin")
    assert page.get(f"/list/{ORGANIZATION}", params={"q": cell}).status_code == 200
    assert "<script>x" not in page.get(f"/list/{ORGANIZATION}").text


@pytest.mark.parametrize("who", ["operator", "reader", "specialist"])
def test_who_may_not_import_imports_nothing(world: World, tmp_path: Path, who: str) -> None:
    path = tmp_path / "cells.csv"
    path.write_text("Имя\nЧужая", encoding="utf-8")
    ctx = world.office.engine.context(world.office.people[who], "import")
    with world.unchanged(), pytest.raises((Denied, Refused)):
        run_import(ctx, read_mapping(ctx, MAPPING), path)


@pytest.mark.parametrize(
    "change",
    [
        {"into": "sys.user"},
        {"into": INQUIRY, "columns": {"id": "Имя"}},
        {"columns": {"version": "Имя"}},
        {"columns": {"__class__": "Имя"}},
        {"columns": {"name.x": "Имя"}},
        {"encoding": "rot13"},
        {"encoding": "../x"},
        {"delimiter": ""},
        {"delimiter": "ab"},
        {"zone": "../../etc/passwd"},
        {"columns": {"name": {"source": "Имя", "find": "password_hash"}}},
        {"constants": {"created_by": 1}},
        {"columns": {"name": {"source": "Имя", "format": "%" * 5000}}},
        {"sheet": 7},
        {"key": ["x" * 9999]},
        {"columns": {"name": {"source": "Имя", "map": {"(a+)+$": "x"}}}},
    ],
    ids=lambda c: ascii(c)[:50],
)
def test_a_hostile_mapping_is_refused_in_words(world: World, tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "cells.csv"
    path.write_text("Имя;ИНН;Клиент\n" + "a" * 5000 + "!;;", encoding="utf-8")
    ctx = world.office.engine.context(world.office.people["admin"], "import")
    with world.unchanged(), soon(), contextlib.suppress(Refused):
        run_import(ctx, read_mapping(ctx, {**MAPPING, **change}), path, dry_run=True)
