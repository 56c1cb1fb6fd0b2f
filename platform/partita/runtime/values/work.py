"""One transaction, or one read: the connection, the moment, and views of values for formulas."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from partita.formulas.python import Env
from partita.runtime.access.rights import Rights
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.context import Context
from partita.runtime.revision import Runtime
from partita.runtime.values.lookup import Lookup
from partita.runtime.values.views import NO_VALUES, UserView, ValuesView
from partita.storage.statements import Connection


class Work:
    """`now` stands still within one piece of work, so that all its rules see one moment."""

    def __init__(self, ctx: Context, conn: Connection) -> None:
        self.ctx, self.conn = ctx, conn
        self.now: datetime = ctx.now
        self.lookup = Lookup(conn, ctx.runtime)
        self.rights: Rights = ctx.rights
        self.readable: dict[tuple[str, int], bool] = {}
        self.command = uuid4().hex
        self.user = UserView(ctx.actor.employee_id, ctx.actor.roles, ctx.runtime.people, self.lookup)

    @property
    def runtime(self) -> Runtime:
        return self.ctx.runtime

    def renew(self) -> None:
        """One more command in the same transaction: with a name of its own in the journal."""
        self.command = uuid4().hex

    def wrote(self, type_name: str, record_id: int) -> None:
        """What was read of the record before is no longer true."""
        self.lookup.forget(type_name, record_id)
        self.readable.pop((type_name, record_id), None)

    def view(self, blueprint: Blueprint, values: Mapping[str, Any]) -> ValuesView:
        return ValuesView(values, blueprint.fields, self.lookup)

    def env(self, blueprint: Blueprint, values: Mapping[str, Any], old: Mapping[str, Any] = NO_VALUES) -> Env:
        """For formulas of a record."""
        return self._env(self.view(blueprint, values), self.view(blueprint, old), None)

    def row_env(self, owner: Env, plan: FieldPlan, row: Mapping[str, Any], old: Mapping[str, Any] = NO_VALUES) -> Env:
        """For formulas of a table's column: bare names are the row's, `parent.x` the owner's."""
        view = ValuesView(row, plan.columns, self.lookup)
        return self._env(view, ValuesView(old, plan.columns, self.lookup), owner.values)

    def _env(self, values: Mapping[str, Any], old: Mapping[str, Any], parent: Mapping[str, Any] | None) -> Env:
        return Env(
            values=values, old=old, user=self.user, settings=self.runtime.settings, now=self.now, zone=self.ctx.zone,
            language=self.ctx.language, this=values, parent=parent,
        )  # fmt: skip

    def parameters(
        self, names: Iterable[str], this: Mapping[str, Any] = NO_VALUES, parent: Mapping[str, Any] = NO_VALUES
    ) -> dict[str, Any]:
        """Values for the holes of SQL conditions: `user__department`, `this__x`, `settings__y`, `now`."""
        return {name: self._parameter(name, this, parent) for name in names}

    def _parameter(self, name: str, this: Mapping[str, Any], parent: Mapping[str, Any]) -> Any:
        head, _, rest = name.partition("__")
        path = rest.replace("__", ".")
        match head:
            case "user":
                return self.user[path]
            case "settings":
                return self.runtime.settings.get(path)
            case "this":
                return this[path]
            case "parent":
                return parent[path]
            case "role":
                return path in self.ctx.actor.roles
            case "now":
                return self.now
            case "today":
                return self.now.astimezone(self.ctx.zone).date()
            case "zone":
                return self.ctx.zone.key
        raise KeyError(name)
