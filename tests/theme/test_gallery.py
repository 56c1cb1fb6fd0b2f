"""The gallery of components as people see it: accessible, within the window, complete in every theme."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from tests.support.browser import PageOpener
from tests.support.left_out import require
from tests.theme.stage import THEME, serve

pytestmark = pytest.mark.browser
Size = dict[str, int]
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"


def load_gallery() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gallery_render", THEME / "gallery" / "render.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GALLERY = load_gallery()
LOOKS: dict[str, tuple[Size, str, str]] = {
    "light": ({"width": 1440, "height": 900}, "light", "ru"),
    "dark": ({"width": 1440, "height": 900}, "dark", "en"),
    "phone": ({"width": 360, "height": 740}, "light", "ru"),
}


MAIN = ("list", "record", "form")
SEEN = {"light": (*GALLERY.PAGES, "login", "404"), "dark": MAIN, "phone": MAIN}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    require("browser", (THEME / "static" / "vendor" / "manifest.json").exists(), "built assets (tools.assets)")
    out = tmp_path_factory.mktemp("gallery")
    for look, (_, theme, language) in LOOKS.items():
        GALLERY.render(out / look, theme, language=language)
    with serve(Starlette(routes=[Mount("/", StaticFiles(directory=out))])) as base:
        yield base


@pytest.mark.parametrize("look", LOOKS)
def test_the_gallery_is_accessible_and_never_scrolls_sideways(
    look: str, drawn: str, pages: PageOpener, axe_violations: Callable[..., list[str]]
) -> None:
    page = pages.open(viewport=LOOKS[look][0])
    for name in SEEN[look]:
        page.goto(f"{drawn}/{look}/{name}.html")
        assert (name, page.evaluate(SIDEWAYS)) <= (name, 0)
        assert (name, axe_violations(page)) == (name, [])
