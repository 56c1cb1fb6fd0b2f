"""The bundle of typed trees that travels with a Model: what the runtime and the storage take their readings from."""

from dataclasses import dataclass
from typing import Any, Protocol

from partita.base.frozen import FrozenMap
from partita.base.plain import from_plain, to_plain
from partita.base.refs import Address
from partita.formulas.tree import TemplateTree, Tree


class Addressed(Protocol):
    """A formula or a template as the Model carries it."""

    @property
    def address(self) -> Address: ...


@dataclass(frozen=True, slots=True)
class Program:
    """Trees by `key`: one formula is typed once for every record type that uses it."""

    trees: FrozenMap[str, Tree] = FrozenMap()
    templates: FrozenMap[str, TemplateTree] = FrozenMap()

    def tree(self, context: str, formula: Addressed) -> Tree:
        return self.trees[key(context, formula.address)]

    def template(self, context: str, template: Addressed) -> TemplateTree:
        return self.templates[key(context, template.address)]


def key(context: str, address: Address | str) -> str:
    """`context` is the record type `pack.name` in whose scope the formula was typed."""
    return f"{context}|{address}"


def dump(program: Program) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(program)
    return plain


def load(plain: dict[str, Any]) -> Program:
    loaded: Program = from_plain(Program, plain)
    return loaded
