"""Renders the gallery into a folder, to look at the components without a server: python themes/default/gallery/render.py OUT."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace as Given
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

THEME = Path(__file__).parents[1]
PAGES = ("list", "record", "form", "intake", "parts")


def make_environment(words: dict[str, dict[str, str]], language: str) -> Environment:
    folders = [THEME / "gallery", THEME / "templates"]
    environment = Environment(loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    manifest = json.loads((THEME / "static" / "vendor" / "manifest.json").read_text(encoding="utf-8"))

    def asset(path: str) -> str:
        name = path.removeprefix("vendor/")
        return f"static/vendor/{manifest[name]['file']}" if name in manifest else f"static/{path}"

    def translate(key: str, **given: Any) -> str:
        return words[key][language].format_map({**dict.fromkeys(("count", "at", "text", "name", "number", "code"), "…"), **given})

    environment.globals.update(asset=asset, t=translate)
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
    books = [item("Организации", "org.html", "building-2"), item("Контакты", "people.html", "contact"), item("Изделия", "goods.html", "package")]
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


def render(out: Path, words: dict[str, dict[str, str]], theme: str = "light", density: str = "regular", language: str = "ru") -> None:
    environment = make_environment(words, language)
    out.mkdir(parents=True, exist_ok=True)
    if not (out / "static").exists():
        shutil.copytree(THEME / "static", out / "static")
    found = [
        Given(value="1", text="ООО «Орион»", sub="Москва · ИНН 7701234567", note="+7 495 120-44-17"),
        Given(value="2", text="АО «Орион»", sub="Алматы", note="+7 727 662-73-87"),
    ]
    given: dict[str, Any] = {"language": language, "theme": theme, "density": density, "found": found}
    for name in PAGES:
        text = environment.get_template(f"{name}.html").render(shell=make_shell(f"{name}.html"), **given)
        (out / f"{name}.html").write_text(text, encoding="utf-8")
    sign_in = Given(url="#in", login="", next="/", error="", demo=[("operator", "demo-operator-1", "Оператор"), ("manager", "demo-manager-1", "Менеджер"), ("head", "demo-head-1", "Начальник отдела")])
    (out / "login.html").write_text(environment.get_template("login.html").render(shell=make_shell(""), sign_in=sign_in, **given), encoding="utf-8")
    problem = Given(code="404", title="Такой записи нет", text="Её удалили или адрес набран с ошибкой.", incident="", retry_url="", needs="")
    (out / "404.html").write_text(environment.get_template("404.html").render(shell=make_shell(""), problem=problem, **given), encoding="utf-8")


if __name__ == "__main__":
    catalogue: dict[str, dict[str, str]] = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    render(Path(sys.argv[1]), catalogue, *sys.argv[3:])
