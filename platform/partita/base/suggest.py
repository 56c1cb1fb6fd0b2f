"""The nearest known names to a misspelt one."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Up to `limit` of the `known` names that look like `name`, best first."""
    return tuple(get_close_matches(name[:80], sorted(set(known)), n=limit, cutoff=0.6))
