"""Renders the gallery into a folder, to look at the components without a server:

.venv/bin/python themes/default/gallery/render.py OUT [light|dark] [compact|regular|relaxed] [ru|en]
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace as Given
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from partita.web.words.say import speaker

THEME = Path(__file__).parents[1]
PAGES = ("list", "record", "form", "intake", "parts")


def make_environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([THEME / "gallery", THEME / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    manifest = json.loads((THEME / "static" / "vendor" / "manifest.json").read_text(encoding="utf-8"))

    def asset(path: str) -> str:
        name = path.removeprefix("vendor/")
        return f"static/vendor/{manifest[name]['file']}" if name in manifest else f"static/{path}"

    environment.globals.update(asset=asset, t=speaker(language))
    return environment


def make_shell(path: str) -> Given:
    def item(label: str, url: str, icon: str, count: int | None = None, hot: bool = False) -> Given:
        return Given(label=label, url=url, icon=icon, count=count, hot=hot, current=url == path)

    work = [
        item("Рабочее место", "parts.html", "layout-dashboard"),
        item("Новый запрос", "intake.html", "phone"),
        item("Запросы", "list.html", "inbox", 326),
        item("Просроченные", "late.html", "clock", 163, True),
        item("Карточка", "record.html", "file-text"),
        item("Форма", "form.html", "pencil"),
    ]
    books = [
        item("Организации", "org.html", "building-2"),
        item("Контакты", "people.html", "contact"),
        item("Изделия", "goods.html", "package"),
    ]
    return Given(
        product="Партита",
        user=Given(name="Иванова Анна Сергеевна", initials="ИА"),
        menu=[Given(label="", items=work), Given(label="Справочники", items=books)],
        bottom=work[:4],
        create=[Given(label="Новый запрос", url="intake.html"), Given(label="Организация", url="#org")],
        search_url="search.html",
        look_url="#look",
        sign_out_url="#out",
        languages=[Given(code="ru", name="Русский"), Given(code="en", name="English")],
        toasts=[],
        banner=None,
        here="/",
    )


FOUND = [
    Given(value="1", text="ООО «Орион»", sub="Москва · ИНН 7701234567", note="+7 495 120-44-17"),
    Given(value="2", text="АО «Орион»", sub="Алматы", note="+7 727 662-73-87"),
]
DEMO = [
    ("operator", "demo-operator-1", "Оператор"),
    ("manager", "demo-manager-1", "Менеджер"),
    ("head", "demo-head-1", "Начальник отдела"),
]
SIGN_IN = Given(url="#in", login="", next="/", error="", demo=DEMO)
PROBLEM = Given(
    code="404",
    title="Такой записи нет",
    text="Её удалили или адрес набран с ошибкой.",
    incident="",
    retry_url="",
    needs="",
)


def render(out: Path, theme: str = "light", density: str = "regular", language: str = "ru") -> None:
    environment = make_environment(language)
    shutil.copytree(THEME / "static", out / "static", dirs_exist_ok=True)
    given: dict[str, Any] = {"language": language, "theme": theme, "density": density}
    given |= {"found": FOUND, "sign_in": SIGN_IN, "problem": PROBLEM}
    for name in (*PAGES, "login", "404"):
        text = environment.get_template(f"{name}.html").render(shell=make_shell(f"{name}.html"), **given)
        (out / f"{name}.html").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    render(Path(sys.argv[1]), *sys.argv[2:])
