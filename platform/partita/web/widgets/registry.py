"""Widgets by field type: which macro of the theme's `_controls.html` draws the question, and how a list cell looks."""

from dataclasses import dataclass

from partita.base.registry import Registry
from partita.screens.control import Control


@dataclass(frozen=True, slots=True)
class Widget:
    """`control`: the macro that draws the input; `grouped`: several inputs under one legend;
    `numeric`: digits stand at the right in lists; `place`: where the value goes on a phone's two-line row."""

    control: str
    grouped: bool = False
    numeric: bool = False
    place: str = ""


WIDGETS: Registry[Widget] = Registry("widgets")
RADIOS = Widget("radios", grouped=True)

WIDGETS.register("text", Widget("text"))
WIDGETS.register("person_name", Widget("text"))
WIDGETS.register("multiline", Widget("multiline"))
WIDGETS.register("address", Widget("multiline"))
WIDGETS.register("email", Widget("email"))
WIDGETS.register("url", Widget("url"))
WIDGETS.register("phone", Widget("phone"))
WIDGETS.register("code", Widget("code"))
WIDGETS.register("integer", Widget("number", numeric=True))
WIDGETS.register("decimal", Widget("number", numeric=True))
WIDGETS.register("money", Widget("number", numeric=True))
WIDGETS.register("percent", Widget("number", numeric=True))
WIDGETS.register("boolean", Widget("boolean"))
WIDGETS.register("choice", Widget("select"))
WIDGETS.register("choices", Widget("checks", grouped=True))
WIDGETS.register("date", Widget("date", numeric=True, place="due"))
WIDGETS.register("datetime", Widget("datetime", numeric=True, place="due"))
WIDGETS.register("time", Widget("time", numeric=True))
WIDGETS.register("duration", Widget("text", numeric=True))
WIDGETS.register("link", Widget("link", place="sub"))
WIDGETS.register("user", Widget("link"))
WIDGETS.register("links", Widget("links"))
WIDGETS.register("file", Widget("files", grouped=True))
WIDGETS.register("image", Widget("files", grouped=True))
WIDGETS.register("files", Widget("files", grouped=True))
WIDGETS.register("table", Widget("table"))


def widget_of(field_type: str) -> Widget:
    return WIDGETS[field_type]


def control_of(control: Control) -> Widget:
    """Radios stand in for a select where all options fit on the page."""
    return RADIOS if control.radios else WIDGETS[control.type]
