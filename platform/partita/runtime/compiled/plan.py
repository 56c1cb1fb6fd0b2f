"""One field made ready: its codec, its rules, and the order of the columns of its rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from partita.base.frozen import FrozenMap
from partita.model.field import Field
from partita.runtime.codecs.codec import Codec
from partita.runtime.codecs.registry import codec_of, empty_of
from partita.runtime.compiled.rule import CheckRule, Condition, Formulas, Rule, reads_of

SYSTEM_FIELDS = frozenset(
    ("id", "number", "registered_at", "state", "first_time", "created_at", "created_by", "changed_at", "changed_by",
     "decision", "decision_text", "decided_at", "decided_by")
)  # fmt: skip
"""Built-in fields that only commands set, never values of a form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPlan:
    """`settled_by`: names that its value and visibility are found from; `judged_by`: names that its other rules read.

    `target`: the record type that a link leads to. `quiet`: no rule decides its value. `system`:
    only commands set it, never a form. `passive`: as long as it is as it was, no rule has anything to say. `order`:
    columns of a table in the order in which they are found.
    """

    field: Field
    codec: Codec
    empty: Any
    default: Rule | None
    compute: Rule | None
    visible: Condition
    required: Condition
    read_only: Condition
    checks: tuple[CheckRule, ...]
    offered: FrozenMap[str, Rule]
    where: Rule | None
    target: str
    columns: "Mapping[str, FieldPlan]"
    order: tuple[str, ...]
    settled_by: frozenset[str]
    judged_by: frozenset[str]
    quiet: bool
    system: bool
    passive: bool


def plan_field(field: Field, formulas: Formulas, people: str) -> FieldPlan:
    default, compute = formulas.optional(field.default), formulas.optional(field.compute)
    visible, required = formulas.condition(field.visible), formulas.condition(field.required)
    read_only, where = formulas.condition(field.read_only), formulas.optional(field.where)
    checks = tuple(formulas.check(check) for check in field.checks)
    offered = {name: formulas.rule(o.when) for name, o in field.options.items() if o.when is not None}
    columns = MappingProxyType({column.name: plan_field(column, formulas, people) for column in field.fields})
    below = _reads_below(columns)
    settled = reads_of(default) | reads_of(compute) | reads_of(visible) | below
    judged: Iterable[frozenset[str]] = (
        reads_of(required), reads_of(read_only), _held_by(where), *(c.reads for c in checks),
        *(rule.reads for rule in offered.values()),
    )  # fmt: skip
    return FieldPlan(
        field=field, codec=codec_of(field), empty=empty_of(field), default=default, compute=compute, visible=visible,
        required=required, read_only=read_only, checks=checks, offered=FrozenMap(offered), where=where,
        target=_target(field, people), columns=columns, order=settle_order(columns),
        settled_by=settled | {"decision"} if field.asked_by else settled,
        judged_by=frozenset().union(*judged, below),
        passive=required is False and not checks and not columns and not field.min_rows,
        system=not field.own and field.name in SYSTEM_FIELDS,
        quiet=default is None and compute is None and visible is True and not field.asked_by and not columns,
    )  # fmt: skip


def _held_by(where: Rule | None) -> frozenset[str]:
    """A link's filter reads the target's names bare and the holder's as `this.x`: only the latter matter here, but a
    name too many costs one check more and no mistake."""
    return reads_of(where)


def _target(field: Field, people: str) -> str:
    if field.type == "user":
        return people
    return field.to.qualified if field.to else ""


def _reads_below(columns: Mapping[str, FieldPlan]) -> frozenset[str]:
    """What the formulas of rows read: names of the owner among them, names of columns do no harm."""
    return frozenset().union(*(plan.settled_by | plan.judged_by for plan in columns.values()))


def settle_order(plans: Mapping[str, FieldPlan]) -> tuple[str, ...]:
    """Every name after the names it is found from; the declared order where nothing is asked, or in a circle."""
    placed: dict[str, None] = {}
    walking: set[str] = set()

    def place(name: str) -> None:
        if name in placed or name in walking:
            return
        walking.add(name)
        for needed in plans:
            if needed in plans[name].settled_by:
                place(needed)
        walking.discard(name)
        placed[name] = None

    for name in plans:
        place(name)
    return tuple(placed)
