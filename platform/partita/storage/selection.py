"""What is asked of the builder of reads."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from partita.model.layout import SortKey
from partita.storage.access import Access
from partita.storage.conditions import Condition, shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """`columns` and `sort` are paths (no `sort`: the newest first); `params`: values of the holes of formulas
    (`user__department`, `now`…); `after` or `before`: the token of a page's end."""

    type: str
    access: Access
    columns: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    sort: tuple[SortKey, ...] = ()
    params: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    after: str = ""
    before: str = ""
    limit: int = 50

    def shape(self) -> Hashable:
        """What decides the texts of its statements. Access and formulas count by identity; who keeps a statement by
        this shape keeps them too."""
        return (self.type, id(self.access), self.columns, self.sort, tuple(shape(c) for c in self.conditions))
