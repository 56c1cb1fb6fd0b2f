"""What nearly every command begins with: settings, the configured packs, the database."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from partita.base.text import LANGUAGES
from partita.cli.output import stop_on_errors
from partita.settings.load import load
from partita.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class Installation:
    """Settings and the language in which commands speak."""

    settings: Settings
    language: str

    def with_address(self, host: str | None, port: int | None) -> "Installation":
        """The same, listening elsewhere."""
        settings = replace(self.settings, host=host or self.settings.host, port=port or self.settings.port)
        return replace(self, settings=settings)


def installation_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--config`, `--database`, `--language`; the command gets an Installation as its first argument."""

    @click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="config.yaml of the installation.")
    @click.option("--database", metavar="URL", help="sqlite:///PATH or postgresql://…; above config.yaml.")
    @click.option("--language", type=click.Choice(LANGUAGES), help="Language of messages.")
    @wraps(command)
    def run(config: Path | None, database: str | None, language: str | None, **options: Any) -> Any:
        return command(read_installation(config, database, language), **options)

    return run


def read_installation(config: Path | None, database: str | None = None, language: str | None = None) -> Installation:
    """The settings, or all findings about them on stderr and exit code 1."""
    settings, findings = load(config, os.environ, {"database.url": database})
    spoken = language or spoken_language(settings.language if settings else "")
    stop_on_errors(findings, _texts(findings), spoken)
    assert settings is not None
    return Installation(settings, spoken)


def spoken_language(fallback: str) -> str:
    """The terminal's language if we speak it, else that of the installation."""
    terminal = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "")[:2].lower()
    return terminal if terminal in LANGUAGES else fallback or "ru"


def _texts(findings: Any) -> dict[str, str]:
    files = {finding.span.file for finding in findings if finding.span}
    return {file: Path(file).read_text(encoding="utf-8", errors="replace") for file in files if Path(file).is_file()}
