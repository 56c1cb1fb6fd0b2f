"""Every field type has its face: a widget for forms, cards and lists, and a macro that draws it."""

from __future__ import annotations

from partita.runtime.codecs.registry import CODECS
from partita.settings.places import shipped
from partita.web.widgets.registry import RADIOS, WIDGETS


def test_every_type_with_a_codec_has_a_widget() -> None:
    assert WIDGETS.keys() == CODECS.keys()


def test_every_widget_is_drawn_by_the_theme() -> None:
    drawn = (shipped("themes") / "default" / "templates" / "_controls.html").read_text(encoding="utf-8")
    others = {"text", "email", "url", "phone", "code", "boolean", "table"}
    named = {widget.control for widget in (*WIDGETS.values(), RADIOS)} - others
    assert {name for name in named if f"'{name}'" not in drawn} == set()
