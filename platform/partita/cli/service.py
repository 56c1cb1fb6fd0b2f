"""Commands that make an installation and run it: init, up, serve, worker, demo, doctor."""

import getpass
import sys
from pathlib import Path

import click

from partita.base.diagnostics import has_errors
from partita.base.errors import PartitaError
from partita.base.text import LANGUAGES, say
from partita.bootstrap.app import Logins, work
from partita.bootstrap.app import serve as run_server
from partita.bootstrap.change import apply_change, list_revisions, load_demo, plan_change, remove_demo
from partita.bootstrap.configuration import read_configuration
from partita.bootstrap.doctor import examine
from partita.bootstrap.engine import open_engine
from partita.cli import scaffold
from partita.cli.installation import Installation, installation_options, spoken_language
from partita.cli.output import FAILED, OK, fail, print_findings, stop_on_errors
from partita.cli.refusals import stop_on_row_problems, words_of
from partita.compiler.schemas.export import export
from partita.model.model import Model
from partita.runtime.context import Actor
from partita.runtime.identity import accounts
from partita.testing.demo import perform_demo, stories

DEMO_PASSWORD = "partita-demo"
WORDS = {
    "ru": {
        "ready": "✓ База готова: ревизия {}",
        "unapplied": "Файлы отличаются от применённой ревизии {}. Посмотрите: partita plan, примените: partita apply.",
        "first_user": "Входов ещё нет. Заведите первый: partita user add ЛОГИН --role base.administrator",
        "demo": "Вход в демонстрационную базу, пароль у всех один: {}",
        "removed": "✓ Убрано демонстрационных записей: {}. Оставлено, потому что с ними работали: {}.",
        "serving": "Партита слушает {}  (остановить: Ctrl+C)",
    },
    "en": {
        "ready": "✓ The base is ready: revision {}",
        "unapplied": "The files differ from the applied revision {}. Look: partita plan, apply: partita apply.",
        "first_user": "There are no logins yet. Make the first: partita user add LOGIN --role base.administrator",
        "demo": "Logins of the demo base, one password for all: {}",
        "removed": "✓ Demo records removed: {}. Kept because people worked with them: {}.",
        "serving": "Partita listens at {}  (stop: Ctrl+C)",
    },
}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--pack", help="Name of the enterprise's pack; from the folder's name when absent.")
@click.option("--use", "uses", multiple=True, help="A shipped pack to build on (base is always there), e.g. requests.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Main language of the enterprise.")
@click.option("--timezone", default="Europe/Moscow", show_default=True, help="Time zone, like Asia/Almaty.")
def init(folder: Path, pack: str | None, uses: tuple[str, ...], language: str | None, timezone: str) -> None:
    """Make the FOLDER of a new enterprise: config.yaml, an empty pack, schemas for the editor."""
    spoken = language or spoken_language("ru")
    scaffold.write_enterprise(folder, pack or scaffold.default_name(folder), uses, spoken, timezone)
    export(folder / "schemas", spoken)
    scaffold.describe(folder)


@click.command()
@click.option("--demo", is_flag=True, help="Load the demo base too, with its people.")
@installation_options
def up(installation: Installation, demo: bool) -> None:
    """Make the database ready: the first revision if there is none, the demo base if asked. Safe to repeat."""
    settings, words = installation.settings, _words(installation)
    configuration = read_configuration(settings)
    stop_on_errors(configuration.compiled.findings, configuration.sources, installation.language)
    change = plan_change(settings, configuration)
    try:
        if change.plan.base is None:
            done = apply_change(settings, configuration, getpass.getuser(), "", base=0)
            stop_on_row_problems(done.problems, installation.language)
        elif change:
            click.echo(words["unapplied"].format(change.plan.base))
        if demo:
            _bring_demo(installation)
    except PartitaError as error:
        fail(words_of(error, installation.language))
    click.echo(words["ready"].format(list_revisions(settings)[0].number))
    _tell_logins(installation)


def _bring_demo(installation: Installation) -> None:
    stop_on_row_problems(load_demo(installation.settings), installation.language)
    played = perform_demo(open_engine(installation.settings), DEMO_PASSWORD)
    for story in played.stories:
        if not story.passed:
            fail(str(story))


def _tell_logins(installation: Installation) -> None:
    words = _words(installation)
    if logins := _demo_logins(installation):
        click.echo("\n" + words["demo"].format(DEMO_PASSWORD))
        width = max(len(login) for login, _, _ in logins)
        for login, _, said in logins:
            click.echo(f"  {login.ljust(width)}  {said}")
    elif not accounts.list_users(open_engine(installation.settings)):
        click.echo(words["first_user"])


def _demo_logins(installation: Installation) -> Logins:
    """The people of the demo stories who still have the demo password's accounts: login, password, roles in words."""
    engine = open_engine(installation.settings)
    model = engine.current().model
    people = {name for story in stories(engine) for name in story.people}
    found = [actor for name in sorted(people) if (actor := accounts.find_actor(engine, name))]
    return tuple((actor.login, DEMO_PASSWORD, _who(actor, model, installation.language)) for actor in found)


def _who(actor: Actor, model: Model, language: str) -> str:
    roles = (say(model.roles[role].label, language) for role in sorted(actor.roles))
    return f"{actor.name} — {', '.join(roles)}"


@click.command()
@click.option("--host", help="Address to listen at.")
@click.option("--port", type=int, help="Port to listen at.")
@click.option("--with-worker/--without-worker", default=True, show_default=True, help="Run the jobs in this process.")
@installation_options
def serve(installation: Installation, host: str | None, port: int | None, with_worker: bool) -> None:
    """Serve people. Runs the last applied revision; what is only edited does not matter."""
    settings = installation.with_address(host, port).settings
    if not list_revisions(settings):
        fail("partita up")
    click.echo(_words(installation)["serving"].format(f"http://{settings.host}:{settings.port}"))
    run_server(settings, with_worker, _demo_logins(installation))


@click.command()
@installation_options
def worker(installation: Installation) -> None:
    """Run the jobs in a process of its own."""
    work(installation.settings)


@click.group()
def demo() -> None:
    """The demo base: load, remove."""


@demo.command("load")
@installation_options
def load(installation: Installation) -> None:
    """Load the rows of class demo of the applied packs and play their stories."""
    try:
        _bring_demo(installation)
    except PartitaError as error:
        fail(words_of(error, installation.language))
    _tell_logins(installation)


@demo.command("remove")
@installation_options
def remove(installation: Installation) -> None:
    """Remove what the demo brought and nobody has worked with since."""
    removed, kept = remove_demo(installation.settings)
    click.echo(_words(installation)["removed"].format(removed, kept))


@click.command()
@installation_options
def doctor(installation: Installation) -> None:
    """Examine the installation: database, versions, files, jobs; exit 1 when something needs a hand."""
    findings = examine(installation.settings)
    print_findings(findings, {}, installation.language)
    if not findings:
        click.echo("✓")
    sys.exit(FAILED if has_errors(findings) else OK)


def _words(installation: Installation) -> dict[str, str]:
    return WORDS.get(installation.language, WORDS["ru"])


COMMANDS = (init, up, serve, worker, demo, doctor)
