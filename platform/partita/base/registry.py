"""Named things that plugins and the core register the same way, frozen at start."""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Mapping[str, T], Generic[T]):
    """Name → thing. Registering a taken name, or after `freeze`, is a programmer's error."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._items: dict[str, T] = {}
        self._frozen = False

    def register(self, name: str, item: T) -> T:
        if self._frozen:
            raise RuntimeError(f"the registry of {self._what} is frozen; register before start")
        if name in self._items:
            raise ValueError(f"{self._what} {name!r} is registered already")
        self._items[name] = item
        return item

    def freeze(self) -> None:
        self._frozen = True

    def __getitem__(self, name: str) -> T:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)
