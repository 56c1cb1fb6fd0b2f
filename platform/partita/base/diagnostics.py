"""Findings about configuration: collected, never thrown; rendered for a terminal or as JSON."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from partita.base.codes.catalogue import MESSAGES
from partita.base.frozen import FrozenMap
from partita.base.source import Span

Severity = Literal["error", "warning", "hint"]
MARK = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Note:
    """A second place that explains a finding («first declared here»), or a step of a counter-example."""

    text: Mapping[str, str]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a code of the catalogue, a place, the parameters of its text, nearest names and notes."""

    code: str
    span: Span | None
    params: Mapping[str, Any] = field(default_factory=FrozenMap)
    nearest: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    address: str = ""

    @property
    def severity(self) -> Severity:
        return MESSAGES[self.code].severity

    def text(self, language: str) -> str:
        return MESSAGES[self.code].text(language, self.params)

    def remedy(self, language: str) -> str:
        return MESSAGES[self.code].remedy(language, self.params)


def has_errors(findings: Iterable[Diagnostic]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def ordered(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Without repeats, by file, line, column and code: the same in any order of files."""
    unique = {(f.code, f.span, tuple(sorted((k, str(v)) for k, v in f.params.items()))): f for f in findings}
    return sorted(unique.values(), key=lambda f: (str(f.span.file) if f.span else "", f.span or _NOWHERE, f.code))


_NOWHERE = Span("", 0, 0, 0, 0)
_MARKS = {"error": "✕", "warning": "▲", "hint": "·"}
_NEAREST = {"ru": "Похоже на", "en": "Did you mean", "kk": "Мүмкін"}


def render_text(finding: Diagnostic, language: str, lines_of: Callable[[str], list[str]]) -> str:
    """A finding as a person reads it: place, words, the source lines around it, what to do, nearest names."""
    place = f"{finding.span}: " if finding.span else ""
    parts = [f"{_MARKS[finding.severity]} {place}{finding.code} {finding.text(language)}"]
    if finding.span:
        parts += _excerpt(finding.span, lines_of(finding.span.file))
    if finding.nearest:
        parts.append(f"  {_NEAREST.get(language, _NEAREST['en'])}: {', '.join(finding.nearest)}?")
    if remedy := finding.remedy(language):
        parts.append(f"  → {remedy}")
    for note in finding.notes:
        text = note.text.get(language) or next(iter(note.text.values()))
        parts.append(f"  · {f'{note.span}: ' if note.span else ''}{text}")
    return "\n".join(parts)


def source_lines(text: str) -> list[str]:
    """Lines as the reader counts them; what a terminal would obey or hide is shown as a mark."""
    lines = text.removeprefix("\ufeff").split("\n")
    return ["".join(c if c.isprintable() or c == "\t" else MARK for c in line.rstrip("\r")) for line in lines]


def _excerpt(span: Span, lines: list[str]) -> list[str]:
    first, last = max(span.line - 1, 1), min(span.line + 1, len(lines))
    rows = []
    for number in range(first, last + 1):
        text = lines[number - 1].expandtabs(1)
        rows.append(f"  {number:>4} | {text[:160]}")
        if number == span.line:
            width = span.end_column - span.column if span.end_line == span.line else len(text) - span.column + 1
            rows.append(f"       | {' ' * (span.column - 1)}{'^' * max(1, min(width, 80))}"[:200])
    return rows


def to_json(finding: Diagnostic, language: str) -> dict[str, Any]:
    """A finding as a tool reads it."""
    span = finding.span
    return {
        "code": finding.code,
        "severity": finding.severity,
        "file": span.file if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
        "address": finding.address or None,
        "message": finding.text(language),
        "remedy": finding.remedy(language),
        "nearest": list(finding.nearest),
        "notes": [
            {"message": n.text.get(language) or next(iter(n.text.values())), "place": str(n.span) if n.span else None}
            for n in finding.notes
        ],
    }
