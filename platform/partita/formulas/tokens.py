"""The text of a formula as tokens with their places. Nothing of Python's own tokenizer or compiler sees it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from partita.formulas.mistake import Mistake
from partita.formulas.types import MAX_SCALE

MAX_LENGTH = 2_000
WHOLE_DIGITS = 18

KEYWORDS = frozenset({"and", "or", "not", "in", "is", "if", "else", "true", "false", "empty"})
_INSTEAD = {
    "=": "==", "&&": "and", "||": "or", "&": "and", "|": "or", "!": "not", "<>": "!=", "===": "==", "!==": "!=",
    "≠": "!=", "≤": "<=", "≥": ">=", "=<": "<=", "=>": ">=", "−": "-", "–": "-", "—": "-", "×": "*", "÷": "/",
    "None": "empty", "null": "empty", "NULL": "empty", "True": "true", "False": "false", "AND": "and", "OR": "or",
    "NOT": "not", "//": "/", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'",
}  # fmt: skip
FOREIGN_WORDS = frozenset({
    "lambda", "for", "while", "def", "class", "import", "from", "return", "yield", "await", "async",
    "with", "try", "except", "raise", "global", "nonlocal", "del", "pass", "assert", "break", "continue",
    "match", "case", "then", "elif", "let", "var", "select", "where",
})  # fmt: skip
"""Words of other languages: ordinary names here, and the likely reason when something after them does not fit."""

_TOKEN = re.compile(
    r"""(?P<blank>[ \t\r\n\u00a0]+)
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<name>[^\W\d]\w*)
      | (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
      | (?P<open>["'])
      | (?P<operator>===|!==|==|!=|<=|>=|<>|=<|=>|&&|\|\||\*\*|//|<<|>>|:=|->|[-+*/%(),.<>=!&|^~@\[\]{};?:`\\$\#])
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\([\"'\\])")


@dataclass(frozen=True, slots=True)
class Token:
    kind: Literal["name", "word", "number", "text", "operator", "end"]
    text: str
    start: int
    end: int
    value: str | int | Decimal | None = None


def split(text: str) -> list[Token]:
    """The tokens, closed by one of kind `end`; raises Mistake at the first thing that the language has not."""
    if len(text) > MAX_LENGTH:
        raise Mistake("F002", 0, 1, length=len(text), limit=MAX_LENGTH)
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "blank":
            tokens.append(_token(match, tokens))
    tokens.append(Token("end", "", len(text), len(text)))
    return tokens


def _token(match: re.Match[str], before: list[Token]) -> Token:
    text, start, end = match.group(), match.start(), match.end()
    if text in _INSTEAD:
        raise Mistake("F010", start, end, operator=text, instead=_INSTEAD[text])
    match match.lastgroup:
        case "number":
            return _number(text, start, end, match.string)
        case "name":
            return Token("word" if text in KEYWORDS else "name", text, start, end)
        case "text":
            return _text(text, start, end, before)
        case "operator":
            return Token("operator", text, start, end)
        case "open":
            raise Mistake("F006", start, len(match.string))
    raise Mistake("F005", start, end, point=f"U+{ord(text):04X}")


def _number(text: str, start: int, end: int, whole_text: str) -> Token:
    if re.match(r"\w", whole_text[end : end + 1]):
        raise Mistake("F012", start, end + 1, digits=WHOLE_DIGITS, scale=MAX_SCALE)
    whole, _, fraction = text.partition(".")
    if not text.isascii() or len(whole) > WHOLE_DIGITS or len(fraction) > MAX_SCALE:
        raise Mistake("F012", start, end, digits=WHOLE_DIGITS, scale=MAX_SCALE)
    return Token("number", text, start, end, Decimal(text) if fraction else int(text))


def _text(text: str, start: int, end: int, before: list[Token]) -> Token:
    if before and before[-1].end == start and before[-1].kind == "name":
        raise Mistake("F011", before[-1].start, end)
    return Token("text", text, start, end, _ESCAPE.sub(r"\1", text[1:-1]))
