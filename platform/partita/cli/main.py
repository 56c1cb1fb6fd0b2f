"""The command `partita`: a list of command families."""

import click

from partita.base.version import __version__
from partita.cli import checking, exchange, people, publishing, service


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="partita")
def main() -> None:
    """Partita: describe the work of an enterprise in YAML and get the working system."""


for command in (
    *service.COMMANDS,
    *checking.COMMANDS,
    *publishing.COMMANDS,
    *people.COMMANDS,
    *exchange.COMMANDS,
):
    main.add_command(command)
