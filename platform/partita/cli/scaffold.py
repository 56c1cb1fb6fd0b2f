"""`partita init`: the folder of a new enterprise."""

import re
from pathlib import Path

import click

from partita.cli.output import fail

CONFIG = """# The installation of this enterprise. Every key is explained in config.example.yaml of the product.
database:
  url: sqlite:///var/partita.db
storage:
  dir: var/files
packs: [base, {packs}./pack]
language: {language}
timezone: {timezone}
"""
PACK = """# yaml-language-server: $schema=../schemas/pack.schema.json
pack: {name}
version: 0.1.0
label: {name}
languages: [{language}]
requires: {{base: ">=1"{requires}}}
"""
IGNORED = "var/\n"
EDITOR = """{
  "yaml.schemas": {"./schemas/document.schema.json": "pack/**/*.yaml", "./schemas/pack.schema.json": "pack/pack.yaml"}
}
"""
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def write_enterprise(folder: Path, name: str, uses: tuple[str, ...], language: str, timezone: str) -> None:
    """Writes config.yaml, an empty pack and the editor's settings; refuses a folder that holds anything."""
    if folder.exists() and any(folder.iterdir()):
        fail(f"{folder}: the folder is not empty / папка не пуста.")
    if not NAME.fullmatch(name):
        fail(f"{name!r}: a pack's name is Latin letters, digits and _ / имя пакета — латиница, цифры и _.")
    packs = "".join(f"{pack}, " for pack in uses)
    requires = "".join(f', {pack}: ">=1"' for pack in uses)
    files = {
        "config.yaml": CONFIG.format(packs=packs, language=language, timezone=timezone),
        "pack/pack.yaml": PACK.format(name=name, language=language, requires=requires),
        ".gitignore": IGNORED,
        ".vscode/settings.json": EDITOR,
    }
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def default_name(folder: Path) -> str:
    """A pack's name from the folder's: lower case, what is no letter or digit becomes `_`."""
    return re.sub(r"[^a-z0-9_]+", "_", folder.resolve().name.lower()).strip("_") or "enterprise"


def describe(folder: Path) -> None:
    click.echo(f"✓ {folder}: config.yaml, pack/pack.yaml, schemas/, .vscode/settings.json")
    click.echo(f"  cd {folder} && partita up")
