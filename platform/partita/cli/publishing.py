"""The life of a configuration on a live base: plan, apply, history, rollback."""

import getpass
import json
import sys

import click

from partita.base.diagnostics import has_errors
from partita.base.errors import PartitaError, StaleRevision
from partita.bootstrap.change import (
    Change,
    NoSuchRevision,
    apply_change,
    list_revisions,
    plan_change,
    plan_rollback,
)
from partita.bootstrap.configuration import Configuration, read_configuration
from partita.cli.installation import Installation, installation_options
from partita.cli.output import CHANGES, FAILED, OK, fail, print_findings, print_table, stop_on_errors
from partita.cli.refusals import stop_on_row_problems, words_of
from partita.storage.schema.apply import PlanBlocked

WORDS = {
    "ru": {
        "nothing": "Изменений нет: применено то же, что в файлах.",
        "changes": "Что изменится",
        "operations": "Что будет сделано с базой",
        "blocked": "Применить нельзя: данные были бы потеряны или нарушены.",
        "overtaken": "Пока план читали, применили другую конфигурацию. Посмотрите план ещё раз: partita plan.",
        "no_revision": "Ревизии {} нет. Есть: {}.",
        "applied": "Применено: ревизия {}",
    },
    "en": {
        "nothing": "Nothing to change: the files say what is applied.",
        "changes": "What will change",
        "operations": "What will be done to the database",
        "blocked": "Cannot be applied: data would be lost or broken.",
        "overtaken": "Another configuration was applied while the plan was read. Look again: partita plan.",
        "no_revision": "There is no revision {}. There are: {}.",
        "applied": "Applied: revision {}",
    },
}


@click.command()
@click.option("--sql", is_flag=True, help="Print the SQL of every operation.")
@click.option("--json", "as_json", is_flag=True, help="The plan as JSON.")
@installation_options
def plan(installation: Installation, sql: bool, as_json: bool) -> None:
    """What applying the configured packs would do to the live base; exit 2 when there is something to do."""
    configuration = _compiled(installation)
    change = plan_change(installation.settings, configuration)
    if as_json:
        click.echo(json.dumps(change.plain(installation.language), ensure_ascii=False, indent=1))
    else:
        _print_change(change, configuration, installation.language, sql)
    sys.exit(FAILED if has_errors(change.findings) else CHANGES if change else OK)


@click.command()
@click.option("--message", default="", help="What this change is for; kept in the history.")
@click.option("--author", default="", help="Who applies; the system user when absent.")
@installation_options
def apply(installation: Installation, message: str, author: str) -> None:
    """Apply the configured packs in one transaction and store the revision."""
    configuration = _compiled(installation)
    change = plan_change(installation.settings, configuration)
    _carry_out(installation, configuration, change, message, author)


@click.command()
@click.argument("number", type=int)
@click.option("--author", default="", help="Who rolls back; the system user when absent.")
@installation_options
def rollback(installation: Installation, number: int, author: str) -> None:
    """Return to the behaviour of revision NUMBER: a new revision is stored, data written meanwhile is kept."""
    try:
        configuration, change = plan_rollback(installation.settings, number)
    except NoSuchRevision as error:
        fail(_words(installation.language)["no_revision"].format(number, ", ".join(map(str, error.known)) or "—"))
    stop_on_errors(configuration.compiled.findings, configuration.sources, installation.language)
    _carry_out(installation, configuration, change, f"← {number}", author, restores=number)


@click.command()
@installation_options
def history(installation: Installation) -> None:
    """Revisions that were applied, newest first."""
    rows = [
        (r.number, r.created_at.strftime("%Y-%m-%d %H:%M"), r.author, r.message, r.digest[:12])
        for r in list_revisions(installation.settings)
    ]
    print_table(("revision", "applied (UTC)", "author", "message", "digest"), rows)


def _compiled(installation: Installation) -> Configuration:
    configuration = read_configuration(installation.settings)
    stop_on_errors(configuration.compiled.findings, configuration.sources, installation.language)
    return configuration


def _carry_out(
    installation: Installation,
    configuration: Configuration,
    change: Change,
    message: str,
    author: str,
    restores: int | None = None,
) -> None:
    language, words = installation.language, _words(installation.language)
    _print_change(change, configuration, language, sql=False)
    if has_errors(change.findings):
        sys.exit(FAILED)
    try:
        done = apply_change(
            installation.settings,
            configuration,
            author or getpass.getuser(),
            message,
            base=change.plan.base or 0,
            restores=restores,
        )
    except PlanBlocked as error:
        print_findings(error.findings, configuration.sources, language)
        sys.exit(FAILED)
    except StaleRevision:
        fail(words["overtaken"])
    except PartitaError as error:
        fail(words_of(error, language))
    if done.applied.stored:
        click.echo(f"✓ {words['applied'].format(done.applied.number)}")
    stop_on_row_problems(done.problems, language)


def _print_change(change: Change, configuration: Configuration, language: str, sql: bool) -> None:
    words = _words(language)
    if not change:
        click.echo(words["nothing"])
        return
    if lines := change.lines(language):
        click.echo(f"{words['changes']}:")
    for line in lines:
        click.echo(f"  {line}")
    if steps := change.steps(language):
        click.echo(f"\n{words['operations']}:")
    for told, statements in steps:
        click.echo(f"  {told}")
        for statement in statements if sql else ():
            click.echo(f"      {statement};")
    print_findings(change.findings, configuration.sources, language)
    click.echo("")
    if has_errors(change.findings):
        click.echo(words["blocked"])


def _words(language: str) -> dict[str, str]:
    return WORDS.get(language, WORDS["ru"])


COMMANDS = (plan, apply, history, rollback)
