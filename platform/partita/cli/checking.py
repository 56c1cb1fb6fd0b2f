"""Commands that read configuration and change nothing: check, explain, show, schema, test."""

import json
import sys
from pathlib import Path

import click

from partita.base.diagnostics import has_errors
from partita.base.suggest import nearest
from partita.base.text import say
from partita.bootstrap.configuration import Configuration, read_configuration, read_folders
from partita.cli.installation import Installation, installation_options
from partita.cli.output import FAILED, OK, fail, print_findings, print_table, stop_on_errors
from partita.compiler.explain import explain as explain_leaf
from partita.compiler.schemas.export import export
from partita.model.dump import dump
from partita.model.model import Model
from partita.testing.scenarios.run import run_scenarios


@click.command()
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
@installation_options
def check(installation: Installation, folders: tuple[Path, ...], shape: str) -> None:
    """Check the configured packs (or the given FOLDERS) and print all findings at once; exit 1 on errors."""
    configuration = _read(installation, folders)
    findings = configuration.compiled.findings
    print_findings(findings, configuration.sources, installation.language, as_json=shape == "json")
    if shape == "text":
        click.echo(_summary(configuration, installation.language))
    sys.exit(FAILED if has_errors(findings) else OK)


def _read(installation: Installation, folders: tuple[Path, ...]) -> Configuration:
    settings = installation.settings
    return read_folders(folders, settings.language) if folders else read_configuration(settings)


def _summary(configuration: Configuration, language: str) -> str:
    findings = configuration.compiled.findings
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = sum(finding.severity == "warning" for finding in findings)
    files = len(configuration.sources)
    if language == "en":
        return f"{'✕' if errors else '✓'} files: {files}, errors: {errors}, warnings: {warnings}"
    return f"{'✕' if errors else '✓'} файлов: {files}, ошибок: {errors}, предупреждений: {warnings}"


@click.command()
@click.argument("address")
@installation_options
def explain(installation: Installation, address: str) -> None:
    """Where a leaf comes from: its value, who set it, and what it means in words.

    ADDRESS looks like request_type/requests.purchase_inquiry#fields.wanted_by.required
    """
    configuration = read_configuration(installation.settings)
    stop_on_errors(configuration.compiled.findings, configuration.sources, installation.language)
    answer = explain_leaf(configuration.compiled, address)
    if not answer.found:
        fail(f"{address}: ?" + (f" → {', '.join(answer.nearest)}" if answer.nearest else ""))
    click.echo(f"{answer.address}")
    click.echo(f"  = {json.dumps(answer.value, ensure_ascii=False)}")
    click.echo(f"  {answer.pack}  {answer.span or '—'}" + ("" if answer.declared else "  (default)"))
    if answer.read_by:
        click.echo(f"  ← {', '.join(answer.read_by)}")


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="The compiled Model as plain JSON.")
@installation_options
def show(installation: Installation, name: str | None, as_json: bool) -> None:
    """What is declared: all things, or the fields, states and rights of one record type (NAME is pack.name)."""
    configuration = read_configuration(installation.settings)
    stop_on_errors(configuration.compiled.findings, configuration.sources, installation.language)
    model = configuration.compiled.model
    assert model is not None
    if as_json:
        click.echo(json.dumps(dump(model), ensure_ascii=False, indent=1))
    elif name is None:
        _show_all(model, installation.language)
    else:
        _show_type(model, name, installation.language)


def _show_all(model: Model, language: str) -> None:
    shelves = (model.types, model.schemes, model.catalogs, model.numberings, model.roles, model.data, model.scenarios)
    rows = [
        (str(thing.ref), say(getattr(thing, "label", None), language)) for shelf in shelves for thing in shelf.values()
    ]
    print_table(("address", "label"), rows)


def _show_type(model: Model, name: str, language: str) -> None:
    record_type = model.types.get(name) or next((t for t in model.types.values() if t.ref.name == name), None)
    if record_type is None:
        fail(f"{name}: ? → {', '.join(nearest(name, model.types)) or ', '.join(model.types)}")
    click.echo(f"{record_type.ref}  {say(record_type.label, language)}\n")
    print_table(
        ("field", "type", "label", "asked"),
        [(f.name, f.type, say(f.label, language), ", ".join(f.asked_by)) for f in record_type.fields.values()],
    )
    scheme = model.scheme_of(record_type)
    if scheme:
        click.echo("")
        rows = [(t.name, ", ".join(t.sources), t.target) for t in scheme.transitions.values()]
        print_table(("transition", "from", "to"), rows)


@click.group()
def schema() -> None:
    """JSON Schemas of the metadata language, for editors."""


@schema.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export_schema(folder: Path) -> None:
    """Write *.schema.json into FOLDER."""
    for path in export(folder):
        click.echo(f"✓ {path}")


@click.command()
@click.argument("names", nargs=-1)
@installation_options
def test(installation: Installation, names: tuple[str, ...]) -> None:
    """Run the scenarios of the configured packs (or only those NAMED) on a fresh database with a virtual clock."""
    configuration = read_configuration(installation.settings)
    stop_on_errors(configuration.compiled.findings, configuration.sources, installation.language)
    reports = run_scenarios(configuration, names)
    for report in reports:
        click.echo(str(report))
    sys.exit(OK if all(report.passed for report in reports) else FAILED)


COMMANDS = (check, explain, show, schema, test)
