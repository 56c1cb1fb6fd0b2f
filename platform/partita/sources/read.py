"""Text into documents: a strict reader over the parser's events that gives every key and value its place.

Whatever comes in, it answers with documents and findings, never with an exception.
"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

import yaml

from partita.base.diagnostics import Diagnostic
from partita.base.frozen import FrozenMap
from partita.base.source import Span
from partita.sources.builder import Budget, Builder, Stop
from partita.sources.characters import MAX_REPEATS, check_tabs, check_text, span_at
from partita.sources.document import Document
from partita.sources.mistakes import explain_error

MAX_DOCUMENTS = 1000

_SEPARATOR = re.compile(r"^---(?=\s|\Z)", re.MULTILINE)
_CONTENT = re.compile(r"^[ \t]*[^\s#]", re.MULTILINE)
_DIRECTIVE = re.compile(r"^%.*$", re.MULTILINE)
_SALVAGE = re.compile(r"^(kind|name|pack):[ ]+[\"']?([a-z][a-z0-9_]*)[\"']?[ \t\r]*(?:#.*)?$", re.MULTILINE)


def read_text(text: str, file: str) -> tuple[tuple[Document, ...], tuple[Diagnostic, ...]]:
    """The documents of one file and what is wrong with it. A broken document does not hide the others."""
    text = text.removeprefix("\ufeff")
    if refused := tuple(check_text(text, file)):
        return (), refused
    documents: list[Document] = []
    findings: list[Diagnostic] = []
    budget = Budget()
    for number, (offset, chunk) in enumerate(_chunks(text)):
        if number == MAX_DOCUMENTS:
            findings.append(_too_many(file, offset))
            break
        found, problems = _read_chunk(chunk, file, offset, budget)
        documents += found
        findings += problems
        if budget.spent:
            break
    return tuple(documents), tuple(findings)


def _too_many(file: str, offset: int) -> Diagnostic:
    span = Span(file, offset + 1, 1, offset + 1, 4)
    return Diagnostic("Y014", span, FrozenMap({"limit": MAX_DOCUMENTS}))


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """The text of each document with its offset in lines: each is parsed alone, so a mistake ends only that one."""
    starts = sorted({0, *(found.start() for found in islice(_SEPARATOR.finditer(text), MAX_DOCUMENTS + 2))})
    offset = 0
    for first, last in pairwise([*starts, len(text)]):
        if _CONTENT.search(text, first, last):
            yield offset, text[first:last]
        offset += text.count("\n", first, last)


def _read_chunk(text: str, file: str, offset: int, budget: Budget) -> tuple[list[Document], list[Diagnostic]]:
    directives = islice(_DIRECTIVE.finditer(text), MAX_REPEATS)
    refused = [Diagnostic("Y022", _moved(span_at(text, file, found.start()), offset)) for found in directives]
    if refused:
        text = _DIRECTIVE.sub("", text)
    builder = Builder(file, offset, text, budget)
    try:
        documents = list(builder.documents(yaml.parse(text, Loader=yaml.CSafeLoader)))
        return documents, refused + builder.findings
    except Stop:
        return _salvage(text, file, offset), refused + builder.findings
    except yaml.YAMLError as error:
        tabs = [Diagnostic(f.code, _moved(f.span, offset)) for f in check_tabs(text, file)]
        told = refused + [f for f in builder.findings if f.code != "Y012"]
        return _salvage(text, file, offset), told + (tabs or [explain_error(error, text.split("\n"), file, offset)])


def _moved(span: Span | None, offset: int) -> Span | None:
    return span and Span(span.file, span.line + offset, span.column, span.end_line + offset, span.end_column)


def _salvage(text: str, file: str, offset: int) -> list[Document]:
    """A stand-in for a document that could not be read, so that what refers to it is not reported as well."""
    data: dict[str, str] = {}
    values: dict[tuple[str | int, ...], Span] = {}
    for found in islice(_SALVAGE.finditer(text), MAX_REPEATS):
        if found[1] not in data:
            data[found[1]] = found[2]
            start = span_at(text, file, found.start(2))
            line = start.line + offset
            values[(found[1],)] = Span(file, line, start.column, line, start.column + len(found[2]))
    if "pack" not in data and len(data) < 2:
        return []
    return [Document(FrozenMap(data), FrozenMap(values), FrozenMap(), Span(file, offset + 1, 1, offset + 1, 2), True)]
