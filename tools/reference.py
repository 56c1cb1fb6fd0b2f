"""The page of the manual with every message, written from the catalogue: `python -m tools.reference`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from partita.base.codes.catalogue import FAMILIES
from partita.base.codes.message import Message
from tools.places import ROOT

PAGE = ROOT / "docs" / "reference" / "messages.md"
TITLES = {
    "yaml": "Reading YAML · Чтение YAML",
    "schema": "Shape of a document · Вид документа",
    "overlay": "Packs · Пакеты",
    "link": "Names and references · Имена и ссылки",
    "build": "Meaning of declarations · Смысл описаний",
    "formula": "Formulas and templates · Формулы и шаблоны",
    "prove": "Provers · Доказательства",
    "plan": "Plan and apply · План и применение",
    "write": "Refusals of commands on records · Отказы при записи",
    "identity": "Accounts, sessions, rights · Учётные записи, сеансы, права",
    "exchange": "Import and export · Загрузка и выгрузка",
    "settings": "Settings · Настройки установки",
    "doctor": "The doctor · Проверка установки",
}


def write_messages() -> str:
    """Markdown of all families in the order of the catalogue."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Messages"
    yield ""
    yield "Every message has a code that never changes its meaning. `{…}` is filled with what was found. An *error*"
    yield "stops the command, a *warning* does not, a *hint* helps. Made from the catalogue; do not edit."
    for name, messages in FAMILIES.items():
        yield from ("", f"## {TITLES[name]}", "")
        yield "| code | severity | по-русски · что делать | English · what to do |"
        yield "| --- | --- | --- | --- |"
        for message in sorted(messages, key=lambda message: message.code):
            yield _row(message)


def _row(message: Message) -> str:
    ru = _cell(message.ru, message.fix_ru)
    en = _cell(message.en, message.fix_en)
    return f"| `{message.code}` | {message.severity} | {ru} | {en} |"


def _cell(words: str, remedy: str) -> str:
    """Doubled braces of the templates are shown as people see them; markup of tables is escaped."""
    shown, done = (_plain(text) for text in (words, remedy))
    return f"{shown} *{done}*" if done else shown


def _plain(text: str) -> str:
    bare = text.replace("{{", "{").replace("}}", "}").replace("\n", " ").replace("<", "&lt;")
    return re.sub(r"([|*_])", r"\\\1", bare)


if __name__ == "__main__":
    PAGE.write_text(write_messages(), encoding="utf-8")
