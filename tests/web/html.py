"""Reads answers as a person's browser would: controls, links, headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

HTMX = {"HX-Request": "true"}
"""Headers of a request for a part of a page."""
VOID = frozenset(("input", "br", "hr", "link", "meta", "img", "use"))


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words)).strip()


class Page(HTMLParser):
    """All elements with their texts; `fields()` is what a browser would send."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.source = text
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for position in range(len(self._open) - 1, -1, -1):
            if self._open[position].tag == tag:
                del self._open[position:]
                return

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.words.append(data)

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            e
            for e in self.elements
            if (not tag or e.tag == tag) and all(e.attributes.get(n) == v for n, v in wanted.items())
        ]

    def one(self, tag: str = "", **attributes: str) -> Element:
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} elements {tag} {attributes}"
        return found[0]

    def has(self, tag: str = "", **attributes: str) -> bool:
        return bool(self.all(tag, **attributes))

    @property
    def title(self) -> str:
        return self.all("title")[0].text

    @property
    def h1(self) -> str:
        return self.one("h1").text

    def errors(self) -> list[str]:
        """The lines of the error summary."""
        start = self.source.find('data-ux="error-summary"')
        if start < 0:
            return []
        return [e.text for e in Page(self.source[start : self.source.find("</ul>", start)]).all("li")]

    def fields(self) -> dict[str, Any]:
        """Names and values of the controls as they stand, without buttons and files."""
        sent: dict[str, list[str]] = {}
        select = ""
        for e in self.elements:
            name = e.attributes.get("name", "")
            if e.tag == "select":
                select = name
                sent.setdefault(name, [])
            elif e.tag == "option" and select and "selected" in e.attributes:
                sent[select].append(e.attributes.get("value", ""))
            elif e.tag == "textarea" and name:
                sent.setdefault(name, []).append("".join(e.words).removeprefix("\n"))
            elif e.tag == "input" and name and self._sends(e):
                sent.setdefault(name, []).append(e.attributes.get("value", ""))
        return {name: values[0] if len(values) == 1 else values for name, values in sent.items() if values}

    @staticmethod
    def _sends(element: Element) -> bool:
        kind = element.attributes.get("type", "text")
        if kind in ("checkbox", "radio"):
            return "checked" in element.attributes
        return kind not in ("file", "submit", "button")
