"""`partita import …`: files into records through the ordinary pipeline; dry run, repeat, list of runs, undo."""

import sys
from pathlib import Path

import click

from partita.base.errors import PartitaError
from partita.bootstrap.exchange import import_file, list_imports, read_mapping_file, undo_import
from partita.cli.installation import Installation, installation_options
from partita.cli.output import FAILED, OK, fail, print_findings, print_table
from partita.cli.refusals import line_of, words_of
from partita.runtime.exchange.report import Report

WORDS = {
    "ru": {
        "mapping": "{}: ожидается один документ YAML с ключами into, columns…",
        "counts": "строк: {}, создано: {}, изменено: {}, без изменений: {}, с ошибками: {}",
        "dry": "Пробный прогон: в базу ничего не записано.",
        "run": "Прогон {}. Отменить: partita import undo {}",
        "line": "строка {}: {}",
        "more": "… и ещё строк с ошибками: {}",
        "undone": "✓ удалено: {}, аннулировано: {}, возвращено к прежнему: {}, оставлено: {}",
        "kept": "оставлено, потому что с записью работали: {} {} {}",
    },
    "en": {
        "mapping": "{}: one YAML document with the keys into, columns… is expected",
        "counts": "rows: {}, created: {}, changed: {}, unchanged: {}, with errors: {}",
        "dry": "Dry run: nothing was written.",
        "run": "Run {}. To undo: partita import undo {}",
        "line": "row {}: {}",
        "more": "… and more rows with errors: {}",
        "undone": "✓ deleted: {}, annulled: {}, put back: {}, kept: {}",
        "kept": "kept, because people worked with it: {} {} {}",
    },
}
AS = click.option("--as", "login", default="", help="Import with the rights of this account; the system when absent.")


@click.group("import")
def import_() -> None:
    """Files into records: run, undo, runs."""


@import_.command("run")
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--mapping", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Judge every row and write nothing.")
@AS
@installation_options
def run(installation: Installation, source: Path, mapping: Path, dry_run: bool, login: str) -> None:
    """Import SOURCE (CSV, XLSX or JSON) by the MAPPING. Repeating it creates no doubles; exit 1 when rows failed."""
    language, words = installation.language, _words(installation)
    data, texts, findings = read_mapping_file(mapping)
    print_findings(findings, texts, language)
    if data is None:
        fail(words["mapping"].format(mapping))
    try:
        report = import_file(installation.settings, data, source, login, dry_run=dry_run, progress=_progress)
    except PartitaError as error:
        fail(words_of(error, language))
    _print_report(report, installation)
    sys.exit(FAILED if report.failed else OK)


def _progress(report: Report) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{report.lines}", nl=False, err=True)


def _print_report(report: Report, installation: Installation) -> None:
    words = _words(installation)
    for finding in report.findings:
        told = "; ".join(line_of(problem, installation.language) for problem in finding.problems)
        click.echo(words["line"].format(finding.line, told), err=True)
    if report.failed > len(report.findings):
        click.echo(words["more"].format(report.failed - len(report.findings)), err=True)
    click.echo(words["counts"].format(report.lines, report.created, report.changed, report.same, report.failed))
    click.echo(words["dry"] if report.dry_run else words["run"].format(report.run, report.run))


@import_.command("undo")
@click.argument("number", type=int)
@AS
@installation_options
def undo(installation: Installation, number: int, login: str) -> None:
    """Undo the run NUMBER: drafts and cards are deleted, registered records annulled, touched ones kept and listed."""
    words = _words(installation)
    try:
        undone = undo_import(installation.settings, number, login)
    except PartitaError as error:
        fail(words_of(error, installation.language))
    for record_type, record_id, title in undone.kept:
        click.echo(words["kept"].format(record_type, record_id, title), err=True)
    click.echo(words["undone"].format(undone.deleted, undone.annulled, undone.restored, len(undone.kept)))


@import_.command("runs")
@installation_options
def runs(installation: Installation) -> None:
    """Runs of import, the newest first."""
    found = list_imports(installation.settings)
    heads = ("run", "started (UTC)", "type", "file", "status", "created", "changed", "same", "failed", "by")
    counts = [(r.created, r.changed, r.same, r.failed) for r in found]
    rows = [
        (r.id, f"{r.started_at:%Y-%m-%d %H:%M}", r.type, r.source, r.status, *count, r.user_name)
        for r, count in zip(found, counts, strict=True)
    ]
    print_table(heads, rows)


def _words(installation: Installation) -> dict[str, str]:
    return WORDS.get(installation.language, WORDS["ru"])


COMMANDS = (import_,)
