"""How commands speak: findings with their lines, tables, exit codes."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

import click

from partita.base.diagnostics import Diagnostic, has_errors, ordered, render_text, source_lines, to_json

OK, FAILED, CHANGES = 0, 1, 2
"""Exit codes: all is well; something is wrong; there are changes to apply."""


def lines_of(sources: Mapping[str, str]) -> Any:
    """file → its lines, for excerpts under findings."""

    def lines(file: str) -> list[str]:
        return source_lines(sources.get(file, ""))

    return lines


def print_findings(
    findings: Iterable[Diagnostic], sources: Mapping[str, str], language: str, as_json: bool = False
) -> None:
    """All findings at once: to people on stderr, to tools as JSON on stdout."""
    found = ordered(findings)
    if as_json:
        click.echo(json.dumps([to_json(finding, language) for finding in found], ensure_ascii=False, indent=1))
        return
    for finding in found:
        click.echo(render_text(finding, language, lines_of(sources)) + "\n", err=True)


def fail(text: str) -> NoReturn:
    click.echo(f"✕ {text}", err=True)
    sys.exit(FAILED)


def stop_on_errors(findings: Iterable[Diagnostic], sources: Mapping[str, str], language: str) -> None:
    found = list(findings)
    print_findings(found, sources, language)
    if has_errors(found):
        sys.exit(FAILED)


def print_table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Columns as wide as their widest cell."""
    cells = [list(heads), *[["" if cell is None else str(cell) for cell in row] for row in rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(heads))]
    for row in cells:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
