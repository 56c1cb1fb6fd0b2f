"""State schemes: states, transitions, who may fire them and what the states do to fields."""

from dataclasses import dataclass
from typing import Literal

from partita.base.frozen import FrozenMap
from partita.base.refs import Ref
from partita.base.text import Words
from partita.model.formula import Check, Formula

Category = Literal["open", "active", "waiting", "done", "cancelled"]
Asked = Literal["required", "optional", "must_change"]
FLAGS = ("hidden", "read_only", "required", "ask", "must_change", "editable")
"""What a state does to a field; `ask` prompts on entering, `editable` undoes what `all` set."""


@dataclass(frozen=True, slots=True)
class Who:
    """One notation for people: `role.head` (role), `the.responsible` (field), `head_of(the.responsible)` (head_of)."""

    kind: Literal["role", "field", "head_of"]
    role: Ref | None = None
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One effect inside the transaction: set fields by formulas, or move by another transition."""

    name: str
    set: FrozenMap[str, Formula] = FrozenMap()
    move: str = ""
    when: Formula | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """`flags`: field name or `all` → flags; `like` is resolved by the build already."""

    name: str
    label: Words
    category: Category
    client_label: Words | None = None
    tone: str = ""
    flags: FrozenMap[str, tuple[str, ...]] = FrozenMap()
    renamed_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A command that changes the state. `sources` are resolved (`from: any` = all but `to`); `target` `same` stays.

    `fires`: by_hand shows a button; only_by_action fires as an effect of a decision or of another transition.
    """

    name: str
    label: Words
    sources: tuple[str, ...]
    target: str
    allow: tuple[Who, ...] = ()
    visible: Formula | None = None
    guard: Check | None = None
    ask: FrozenMap[str, Asked] = FrozenMap()
    do: tuple[Action, ...] = ()
    fires: Literal["by_hand", "only_by_action"] = "by_hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class StateScheme:
    ref: Ref
    label: Words
    initial: str
    states: FrozenMap[str, State]
    transitions: FrozenMap[str, Transition]
