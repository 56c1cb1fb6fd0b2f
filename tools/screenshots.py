"""Pictures of the manual: a demo base of its own, and the main job done in Chromium by the keyboard alone.

Ends with 1 when the browser complains, so pictures of a broken page are not taken for good ones.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.browser import PageOpener, launch, opener, sync_playwright
from tests.support.service import free_port, wait_for
from tools.places import ROOT, binary

IMAGES = ROOT / "docs" / "images"
PASSWORD = "partita-demo"
MOST_BYTES = 3_000_000
MOST_STEPS = 120
MOST_ITEMS = 12
FINISH = "/transition/finish"
DESK = {"viewport": {"width": 1366, "height": 768}}
PHONE = {"viewport": {"width": 360, "height": 740}}
MAIN_FIVE = frozenset({"home", "list", "intake-questions", "record", "decision"})
APPEALS = "/list/requests.service_appeal"


@dataclass(frozen=True, slots=True)
class Look:
    """`suffix` of the files; `shots`: names of the pictures to keep, all when empty."""

    suffix: str
    language: str = "ru"
    shots: frozenset[str] = MAIN_FIVE
    context: Mapping[str, Any] = field(default_factory=lambda: DESK)


LOOKS = (
    Look("", shots=frozenset()),
    Look("-dark", context={**DESK, "color_scheme": "dark"}),
    Look("-phone", context=PHONE),
    Look("-en", language="en"),
)


@dataclass
class Desk:
    """A person at a page: what is pressed, and what is kept of what is seen."""

    page: Page
    look: Look

    def shot(self, name: str) -> None:
        if not self.look.shots or name in self.look.shots:
            self.page.screenshot(path=IMAGES / f"{name}{self.look.suffix}.png", animations="disabled", caret="hide")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def walk(self, name: str) -> None:
        """Tab by Tab to the control with this id."""
        for _ in range(MOST_STEPS):
            if self.page.evaluate("document.activeElement.id") == name:
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not reach #{name} on {self.page.url}")

    def sees(self, selector: str, shown: bool = True) -> None:
        found = expect(self.page.locator(selector).first)
        found.to_be_visible() if shown else found.to_be_attached()

    def loses(self, selector: str) -> None:
        expect(self.page.locator(selector)).to_have_count(0)


def main() -> int:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = launch(playwright)
        with opener(browser) as pages:
            for look in LOOKS:
                tell_story(pages, address, look)
            complaints = pages.heard()
        browser.close()
    for line in complaints:
        print(line, file=sys.stderr)
    size = sum(path.stat().st_size for path in IMAGES.glob("*.png"))
    print(f"{len(list(IMAGES.glob('*.png')))} pictures, {size / 1e6:.1f} MB")
    return 1 if complaints or size > MOST_BYTES else 0


@contextmanager
def demo() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="partita-pictures-") as name:
        folder, port = Path(name), free_port()
        settings = {
            **os.environ,
            "PARTITA_DATABASE_URL": f"sqlite:///{folder / 'partita.db'}",
            "PARTITA_STORAGE_DIR": str(folder / "files"),
            "PARTITA_PORT": str(port),
            "PYTHONUTF8": "1",
        }
        subprocess.run(
            [binary("partita"), "up", "--demo"], cwd=ROOT, env=settings, check=True, stdout=subprocess.DEVNULL
        )
        with served(settings, folder / "server.log", f"http://127.0.0.1:{port}") as address:
            yield address


@contextmanager
def served(settings: Mapping[str, str], log: Path, address: str) -> Iterator[str]:
    with log.open("w", encoding="utf-8") as lines:
        server = subprocess.Popen(
            [binary("partita"), "serve"], cwd=ROOT, env=settings, stdout=lines, stderr=subprocess.STDOUT
        )
        try:
            wait_for(address, server, log)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=15)


def tell_story(pages: PageOpener, address: str, look: Look) -> None:
    operator = sign_in(pages, address, look, "zhukov")
    number = register(operator)
    specialist = sign_in(pages, address, look, "ivanova")
    pass_to_result(specialist, number)


def sign_in(pages: PageOpener, address: str, look: Look, login: str) -> Desk:
    locale = "ru-RU" if look.language == "ru" else "en-US"
    desk = Desk(pages.open(base_url=address, locale=locale, **look.context), look)
    desk.page.goto("/sign-in")
    if login == "zhukov":
        desk.shot("sign-in")
    desk.walk("login")
    desk.type(login)
    desk.walk("password")
    desk.type(PASSWORD)
    desk.press("Enter")
    desk.page.wait_for_url(f"{address}/")
    choose_language(desk)
    return desk


def choose_language(desk: Desk) -> None:
    page, language = desk.page, desk.look.language
    if page.locator("html").get_attribute("lang") != language:
        page.locator("#user-menu-button").press("Enter")
        page.locator(f"#user-menu button[name=language][value={language}]").press("Enter")
        expect(page.locator("html")).to_have_attribute("lang", language)
        page.goto("/")


def register(desk: Desk) -> str:
    """A complaint taken by telephone; gives its number."""
    desk.press("n")
    desk.page.wait_for_url("**/intake")
    desk.sees("#who:focus")
    desk.shot("intake-empty")
    desk.type("орио")
    desk.sees("#who-options [role=option]")
    desk.shot("intake-found")
    desk.press("Enter")
    desk.sees("#type:focus")
    desk.press("2")
    desk.sees("#f-appeal_kind:focus")
    desk.press("2")
    desk.sees("#f-desired_outcome")
    answer(desk)
    desk.press("Control+Enter")
    desk.page.wait_for_url(re.compile(r"/record/requests\.service_appeal/\d+\?done=registered"))
    desk.sees("#registered .number")
    desk.shot("intake-registered")
    return desk.page.locator("#registered .number").inner_text()


def answer(desk: Desk) -> None:
    """The questions of a complaint; some of them appear after answers to others."""
    desk.walk("f-product")
    desk.type("КВ-100")
    desk.sees("#f-product-options [role=option]")
    desk.press("Enter")
    desk.sees("#f-serial_number")
    desk.walk("f-serial_number")
    desk.type("КВ100-24-0117")
    desk.walk("f-symptoms")
    desk.press("Space")
    desk.walk("f-happened_at")
    desk.type("вчера" if desk.look.language == "ru" else "yesterday")
    desk.press("Tab")
    desk.walk("f-essence")
    desk.type(
        "Котёл не включается после отключения света." if desk.look.language == "ru" else "Dead after a power cut."
    )
    desk.shot("intake-questions")
    desk.walk("f-purchase_date")
    desk.type("01.03.2026")
    desk.press("Tab")
    desk.sees("#f-purchase_document")
    desk.walk("f-purchase_document")
    desk.press("1")
    desk.walk("f-desired_outcome")
    desk.press("1")
    desk.sees("#f-service_address")


def pass_to_result(desk: Desk, number: str) -> None:
    desk.shot("home")
    desk.page.goto(APPEALS)
    desk.sees("[data-rows] tr")
    desk.shot("list")
    open_by_number(desk, number)
    desk.shot("record")
    decide(desk)
    finish(desk)


def open_by_number(desk: Desk, number: str) -> None:
    desk.press("Control+k")
    desk.sees("[data-palette][open] input:focus")
    desk.type(number)
    desk.sees("[data-palette] [role=option]")
    expect(desk.page.locator("[data-palette] [role=option]").first).to_contain_text(number)
    desk.press("Enter")
    desk.sees(".record-head")


def decide(desk: Desk) -> None:
    desk.walk("act-decide")
    desk.press("Enter")
    desk.sees("dialog[open] #decision:focus")
    desk.press("1")
    desk.sees("dialog[open] #decide-text")
    desk.shot("decision")
    desk.press("Control+Enter")
    desk.loses("dialog[open]")
    desk.sees(f"main a[href$='{FINISH}']", shown=False)


def finish(desk: Desk) -> None:
    desk.walk("more-actions-button")
    desk.press("Enter")
    for _ in range(MOST_ITEMS):
        desk.press("ArrowDown")
        if desk.page.locator(f"a[href$='{FINISH}']:focus").count():
            break
    desk.press("Enter")
    desk.sees("dialog[open] #f-result")
    desk.walk("f-result")
    desk.type("Заменён блок розжига, котёл работает." if desk.look.language == "ru" else "Ignition unit replaced.")
    desk.shot("finish")
    desk.press("Control+Enter")
    desk.loses("dialog[open]")
    desk.loses(f"main a[href$='{FINISH}']")
    desk.sees(".record-head")
    desk.shot("result")


if __name__ == "__main__":
    raise SystemExit(main())
