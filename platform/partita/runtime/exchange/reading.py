"""Rows of files: CSV in the encodings that offices use, XLSX, JSON; each with the number of its line."""

import codecs
import csv
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeAlias

from python_calamine import CalamineError, CalamineWorkbook

from partita.base.errors import Problem, Refused
from partita.base.frozen import FrozenMap

Cells: TypeAlias = Mapping[str, Any]
DELIMITERS = ";,\t|"
LARGEST_CELL = 1_000_000
LARGEST_UNPACKED = 1 << 29
LARGEST_JSON = 1 << 28
MOST_CELLS = 20_000_000
ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,8})([0-9]{1,12})["']""")


@dataclass(frozen=True, slots=True)
class Line:
    """`number` as a person counts the lines of the file (of a sheet, of a list)."""

    number: int
    cells: Cells


def read_lines(path: Path, kind: str = "", delimiter: str = "", encoding: str = "", sheet: str = "") -> Iterator[Line]:
    """Raises Refused E004 for a file that cannot be read, at once or when the place is reached."""
    kind = kind or path.suffix.lower().lstrip(".")
    try:
        if kind == "xlsx":
            yield from _read_xlsx(path, sheet)
        elif kind == "json":
            yield from _read_json(path)
        else:
            yield from _read_csv(path, delimiter, encoding)
    except (OSError, ValueError, csv.Error, CalamineError, zipfile.BadZipFile, RecursionError, LookupError) as error:
        raise unreadable(str(error) or type(error).__name__) from error


def unreadable(reason: str) -> Refused:
    return Refused(Problem("E004", params=FrozenMap({"reason": reason})))


def _read_csv(path: Path, delimiter: str, encoding: str) -> Iterator[Line]:
    csv.field_size_limit(LARGEST_CELL)
    with path.open(encoding=encoding or guess_encoding(path), newline="") as file:
        first = file.readline()
        file.seek(0)
        rows = csv.reader(file, delimiter=delimiter or guess_delimiter(first), strict=True)
        names = [name.strip().lstrip("\ufeff") for name in next(rows, [])]
        for cells in rows:
            if any(cells):
                yield Line(rows.line_num, dict(zip(names, cells, strict=False)))


def guess_encoding(path: Path) -> str:
    """UTF-8 if it is, else UTF-16 by its mark, else the Cyrillic code page of Windows."""
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1251"
    return "utf-8-sig"


def guess_delimiter(header: str) -> str:
    """The most frequent of the usual ones outside quotes."""
    bare = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def _read_xlsx(path: Path, sheet: str) -> Iterator[Line]:
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
            raise unreadable("too large when unpacked")
        for part in archive.namelist():
            with archive.open(part) as content:
                refuse_vast(content)
    book = CalamineWorkbook.from_path(str(path))
    found = book.get_sheet_by_name(sheet) if sheet else book.get_sheet_by_index(0)
    rows = found.iter_rows()
    names = [str(name).strip() for name in next(rows, [])]
    for number, cells in enumerate(rows, 2):
        if any(cell not in ("", None) for cell in cells):
            yield Line(number, {name: _plain(cell) for name, cell in zip(names, cells, strict=False)})


def refuse_vast(part: IO[bytes]) -> None:
    """Two cells in opposite corners are enough to make the reader ask for all the memory there is, which ends the
    process: the area that the addresses of cells span is bounded before."""
    rows = columns = 0
    tail = b""
    while chunk := part.read(1 << 20):
        for letters, digits in ADDRESS.findall(tail + chunk):
            columns, rows = max(columns, _column(letters)), max(rows, int(digits[:9]))
        if rows * columns > MOST_CELLS:
            raise unreadable("too many cells")
        tail = chunk[-40:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - 64
    return number


def _plain(cell: Any) -> Any:
    """Whole numbers as such: a sheet knows only fractions."""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    return cell


def _read_json(path: Path) -> Iterator[Line]:
    if path.stat().st_size > LARGEST_JSON:
        raise unreadable("too large")
    text = path.read_text(encoding="utf-8-sig")
    rows = _objects(text)
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping):
            raise unreadable(f"row {number} is no object")
        yield Line(number, row)


def _objects(text: str) -> list[Any]:
    """A list, an object with `rows`, or an object per line."""
    try:
        data = json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    if isinstance(data, Mapping):
        data = data.get("rows", [data])
    return data if isinstance(data, list) else [data]
