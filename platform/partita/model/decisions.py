"""Decision catalogs: typified decisions with class, comment, asked fields and effects."""

from dataclasses import dataclass
from typing import Literal

from partita.base.frozen import FrozenMap
from partita.base.refs import Ref
from partita.base.text import Words
from partita.model.states import Action, Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`ask` names fields of the record; those that the decision itself declares are fields of every type that uses
    the catalog, asked only for this decision."""

    name: str
    label: Words
    decision_class: Literal["accept", "refuse", "other"]
    comment: Literal["required", "optional", "none"] = "optional"
    ask: FrozenMap[str, Asked] = FrozenMap()
    do: tuple[Action, ...] = ()
    renamed_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCatalog:
    """`free_text`: a decision may be words alone (stored as the decision `other` with its text)."""

    ref: Ref
    label: Words
    decisions: FrozenMap[str, Decision]
    free_text: bool = False
