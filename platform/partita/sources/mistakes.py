"""What the YAML parser stumbled over, said in words of an author: one finding with the place where to look."""

import re
from typing import Any, NamedTuple

import yaml

from partita.base.diagnostics import Diagnostic
from partita.base.frozen import FrozenMap
from partita.base.source import Span

MAX_KEY = 1000
"""The parser gives up on a key longer than this; the mistake is then the length, not the indentation."""

_KEY_BEFORE = re.compile(r"(?:^|[\s{,])([^\s{},:\"']+):\s[^:]*$")
_EXPECTED = re.compile(r"expected (.+)$")


class Place(NamedTuple):
    line: int
    column: int


def _place(mark: Any) -> Place | None:
    return Place(mark.line, mark.column) if mark else None


def explain_error(error: yaml.YAMLError, lines: list[str], file: str, offset: int) -> Diagnostic:
    """The finding for a parser's error; `lines` are those of the chunk, which begins `offset` lines below the top."""
    problem = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    mark = _place(getattr(error, "problem_mark", None) or getattr(error, "context_mark", None))
    opened = _place(getattr(error, "context_mark", None)) or mark
    if mark is None or opened is None:
        return Diagnostic("Y020", Span(file, offset + 1, 1, offset + 1, 2), FrozenMap({"expected": "YAML"}))
    line = lines[mark.line] if mark.line < len(lines) else ""
    code, at, params = _classify(problem, context, line, mark, opened, lines)
    number = min(at.line, max(len(lines) - 1, 0)) + offset + 1
    return Diagnostic(code, Span(file, number, at.column + 1, number, at.column + 2), FrozenMap(params))


def _classify(
    problem: str, context: str, line: str, mark: Place, opened: Place, lines: list[str]
) -> tuple[str, Place, dict[str, str]]:
    sign = line[mark.column] if mark.column < len(line) else ""
    if "end of stream" in problem:
        return "Y019", opened, {}
    if "escape" in problem:
        return "Y021", mark, {}
    if "directive" in problem or "directive" in context or "incompatible" in problem:
        return "Y022", opened, {}
    if "tag" in context or "tag" in problem:
        return "Y009", opened, {"tag": "!"}
    if "anchor" in context or "alias" in context:
        return "Y008", opened, {"name": "…"}
    if "mapping values" in problem:
        return _colon(line, mark)
    if "expected ',' or" in problem:
        return _flow(line, sign, mark, opened, lines)
    if "expected key" in problem and line[: mark.column].strip():
        return "Y016", mark, {"key": _key_before(line[: mark.column]), "sign": line[: mark.column].strip()[-1]}
    if "expected key" in problem or "'-' indicator" in problem:
        return "Y006", mark, {}
    if "start any token" in problem or "node content" in problem or "not allowed in this context" in problem:
        return "Y018", mark, {"sign": sign or "?"}
    return _other(problem, mark)


def _colon(line: str, mark: Place) -> tuple[str, Place, dict[str, str]]:
    before = line[: mark.column]
    if len(before) > MAX_KEY:
        return "Y020", mark, {"expected": f"≤ {MAX_KEY}"}
    return ("Y017" if ":" in before else "Y006"), mark, {}


def _flow(line: str, sign: str, mark: Place, opened: Place, lines: list[str]) -> tuple[str, Place, dict[str, str]]:
    if mark.line > opened.line:
        above = lines[mark.line - 1] if mark.line <= len(lines) else ""
        hash_at = above.find(" #")
        if hash_at > 0 and any(sign in above[hash_at:] for sign in "}]"):
            cut = Place(mark.line - 1, hash_at + 1)
            return "Y016", cut, {"key": _key_before(above[:hash_at]), "sign": "#"}
        return "Y019", opened, {}
    if sign and sign in "[]{}:\"'":
        return "Y016", mark, {"key": _key_before(line[: mark.column]), "sign": sign}
    return "Y020", mark, {"expected": ", } ]"}


def _other(problem: str, mark: Place) -> tuple[str, Place, dict[str, str]]:
    found = _EXPECTED.search(problem)
    expected = found[1].replace("<document start>", "---") if found else "YAML"
    return "Y020", mark, {"expected": expected}


def _key_before(text: str) -> str:
    found = _KEY_BEFORE.search(text + " ") or re.search(r"([^\s{},:\"']+):\s", text + " ")
    return found[1] if found else "…"
