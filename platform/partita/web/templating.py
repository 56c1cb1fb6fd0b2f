"""Templates of the theme chain: enterprise → pack → theme → default. One environment per language."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from partita.screens.control import FileItem
from partita.screens.listing import Column
from partita.web import address
from partita.web.assets import Assets
from partita.web.widgets.registry import Widget, control_of, widget_of
from partita.web.words.say import CATALOGUES, speaker


@cache
def dress(themes: tuple[Path, ...]) -> "tuple[Assets, Templates]":
    """The files and the templates of a chain of themes: read and compiled once in a process."""
    assets = Assets(themes)
    return assets, Templates(themes, assets)


class Templates:
    """`render("record.html", "ru", …)`; a template sees `t`, `asset`, `url` and what the view gives it."""

    def __init__(self, themes: tuple[Path, ...], assets: Assets) -> None:
        folders = [theme / "templates" for theme in themes]
        self.environments = {language: _environment(folders, language, assets) for language in CATALOGUES}

    def render(self, name: str, language: str, values: Mapping[str, Any]) -> str:
        return self.environments[language].get_template(name).render(values)


def _environment(folders: list[Any], language: str, assets: Assets) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.globals.update(
        t=speaker(language), asset=assets.url, url=address, control_of=control_of, widget_of=widget_of,
        control_widget=column_widget, size_text=size_text, file_items=file_rows,
    )  # fmt: skip
    return environment


def column_widget(column: Column) -> Widget:
    return widget_of(column.field.type)


def size_text(size: float) -> str:
    """A size as people read it: 12 KB, 3.4 MB."""
    for unit in ("B", "KB"):
        if size < 1024:
            return f"{size:.0f}\u00a0{unit}"
        size /= 1024
    return f"{size:.1f}\u00a0MB"


def file_rows(files: tuple[FileItem, ...]) -> list[tuple[int, str, str, str]]:
    """As the macro `files` reads them."""
    return [(file.id, file.name, size_text(file.size), address.file(file.id)) for file in files]
