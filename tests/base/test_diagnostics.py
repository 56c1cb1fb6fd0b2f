"""Findings are rendered with their lines, ordered, and never depend on the order they were made in."""

import json
import string

import pytest

from partita.base.codes.catalogue import FAMILIES, MESSAGES
from partita.base.diagnostics import Diagnostic, has_errors, ordered, render_text, source_lines, to_json
from partita.base.source import Span

CODE = next(iter(sorted(MESSAGES)))
LINES = ["kind: role", "name: оператор", "label: X"]


def finding(line: int = 2, code: str = CODE) -> Diagnostic:
    params = dict.fromkeys((name for _, name, _, _ in string.Formatter().parse(MESSAGES[code].ru) if name), "x")
    params |= dict.fromkeys((name for _, name, _, _ in string.Formatter().parse(MESSAGES[code].en) if name), "x")
    params |= dict.fromkeys((name for _, name, _, _ in string.Formatter().parse(MESSAGES[code].fix_ru) if name), "x")
    params |= dict.fromkeys((name for _, name, _, _ in string.Formatter().parse(MESSAGES[code].fix_en) if name), "x")
    return Diagnostic(code, Span("a.yaml", line, 7, line, 15), params, ("operator",))


def test_a_finding_shows_its_line_and_its_neighbours_with_a_mark_under_the_place() -> None:
    text = render_text(finding(), "ru", lambda file: LINES)
    assert "a.yaml:2:7" in text
    assert "   1 | kind: role" in text
    assert "   3 | label: X" in text
    mark = next(line for line in text.splitlines() if "^" in line)
    source = next(line for line in text.splitlines() if "оператор" in line and "|" in line)
    assert mark.index("^") == source.index("оператор")


def test_a_finding_as_json_holds_place_code_words_and_remedy() -> None:
    data = json.loads(json.dumps(to_json(finding(), "en")))
    assert (data["file"], data["line"], data["column"], data["code"]) == ("a.yaml", 2, 7, CODE)
    assert data["nearest"] == ["operator"]


def test_what_a_terminal_would_obey_is_shown_as_a_mark() -> None:
    assert source_lines("\ufeffa: \x1b[31mred\r\nb:\u2028c\td") == ["a: \ufffd[31mred", "b:\ufffdc\td"]


def test_findings_are_ordered_by_place_without_repeats() -> None:
    one, two = finding(1), finding(2)
    assert ordered([two, one, two]) == ordered([one, two]) == [one, two]


def test_has_errors_looks_at_severity() -> None:
    assert has_errors([finding()]) is (MESSAGES[CODE].severity == "error")


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_message_speaks_both_languages_with_the_same_holes_and_a_full_stop(code: str) -> None:
    message = MESSAGES[code]
    assert holes(message.ru, "_ru") == holes(message.en, "_en")
    assert holes(message.fix_ru, "_ru") == holes(message.fix_en, "_en")
    for text in (message.ru, message.en, message.fix_ru, message.fix_en):
        assert not text or text.rstrip("»\"')")[-1] in ".!?", text
    assert bool(message.fix_ru) == bool(message.fix_en)


def holes(text: str, language: str) -> set[str]:
    return {name.removesuffix(language) for _, name, _, _ in string.Formatter().parse(text) if name}


def test_codes_of_a_family_share_their_letter() -> None:
    for name, messages in FAMILIES.items():
        letters = {message.code[0] for message in messages}
        assert len(letters) <= 1, name
