"""What a reader may see: a rule for the rows of each type, and for its fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from partita.formulas.tree import Tree

Sight: TypeAlias = "Tree | bool"
"""True: seen on every row; False: absent; a tree: seen on the rows where it holds."""


@dataclass(frozen=True, slots=True, eq=False)
class Access:
    """`rows`: type → sight, absent types have `others`; `fields`: type → field → sight, absent fields are seen.

    One object per set of roles, kept: statements are remembered by it.
    """

    rows: Mapping[str, Sight] = field(default_factory=lambda: MappingProxyType({}))
    fields: Mapping[str, Mapping[str, Sight]] = field(default_factory=lambda: MappingProxyType({}))
    others: bool = False

    def row_sight(self, type_name: str) -> Sight:
        return self.rows.get(type_name, self.others)

    def field_sight(self, type_name: str, name: str) -> Sight:
        known = self.fields.get(type_name)
        return True if known is None else known.get(name, True)


OPEN = Access(others=True)
"""For the system itself: everything is seen."""
