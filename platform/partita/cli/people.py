"""Accounts: `partita user …`. The first administrator is made here, on the host, never by the first visitor."""

from pathlib import Path

import click

from partita.base.errors import PartitaError
from partita.bootstrap.people import add_user, list_users, set_active, set_password, set_roles
from partita.cli.installation import Installation, installation_options
from partita.cli.output import fail, print_table
from partita.cli.refusals import words_of


def _password(file: Path | None) -> str:
    if file is not None:
        return file.read_text(encoding="utf-8").strip()
    return str(click.prompt("Пароль / password", hide_input=True, confirmation_prompt=True))


PASSWORD_FILE = click.option(
    "--password-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read the password from a file.",
)
ROLES = click.option("--role", "roles", multiple=True, help="A role, NAME or pack.NAME; may be repeated.")


@click.group()
def user() -> None:
    """Accounts of people: add, list, roles, password, disable, enable."""


@user.command("add")
@click.argument("login")
@click.option("--name", default="", help="Name shown to others; the login when absent.")
@click.option("--employee", type=int, help="Id of the card in the book of employees.")
@ROLES
@PASSWORD_FILE
@installation_options
def add(
    installation: Installation,
    login: str,
    name: str,
    employee: int | None,
    roles: tuple[str, ...],
    password_file: Path | None,
) -> None:
    """Make an account LOGIN; the password is asked for, or read from a file."""
    try:
        made = add_user(installation.settings, login, name or login, _password(password_file), roles, employee)
    except PartitaError as error:
        fail(words_of(error, installation.language))
    click.echo(f"✓ {login} ({', '.join(made) or '—'})")


@user.command("list")
@installation_options
def listing(installation: Installation) -> None:
    """All accounts with their roles."""
    users = list_users(installation.settings)
    rows = [(u.login, u.name, ", ".join(sorted(u.roles)), "✓" if u.active else "✕") for u in users]
    print_table(("login", "name", "roles", "active"), rows)


@user.command("roles")
@click.argument("login")
@ROLES
@installation_options
def roles_of(installation: Installation, login: str, roles: tuple[str, ...]) -> None:
    """Give LOGIN exactly these roles; they hold from the next click on."""
    try:
        made = set_roles(installation.settings, login, roles)
    except PartitaError as error:
        fail(words_of(error, installation.language))
    click.echo(f"✓ {login}: {', '.join(made) or '—'}")


@user.command("password")
@click.argument("login")
@PASSWORD_FILE
@installation_options
def password(installation: Installation, login: str, password_file: Path | None) -> None:
    """Set a new password of LOGIN and end all its sessions."""
    try:
        set_password(installation.settings, login, _password(password_file))
    except PartitaError as error:
        fail(words_of(error, installation.language))
    click.echo(f"✓ {login}")


@user.command("disable")
@click.argument("login")
@installation_options
def disable(installation: Installation, login: str) -> None:
    """Close the account LOGIN and end its sessions; history keeps the name."""
    _switch(installation, login, active=False)


@user.command("enable")
@click.argument("login")
@installation_options
def enable(installation: Installation, login: str) -> None:
    """Open the account LOGIN again."""
    _switch(installation, login, active=True)


def _switch(installation: Installation, login: str, *, active: bool) -> None:
    try:
        set_active(installation.settings, login, active)
    except PartitaError as error:
        fail(words_of(error, installation.language))
    click.echo(f"✓ {login}")


COMMANDS = (user,)
