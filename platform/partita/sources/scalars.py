"""What an unquoted scalar means: true and false, whole numbers, decimal fractions; everything else stays text."""

import re
from decimal import Decimal

MAX_DIGITS = 30
NULLS = frozenset({"", "~", "null", "Null", "NULL"})

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+\Z")


def digits_of(text: str) -> int:
    """How many digits a number has; 0 for what is no number."""
    return len(text.strip("-").replace(".", "")) if _INTEGER.match(text) or _DECIMAL.match(text) else 0


def resolve(text: str) -> str | int | bool | Decimal:
    """The value of an unquoted scalar. `+7…`, `007`, `12:30`, `1e3` and `no` are text: none is rewritten unseen."""
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return Decimal(text)
    return text
