"""What was compiled once is found again: a bounded memory with one maker at a time."""

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Memo:
    """Key → thing; the oldest of more than `size` is forgotten. Reading takes no lock."""

    def __init__(self, size: int = 4096) -> None:
        self._size = size
        self._things: dict[Hashable, Any] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        found = self._things.get(key)
        if found is None:
            with self._lock:
                found = self._things.get(key)
                if found is None:
                    found = self._remember(key, make())
        result: T = found
        return result

    def __len__(self) -> int:
        return len(self._things)

    def _remember(self, key: Hashable, thing: T) -> T:
        if len(self._things) >= self._size:
            self._things.pop(next(iter(self._things)))
        self._things[key] = thing
        return thing
