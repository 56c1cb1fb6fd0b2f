"""A list as a file: the same rows, columns, order and words as on the screen."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from partita.runtime.codecs.registry import LINKS
from partita.runtime.queries import lists
from partita.screens.filters import Reader
from partita.screens.listing import ListAddress, list_request
from partita.screens.view import View, field_at

BLOCK = 500
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def file_name(view: View, type_name: str, extension: str) -> str:
    day = view.ctx.now.astimezone(view.ctx.zone)
    return f"{view.words(view.type(type_name).plural)} {day:%Y-%m-%d}.{extension}"


def csv_lines(view: View, type_name: str, address: ListAddress) -> Iterator[bytes]:
    """Semicolons and a byte-order mark: what spreadsheets of this part of the world open by a click."""
    record_type = view.type(type_name)
    request, _ = list_request(view, record_type, address)
    reader = Reader(view, record_type)
    paths = lists.list_records(view.ctx, type_name, replace(request, limit=1)).columns
    yield b"\xef\xbb\xbf" + line([reader.label(path) for path in paths])
    after = ""
    while True:
        page = lists.list_records(view.ctx, type_name, replace(request, after=after, before="", limit=BLOCK))
        for row in page.rows:
            yield line([cell(view, record_type, path, row) for path in paths])
        if not page.next:
            return
        after = page.next


def cell(view: View, record_type: Any, path: str, row: Mapping[str, Any]) -> str:
    known, value = field_at(record_type, view.model, path), row.get(path)
    if known is None or value is None:
        return ""
    if known.type in LINKS:
        title = row.get(f"{path}.title") or ""
        return title if isinstance(title, str) else ", ".join(title)
    return view.show(value, known)


def line(cells: list[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerow([harmless(text) for text in cells])
    return buffer.getvalue().encode()


def harmless(text: str) -> str:
    """A spreadsheet must not take a value for a formula; numbers and phones stay as they are."""
    if not text.startswith(DANGEROUS) or text[1:].replace("\u202f", "").replace(",", "").replace(" ", "").isdigit():
        return text
    return f"'{text}"
