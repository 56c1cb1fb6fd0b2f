"""The configured packs, read and compiled: what every command about configuration begins with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from partita.compiler.discover import read_packs
from partita.compiler.pipeline import Compiled, compile_sources
from partita.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class Configuration:
    """Texts by file name, and what the compiler made of them."""

    sources: Mapping[str, str]
    compiled: Compiled


def read_configuration(settings: Settings) -> Configuration:
    """Reads and compiles all packs of the settings. Findings are in `compiled`; nothing is raised."""
    return read_folders(settings.packs, settings.language)


def read_folders(folders: Iterable[Path], language: str) -> Configuration:
    """The same of given folders: each is a pack or holds packs."""
    sources = read_packs(folders)
    return Configuration(sources, compile_sources(sources, language))
