"""What is refused before YAML is looked at: bytes that are no UTF-8, invisible characters, size, tabs."""

import re
from collections.abc import Iterator

from partita.base.diagnostics import Diagnostic
from partita.base.frozen import FrozenMap
from partita.base.source import Span

MAX_SIZE = 2 * 1024 * 1024
MAX_REPEATS = 20
"""How many findings of one code are told per file; the rest are like them."""

_UNDECODABLE = re.compile("[\ud800-\udfff]")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
    "|\r(?!\n)"
)
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)


def check_text(text: str, file: str) -> Iterator[Diagnostic]:
    """Findings that make reading senseless. Bytes that were no UTF-8 arrive as lone surrogates (`surrogateescape`)."""
    if len(text) > MAX_SIZE:
        yield Diagnostic("Y003", Span(file, 1, 1, 1, 1), FrozenMap({"limit": MAX_SIZE // 1024 // 1024}))
        return
    if found := _UNDECODABLE.search(text):
        byte = f"0x{ord(found[0]) & 0xFF:02X}"
        yield Diagnostic("Y001", span_at(text, file, found.start()), FrozenMap({"byte": byte}))
        return
    for number, found in enumerate(_FORBIDDEN.finditer(text)):
        if number == MAX_REPEATS:
            return
        yield Diagnostic("Y002", span_at(text, file, found.start()), FrozenMap({"char": name_of(found[0])}))


def check_tabs(text: str, file: str) -> Iterator[Diagnostic]:
    for number, found in enumerate(_TAB_INDENT.finditer(text)):
        if number == MAX_REPEATS:
            return
        yield Diagnostic("Y005", span_at(text, file, found.end() - 1))


def forbidden(value: str) -> str:
    """The name of the first character that a value must not hold (it may come by an escape), or an empty text."""
    found = _FORBIDDEN.search(value) or _UNDECODABLE.search(value)
    return name_of(found[0]) if found else ""


def name_of(char: str) -> str:
    return f"U+{ord(char):04X}"


def span_at(text: str, file: str, index: int) -> Span:
    """The place of one character."""
    line = text.count("\n", 0, index) + 1
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    return Span(file, line, column, line, column + 1)
