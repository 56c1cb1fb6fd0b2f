"""Chromium for tests: pages that remember what the browser complained about, and the accessibility check."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, sync_playwright

__all__ = ["Browser", "PageOpener", "executable", "launch", "opener", "sync_playwright", "violations"]

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def executable() -> Path | None:
    known = Path("/usr/bin/chromium")
    found = known if known.exists() else shutil.which("chromium") or shutil.which("chromium-browser")
    return Path(found) if found else None


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=str(executable()), args=ARGUMENTS)


@dataclass
class Complaints:
    """Console errors, warnings and uncaught exceptions of one page; a test that expects some removes them."""

    found: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.found.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")


@dataclass
class PageOpener:
    """Opens pages in contexts of their own: `opener.open(locale="en-US", viewport={"width": 360, "height": 740})`."""

    browser: Browser
    complaints: dict[Page, Complaints] = field(default_factory=dict)

    def open(self, **context: Any) -> Page:
        options = {"locale": "ru-RU", "timezone_id": "Europe/Moscow", "reduced_motion": "reduce", **context}
        page = self.browser.new_context(**options).new_page()
        page.set_default_timeout(10_000)
        complaints = self.complaints[page] = Complaints()
        page.on("console", complaints.hear)
        page.on("pageerror", lambda error: complaints.found.append(f"exception: {error}"))
        return page

    def heard(self) -> list[str]:
        return [line for complaints in self.complaints.values() for line in complaints.found]


@contextmanager
def opener(browser: Browser) -> Iterator[PageOpener]:
    pages = PageOpener(browser)
    try:
        yield pages
    finally:
        for page in pages.complaints:
            page.context.close()


def violations(
    page: Page, tags: tuple[str, ...] = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
) -> list[str]:
    """What axe finds on the page as it stands now: rule, impact, and the elements."""
    page.evaluate(AXE.read_text(encoding="utf-8") + ";null")
    options = json.dumps({"runOnly": {"type": "tag", "values": list(tags)}, "resultTypes": ["violations"]})
    found = page.evaluate(f"async () => (await axe.run(document, {options})).violations")
    return [
        f"{item['id']} ({item['impact']}): {node['target']} {node['html'][:120]}"
        for item in found
        for node in item["nodes"]
    ]
