"""The grammar of templates: text with holes `{expression:format}`; a brace of the text itself is written twice."""

from dataclasses import dataclass

from partita.formulas.mistake import Mistake
from partita.formulas.tokens import MAX_LENGTH


@dataclass(frozen=True, slots=True)
class HoleText:
    """`start` is where the expression begins in the template."""

    expression: str
    format: str
    start: int


def split_template(text: str) -> list[str | HoleText]:
    """Plain text and holes in their order; raises Mistake for a brace without its pair."""
    if len(text) > MAX_LENGTH:
        raise Mistake("F002", 0, 1, length=len(text), limit=MAX_LENGTH)
    parts: list[str | HoleText] = []
    plain, at = "", 0
    while at < len(text):
        if text[at : at + 2] in ("{{", "}}"):
            plain, at = plain + text[at], at + 2
        elif text[at] == "{":
            hole, at = _hole(text, at)
            parts += [plain, hole] if plain else [hole]
            plain = ""
        elif text[at] == "}":
            raise Mistake("F051", at, at + 1)
        else:
            plain, at = plain + text[at], at + 1
    return [*parts, plain] if plain else parts


def _hole(text: str, opening: int) -> tuple[HoleText, int]:
    """The hole that opens at `opening` and the place after it; quotes hide braces and colons."""
    quote, colon = "", -1
    for at in range(opening + 1, len(text)):
        sign = text[at]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and colon < 0:
            quote = sign
        elif sign == "}":
            end = at if colon < 0 else colon
            return HoleText(text[opening + 1 : end], text[end + 1 : at], opening + 1), at + 1
        elif sign == ":" and colon < 0:
            colon = at
        elif sign == "{":
            break
    raise Mistake("F050", opening, opening + 1)
