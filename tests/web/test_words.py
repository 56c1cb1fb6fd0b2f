"""The interface speaks every language fully, and says nothing that nobody asks for."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from partita.settings.places import shipped
from partita.web.words import en, ru, theme
from partita.web.words.say import CATALOGUES, russian_form, speaker

SOURCES = Path("platform/partita")
ASKED = re.compile(r"""\bt\(\s*f?["']([a-z0-9_.{}\[\]() ']+?)["']""")
OPEN = (
    "flash.",
    "month.",
    "weekday.",
    "problem.",
    "feed.",
    "filter.is.",
    "filter.op.",
    "theme.look.",
    "theme.date.",
    "home.",
)


def sources() -> list[Path]:
    code = [p for floor in ("screens", "web") for p in (SOURCES / floor).rglob("*.py") if "words" not in p.parts]
    return code + list((shipped("themes") / "default" / "templates").rglob("*.html"))


def asked_keys() -> set[str]:
    found: set[str] = set()
    for path in sources():
        text = path.read_text(encoding="utf-8")
        found |= {key for key in ASKED.findall(text) if "." in key or key in ru.WORDS}
    return found


def test_both_languages_have_the_same_keys() -> None:
    assert ru.WORDS.keys() == en.WORDS.keys()
    assert CATALOGUES["ru"].keys() == CATALOGUES["en"].keys()


def test_a_key_has_the_same_parameters_in_both_languages() -> None:
    for key, text in CATALOGUES["ru"].items():
        assert parameters(text) == parameters(CATALOGUES["en"][key]), key


def parameters(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text.split("|")[0]) if name}


def test_every_key_that_is_asked_has_words() -> None:
    plain = {key for key in asked_keys() if "{" not in key and not key.endswith(".")}
    assert plain - CATALOGUES["ru"].keys() == set()


def test_no_words_wait_for_a_key_that_nobody_asks() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sources()]
    quoted = {word for text in texts for word in re.findall(r"[\"']([a-z0-9_.]+)[\"']", text)}
    assert {key for key in CATALOGUES["ru"] if key not in quoted and not key.startswith(OPEN)} == set()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_text_is_filled_by_its_parameters(language: str) -> None:
    t = speaker(language)
    for key, text in CATALOGUES[language].items():
        given: dict[str, object] = dict.fromkeys(parameters(text), "x")
        if "count" in given:
            given["count"] = 5
        assert "{" not in t(key, **given) or not given


@pytest.mark.parametrize(("count", "form"), [(1, 0), (2, 1), (5, 2), (11, 2), (21, 0), (22, 1), (111, 2), (0, 2)])
def test_russian_plurals_follow_the_number(count: int, form: int) -> None:
    assert russian_form(count) == form


def test_numbers_in_words_are_grouped_from_five_digits() -> None:
    assert speaker("ru")("count.exact", count=1200) == "1200"
    assert speaker("ru")("count.exact", count=12000) == "12\u202f000"


def test_words_of_the_theme_come_in_pairs() -> None:
    assert all(len(pair) == 2 and all(pair) for pair in theme.WORDS.values())
