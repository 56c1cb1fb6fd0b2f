"""«Впервые»: the counterparty's first registered request that is not annulled, over all types of requests about it."""

from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.queries.gate import exists_anywhere
from partita.runtime.values.work import Work
from partita.storage import rows
from partita.storage.query import Filter


def is_first_time(work: Work, blueprint: Blueprint, counterparty: int | None) -> bool | None:
    """None where the type has no counterparty or none is chosen yet."""
    to = blueprint.type.counterparty
    if to is None or counterparty is None:
        return None
    return not any(_has_earlier(work, name, counterparty) for name in _request_types(work, to.qualified))


def lock_counterparty(work: Work, blueprint: Blueprint, counterparty: int | None) -> None:
    """Registrations of one counterparty wait for each other, so that only one of two is the first."""
    if work.runtime.db.dialect == "postgresql" and blueprint.type.counterparty is not None and counterparty is not None:
        rows.fetch(work.conn, work.runtime.tables, blueprint.type.counterparty.qualified, counterparty, for_update=True)


def _request_types(work: Work, counterparty: str) -> list[str]:
    return [
        name
        for name, record_type in work.runtime.model.types.items()
        if record_type.counterparty is not None and record_type.counterparty.qualified == counterparty
    ]


def _has_earlier(work: Work, type_name: str, counterparty: int) -> bool:
    scheme = work.runtime.blueprint(type_name).scheme
    standing = tuple(s.name for s in scheme.states.values() if s.category != "cancelled") if scheme else ()
    conditions = (Filter("counterparty", "eq", (counterparty,)), Filter("registered_at", "filled"))
    return exists_anywhere(work, type_name, (*conditions, Filter("state", "in", standing)))
