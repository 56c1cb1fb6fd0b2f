"""The rights of a set of roles: compiled once per set and revision."""

from collections.abc import Iterator
from functools import cache

from partita.formulas.program import Program
from partita.model.access import Grant
from partita.model.model import Model
from partita.runtime.access.rules import Rule, all_of, any_of

ALWAYS_READABLE = frozenset(("id", "version"))
FLAGS = frozenset(("read", "create", "change", "delete"))
READ, CREATE, CHANGE, DELETE, DECIDE, COMMENT, ATTACH = (
    "read", "create", "change", "delete", "decide", "comment", "attach",
)  # fmt: skip


def transition(name: str) -> str:
    """The action of firing a transition."""
    return f"transition:{name}"


class Rights:
    """Questions about actions on a type and about its fields. What no grant gives does not exist."""

    def __init__(self, model: Model, program: Program, roles: frozenset[str], everything: bool = False) -> None:
        self._model, self._program, self.everything = model, program, everything
        self._grants: dict[str, tuple[Grant, ...]] = {}
        for name in sorted(roles & model.roles.keys()):
            for grant in model.roles[name].grants:
                self._grants[grant.type.qualified] = (*self._grants.get(grant.type.qualified, ()), grant)
        self.rows = cache(self._rows)
        self.field = cache(self._field)

    def types(self) -> tuple[str, ...]:
        """Record types of which at least some rows may be read."""
        return tuple(name for name in self._model.types if self.rows(name, READ) is not False)

    def may(self, type_name: str, action: str) -> bool:
        """Whether the action is given on at least some rows."""
        return self.rows(type_name, action) is not False

    def _rows(self, type_name: str, action: str) -> Rule:
        """On which rows the action is given. An act on a row that cannot be read is not given."""
        if self.everything:
            return True
        given = any_of(self._where(type_name, grant) for grant in self._giving(type_name, action))
        return given if action in (READ, CREATE) else all_of((self.rows(type_name, READ), given))

    def _field(self, type_name: str, field: str, action: str) -> Rule:
        """On which rows the field may be read (action `read`) or given a value by the action."""
        if self.everything or (action == READ and field in ALWAYS_READABLE):
            return True
        wanted = ("read", "change") if action == READ else ("change",)
        giving = [g for g in self._giving(type_name, action) if _right(g, field, action) in wanted]
        rule = any_of(self._where(type_name, grant) for grant in giving)
        return True if rule == self._plain_rows(type_name, action) else rule

    def title(self, type_name: str, fields: frozenset[str]) -> Rule:
        """The title may be read where everything that it is made of may."""
        known = self._model.types[type_name].fields
        return all_of(self.field(type_name, name, READ) for name in sorted(fields & known.keys()))

    def _plain_rows(self, type_name: str, action: str) -> Rule:
        return any_of(self._where(type_name, grant) for grant in self._giving(type_name, action))

    def _giving(self, type_name: str, action: str) -> Iterator[Grant]:
        return (grant for grant in self._grants.get(type_name, ()) if _gives(grant, action))

    def _where(self, type_name: str, grant: Grant) -> Rule:
        return True if grant.where is None else self._program.tree(type_name, grant.where)


def _gives(grant: Grant, action: str) -> bool:
    if action in FLAGS:
        return bool(getattr(grant, action))
    kind, _, name = action.partition(":")
    return name in grant.transitions if kind == "transition" else action in grant.commands


def _right(grant: Grant, field: str, action: str) -> str:
    """The grant's right to the field; unless said otherwise, whoever may act may fill what the act asks."""
    usual = "read" if action == READ else "change"
    return grant.fields.get(field, grant.fields.get("all", usual))
