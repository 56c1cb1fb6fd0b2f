"""How the value of a setting is read from YAML, from a variable or from an option: one way for all three."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from partita.settings.places import shipped_packs

Read = Callable[[Any, Path], Any]
"""From a plain value and the folder that relative paths count from; ValueError when it is not such a value."""


def text(value: Any, folder: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(value)
    return value.strip()


def integer(low: int, high: int) -> Read:
    def read(value: Any, folder: Path) -> int:
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise ValueError(value)
        number = int(value)
        if not low <= number <= high:
            raise ValueError(value)
        return number

    return read


def minutes(value: Any, folder: Path) -> timedelta:
    return timedelta(minutes=integer(1, 60 * 24 * 365)(value, folder))


def one_of(*known: str) -> Read:
    def read(value: Any, folder: Path) -> str:
        if value not in known:
            raise ValueError(value)
        return str(value)

    return read


def zone(value: Any, folder: Path) -> str:
    name = text(value, folder)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(value) from error
    return name


def path(value: Any, folder: Path) -> Path:
    return (folder / Path(text(value, folder)).expanduser()).resolve()


class NoSuchPack(ValueError):
    """`index` is the place of the name in the list."""

    def __init__(self, given: str, index: int) -> None:
        super().__init__(given)
        self.given, self.index = given, index


def packs(value: Any, folder: Path) -> tuple[Path, ...]:
    """Folders, or names of shipped packs. A list in YAML; in a variable the parts stand apart as in PATH."""
    parts = value.split(os.pathsep) if isinstance(value, str) else value
    if not isinstance(parts, list | tuple) or not parts:
        raise ValueError(value)
    return tuple(_pack(part, index, folder) for index, part in enumerate(parts))


def _pack(value: Any, index: int, folder: Path) -> Path:
    beside = path(value, folder)
    if beside.is_dir():
        return beside
    shipped = None if "/" in value else shipped_packs().get(value)
    if shipped is None:
        raise NoSuchPack(value, index)
    return shipped


def database(value: Any, folder: Path) -> str:
    url = text(value, folder)
    if found := re.fullmatch(r"sqlite:///(.+)", url):
        return f"sqlite:///{path(found[1], folder)}"
    if found := re.fullmatch(r"(?:postgres|postgresql)(?:\+psycopg)?://(.+)", url):
        return f"postgresql+psycopg://{found[1]}"
    raise ValueError(value)


def web_address(value: Any, folder: Path) -> str:
    url = text(value, folder).rstrip("/")
    if not re.fullmatch(r"https?://[^/\s?#]+", url):
        raise ValueError(value)
    return url
