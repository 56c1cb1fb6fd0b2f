"""Opening records for a command: what this actor may not read does not exist, what he may not do is denied."""

from collections.abc import Mapping
from typing import Any

from partita.base.errors import Denied, NotFound
from partita.base.frozen import FrozenMap
from partita.base.text import Words, say
from partita.runtime.access.rights import CREATE, READ, transition
from partita.runtime.access.rules import holds
from partita.runtime.compiled.blueprint import Blueprint, TransitionPlan
from partita.runtime.values.work import Work
from partita.runtime.workflow.offers import is_registered, may_fire
from partita.storage import rows


def open_record(work: Work, blueprint: Blueprint, record_id: int, lock: bool = True) -> dict[str, Any]:
    """The stored record, locked for this transaction. Absent and unreadable look the same."""
    record = rows.fetch(work.conn, work.runtime.tables, blueprint.name, record_id, for_update=lock)
    if record is None or not may(work, blueprint, record, READ):
        raise NotFound(blueprint.name, record_id)
    return record


def may(work: Work, blueprint: Blueprint, record: Mapping[str, Any], action: str) -> bool:
    rule = work.rights.rows(blueprint.name, action)
    return rule if isinstance(rule, bool) else holds(rule, work.env(blueprint, record, record))


def require(work: Work, blueprint: Blueprint, record: Mapping[str, Any], action: str) -> None:
    if not may(work, blueprint, record, action):
        raise denied(work, blueprint, action)


def is_own_draft(work: Work, blueprint: Blueprint, record: Mapping[str, Any]) -> bool:
    """Whoever may create may finish and discard what he himself began."""
    me = work.ctx.actor.employee_id
    mine = me is not None and record.get("created_by") == me
    return mine and not is_registered(blueprint, record) and may(work, blueprint, record, CREATE)


def firing(work: Work, blueprint: Blueprint, record: Mapping[str, Any], name: str) -> TransitionPlan:
    """The transition, if this actor may fire it by hand."""
    plan = blueprint.transitions.get(name)
    env = work.env(blueprint, record, record)
    if plan is None or plan.transition.fires != "by_hand" or not may_fire(work, blueprint, plan, env):
        raise denied(work, blueprint, transition(name))
    return plan


def denied(work: Work, blueprint: Blueprint, action: str) -> Denied:
    label = say(blueprint.type.label, work.ctx.language, blueprint.name)
    kind, _, name = action.partition(":")
    plan = blueprint.transitions.get(name) if kind == "transition" else None
    words = plan.transition.label if plan else ACTIONS.get(action)
    return Denied("I003", command=say(words, work.ctx.language, action), type=label, action=action)


ACTIONS: dict[str, Words] = {
    "read": FrozenMap({"ru": "чтение", "en": "read"}),
    "create": FrozenMap({"ru": "создание", "en": "create"}),
    "change": FrozenMap({"ru": "изменение", "en": "change"}),
    "delete": FrozenMap({"ru": "удаление", "en": "delete"}),
    "decide": FrozenMap({"ru": "решение", "en": "decide"}),
    "comment": FrozenMap({"ru": "комментарий", "en": "comment"}),
    "attach": FrozenMap({"ru": "файлы", "en": "attach files"}),
    "import": FrozenMap({"ru": "загрузка", "en": "import"}),
    "export": FrozenMap({"ru": "выгрузка", "en": "export"}),
}
