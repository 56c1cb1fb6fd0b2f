"""Places in text: where a value, a key or a mistake stands."""

from dataclasses import dataclass
from typing import TypeAlias

Pointer: TypeAlias = tuple[str | int, ...]
"""The path to a value inside one document: keys and list indexes, outermost first."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one file; lines and columns count from 1, the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def inside(self, start: int, end: int) -> "Span":
        """The part of a one-line span from character `start` to `end` (for places inside a formula)."""
        if self.line != self.end_line:
            return self
        return Span(self.file, self.line, self.column + start, self.line, self.column + max(end, start + 1))
