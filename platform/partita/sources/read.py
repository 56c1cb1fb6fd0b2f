"""Text into documents: a strict reader over the parser's events that gives every key and value its place.

Whatever comes in, it answers with documents and findings, never with an exception.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

import yaml

from partita.base.diagnostics import Diagnostic
from partita.base.frozen import FrozenMap
from partita.base.source import Span
from partita.sources.builder import Builder, Stop
from partita.sources.characters import check_tabs, check_text
from partita.sources.document import Document
from partita.sources.mistakes import explain_error

MAX_DOCUMENTS = 1000

_SEPARATOR = re.compile(r"---(?:\s|$)")
_SALVAGE = re.compile(r"(kind|name|pack):[ ]+[\"']?([a-z][a-z0-9_]*)[\"']?\s*(?:#.*)?\Z")


def read_text(text: str, file: str) -> tuple[tuple[Document, ...], tuple[Diagnostic, ...]]:
    """The documents of one file and what is wrong with it. A broken document does not hide the others."""
    text = text.removeprefix("\ufeff")
    if refused := tuple(check_text(text, file)):
        return (), refused
    documents: list[Document] = []
    findings: list[Diagnostic] = []
    budget = Builder.budget()
    for number, (offset, lines) in enumerate(_chunks(text)):
        if number == MAX_DOCUMENTS:
            findings.append(_too_many(file, offset))
            break
        builder = Builder(file, offset, lines, budget)
        found, problems = _read_chunk(builder, lines, file, offset)
        documents += found
        findings += problems
        if budget.spent:
            break
    return tuple(documents), tuple(findings)


def _too_many(file: str, offset: int) -> Diagnostic:
    span = Span(file, offset + 1, 1, offset + 1, 4)
    return Diagnostic("Y014", span, FrozenMap({"limit": MAX_DOCUMENTS}))


def _chunks(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of each document with their offset: each is parsed alone, so a mistake ends only that one."""
    lines = text.split("\n")
    starts = [0, *(n for n, line in enumerate(lines) if n and _SEPARATOR.match(line)), len(lines)]
    for first, last in pairwise(starts):
        chunk = lines[first:last]
        if any((bare := line.strip()) and not bare.startswith("#") for line in chunk):
            yield first, chunk


def _read_chunk(builder: Builder, lines: list[str], file: str, offset: int) -> tuple[list[Document], list[Diagnostic]]:
    directives = {n for n, line in enumerate(lines) if line.startswith("%")}
    refused = [Diagnostic("Y022", Span(file, offset + n + 1, 1, offset + n + 1, 2)) for n in sorted(directives)][:20]
    text = "\n".join("" if n in directives else line for n, line in enumerate(lines))
    try:
        documents = list(builder.documents(yaml.parse(text, Loader=yaml.CSafeLoader)))
        return documents, refused + builder.findings
    except Stop:
        return _salvage(lines, file, offset), refused + builder.findings
    except yaml.YAMLError as error:
        tabs = [Diagnostic(f.code, _moved(f.span, offset)) for f in check_tabs(text, file)]
        told = refused + [f for f in builder.findings if f.code != "Y012"]
        return _salvage(lines, file, offset), told + (tabs or [explain_error(error, lines, file, offset)])


def _moved(span: Span | None, offset: int) -> Span | None:
    return span and Span(span.file, span.line + offset, span.column, span.end_line + offset, span.end_column)


def _salvage(lines: list[str], file: str, offset: int) -> list[Document]:
    """A stand-in for a document that could not be read, so that what refers to it is not reported as well."""
    data: dict[str, str] = {}
    values: dict[tuple[str | int, ...], Span] = {}
    for number, line in enumerate(lines, offset + 1):
        if (found := _SALVAGE.match(line.rstrip())) and found[1] not in data:
            data[found[1]] = found[2]
            values[(found[1],)] = Span(file, number, found.start(2) + 1, number, found.end(2) + 1)
    if "pack" not in data and len(data) < 2:
        return []
    return [Document(FrozenMap(data), FrozenMap(values), FrozenMap(), Span(file, offset + 1, 1, offset + 1, 2), True)]
