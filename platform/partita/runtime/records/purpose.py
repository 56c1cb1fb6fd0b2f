"""What a form is filled for: the same rules ask different things of a draft, a registration and a transition."""

from dataclasses import dataclass
from typing import Literal, get_args

from partita.runtime.access.rights import CHANGE, CREATE, DECIDE, READ, transition

Kind = Literal["create", "draft", "change", "redraft", "register", "transition", "decide", "read"]


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
        return _ACTIONS.get(self.kind, CHANGE)

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


_ACTIONS = {"create": CREATE, "draft": CREATE, "register": CREATE, "decide": DECIDE, "read": READ}


_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}


def read_purpose(text: str) -> Purpose:
    """From `create`, `transition:take`, `decide:to_work`."""
    kind, _, name = text.partition(":")
    return Purpose(_KINDS[kind], name)
