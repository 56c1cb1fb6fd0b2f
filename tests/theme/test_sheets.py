"""What can be read off the theme's files: budgets, colours, icons, words."""

from __future__ import annotations

import gzip
import re

import pytest

from partita.web.words.theme import WORDS
from tests.theme.stage import THEME

CSS = sorted((THEME / "static" / "css").glob("*.css"))
JS = sorted((THEME / "static" / "js").glob("*.js"))
TEMPLATES = sorted((THEME / "templates").rglob("*.html"))
TOKENS = (THEME / "static" / "css" / "10-tokens.css").read_text(encoding="utf-8")
LAYERS = {"reset", "tokens", "base", "layout", "components", "state", "print"}


def packed(paths: list[object]) -> int:
    return len(gzip.compress(b"".join(path.read_bytes() for path in paths), 9))  # type: ignore[attr-defined]


def test_styles_and_scripts_stay_within_their_budgets() -> None:
    assert packed([*CSS]) <= 30 * 1024
    assert packed([*JS]) <= 25 * 1024


def test_every_rule_stands_in_a_layer() -> None:
    for path in CSS[1:]:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        depth, outside = 0, ""
        for character in text:
            depth += {"{": 1, "}": -1}.get(character, 0)
            outside += character if depth == 0 and character != "}" else ""
        assert set(re.findall(r"@layer (\w+)", outside)) <= LAYERS
        assert re.sub(r"@layer \w+", "", outside).strip() == "", path.name


def test_colours_are_named_only_by_the_tokens() -> None:
    loose = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)\(", re.I)
    allowed = {"10-tokens.css", "90-print.css"}
    found = {path.name: loose.findall(path.read_text(encoding="utf-8")) for path in CSS if path.name not in allowed}
    assert {name: colours for name, colours in found.items() if colours} == {}


def tokens_of(selector: str) -> dict[str, str]:
    block = TOKENS[TOKENS.index(selector) :]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[: block.index("}")]))


LIGHT = tokens_of(":root {")
DARK = LIGHT | tokens_of(':root[data-theme="dark"] {')
TONES = ("info", "success", "warning", "danger", "violet", "neutral")
WORDS_ON = [
    *(
        (ink, ground)
        for ink in ("text", "text-2", "text-3")
        for ground in ("bg", "surface", "surface-sunken", "hover", "selected")
    ),
    *((f"{tone}-text", ground) for tone in TONES for ground in (f"{tone}-soft", "surface")),
    *(("link", ground) for ground in ("surface", "bg", "selected")),
    *[
        ("on-accent", "accent"),
        ("on-accent", "accent-hover"),
        ("accent-text", "surface"),
        ("accent-text", "accent-soft"),
    ],
    *[("accent-text", "selected"), ("text", "mark")],
]
SHAPES_ON = [
    *((tone, "surface") for tone in TONES),
    *((line, ground) for line in ("line-strong", "focus") for ground in ("bg", "surface", "surface-sunken")),
]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_and_shapes_can_be_told_from_their_ground(theme: dict[str, str]) -> None:
    assert [pair for pair in WORDS_ON if contrast(theme[pair[0]], theme[pair[1]]) < 4.5] == []
    assert [pair for pair in SHAPES_ON if contrast(theme[pair[0]], theme[pair[1]]) < 3] == []


def test_icons_named_in_templates_and_scripts_are_in_the_sprite() -> None:
    listed = {line.split("#")[0].strip() for line in (THEME / "icons.txt").read_text(encoding="utf-8").splitlines()}
    named = re.compile(r"""(?:\bicon|\bpicture|iconOf)\(["']([a-z0-9-]+)["']|icon(?:_name)?=["']([a-z0-9-]+)["']""")
    used = {
        one or other for path in (*TEMPLATES, *JS) for one, other in named.findall(path.read_text(encoding="utf-8"))
    }
    assert used - listed == set()


def test_every_word_of_the_theme_is_in_the_catalogue_and_spoken() -> None:
    asked = {
        key
        for path in TEMPLATES
        for key in re.findall(r"""\bt\(["'](theme\.[\w.]+)""", path.read_text(encoding="utf-8"))
    }
    families = {key for key in asked if key.endswith(".")}
    assert asked - families - set(WORDS) == set()
    assert {key for key in WORDS if key not in asked and not key.startswith(tuple(families))} == set()
