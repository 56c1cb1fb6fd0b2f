"""What a state does to a field. A field's own flags win over those for all."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from partita.model.states import State

PERMITTING = frozenset(("editable", "required", "ask", "must_change"))
CLOSING = frozenset(("hidden", "read_only"))
NO_FLAGS: frozenset[str] = frozenset()


def flags_of(state: State | None, field: str) -> frozenset[str]:
    """The flags in force. Where `all` closes fields, any of a field's own flags that needs an answer opens it again."""
    if state is None or not state.flags:
        return NO_FLAGS
    general = frozenset(state.flags.get("all", ()))
    own = frozenset(state.flags.get(field, ()))
    if own & PERMITTING:
        general -= CLOSING
    if own & CLOSING:
        general -= PERMITTING
    return (general | own) - {"editable"} if "editable" in own | general else general | own


def asks(state: State | None) -> tuple[str, ...]:
    """Fields that the state names by flags of their own."""
    return () if state is None else tuple(name for name in state.flags if name != "all")


def flag_table(state: State, fields: Iterable[str], without: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """Field → flags of the state but those named, fields without any left out."""
    found = {name: flags_of(state, name) - without for name in fields} if state.flags else {}
    return MappingProxyType({name: flags for name, flags in found.items() if flags})
