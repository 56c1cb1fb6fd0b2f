"""What a form is filled for: the same rules ask different things of a draft, a registration and a transition."""

from dataclasses import dataclass
from typing import Literal

from partita.runtime.access.rights import CHANGE, CREATE, DECIDE, transition

Kind = Literal["create", "draft", "change", "redraft", "register", "transition", "decide"]


@dataclass(frozen=True, slots=True)
class Purpose:
    """`name`: of the transition or of the decision."""

    kind: Kind
    name: str = ""

    @property
    def action(self) -> str:
        """The right that is needed."""
        if self.kind == "transition":
            return transition(self.name)
        return {"create": CREATE, "draft": CREATE, "register": CREATE, "decide": DECIDE}.get(self.kind, CHANGE)

    @property
    def is_new(self) -> bool:
        return self.kind in ("create", "draft")

    @property
    def is_unregistered(self) -> bool:
        """The record does not yet stand in a state for others."""
        return self.kind in ("create", "draft", "redraft", "register")

    @property
    def is_asking(self) -> bool:
        """Only the fields asked may be given."""
        return self.kind in ("transition", "decide")

    @property
    def is_lenient(self) -> bool:
        """A draft may lack anything; what is there must be sound."""
        return self.kind in ("draft", "redraft")


def read_purpose(text: str) -> Purpose:
    """From `create`, `transition:take`, `decide:to_work`."""
    kind, _, name = text.partition(":")
    kinds: dict[str, Kind] = {
        "create": "create", "draft": "draft", "change": "change", "redraft": "redraft", "register": "register",
        "transition": "transition", "decide": "decide",
    }  # fmt: skip
    return Purpose(kinds[kind], name)
