"""Version ranges of packs: `>=1,<2`."""

import operator
import re
from itertools import zip_longest

_OPERATORS = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
}
_PART = re.compile(r"(>=|<=|==|!=|>|<)([\d.]+)")


def fits(version: str, wanted: str) -> bool:
    """Whether the version lies in the range; absent numbers are zeros, so 1 equals 1.0.0."""
    return all(_OPERATORS[sign](_compare(version, border), 0) for sign, border in _PART.findall(wanted))


def _compare(left: str, right: str) -> int:
    pairs = zip_longest(_numbers(left), _numbers(right), fillvalue=0)
    return next((1 if a > b else -1 for a, b in pairs if a != b), 0)


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdigit()]
