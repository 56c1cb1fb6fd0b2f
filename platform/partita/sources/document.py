"""One YAML document: plain data beside the places of its keys and values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partita.base.source import Pointer, Span


@dataclass(frozen=True, slots=True)
class Document:
    """`values` and `keys`: pointer → place of the value, of its key. `broken`: the text could not be read whole; the
    data then holds only `kind` and `name`, so that others may refer to the thing without an error. `damaged`: keys left
    out because something was wrong with them."""

    data: Mapping[str, Any]
    values: Mapping[Pointer, Span]
    keys: Mapping[Pointer, Span]
    span: Span
    broken: bool = False
    damaged: frozenset[str] = frozenset()

    def at(self, *pointer: str | int) -> Span:
        """The place of the value, else of the nearest thing that holds it."""
        for length in range(len(pointer), 0, -1):
            if span := self.values.get(pointer[:length]):
                return span
        return self.head()

    def key(self, *pointer: str | int) -> Span:
        """The place of the key (of the item for a list), else of the nearest thing that holds it."""
        for length in range(len(pointer), 0, -1):
            part = pointer[:length]
            if span := self.keys.get(part) or self.values.get(part):
                return span
        return self.head()

    def head(self) -> Span:
        """Where the document as a whole is pointed at: its name, else its first key."""
        return self.values.get(("name",)) or self.values.get(("pack",)) or self.span

    def get(self, *pointer: str | int) -> Any:
        """The value at the pointer, or None."""
        value: Any = self.data
        for part in pointer:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                return None
        return value
