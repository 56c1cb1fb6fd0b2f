"""Why a field is hidden, required or closed, in the actor's language, from the very rule that decided it."""

from partita.base.text import say
from partita.formulas.words import read
from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.compiled.rule import Condition, Rule
from partita.runtime.records.sheet import Sheet
from partita.runtime.workflow.asked import state_of

SAID = {
    "hidden": {"ru": "Скрыто, потому что {reason}", "en": "Hidden because {reason}"},
    "required": {"ru": "Обязательно, потому что {reason}", "en": "Required because {reason}"},
    "read_only": {"ru": "Нельзя менять, потому что {reason}", "en": "Closed because {reason}"},
    "computed": {"ru": "Вычисляется системой", "en": "Computed by the system"},
    "system": {"ru": "Заполняет система", "en": "Filled by the system"},
    "right": {"ru": "Нет права менять", "en": "You have no right to change it"},
    "state": {"ru": "состояние «{state}»", "en": "the state is “{state}”"},
    "decision": {"ru": "решение другое", "en": "the decision is another"},
}


def why_field(sheet: Sheet, plan: FieldPlan, visible: bool, required: bool, read_only: bool) -> str:
    name, flags = plan.field.name, sheet.flags(plan.field.name)
    if not visible:
        return _because(sheet, "hidden", plan.visible, False, name in sheet.unasked, bool(plan.field.asked_by))
    if sheet.purpose.kind == "read":
        return ""
    if read_only and not sheet.purpose.is_asking:
        return _why_closed(sheet, plan)
    if required and plan.required is not True:
        return _because(sheet, "required", plan.required, True, "required" not in flags)
    return ""


def why_cell(sheet: Sheet, plan: FieldPlan, visible: bool, required: bool, read_only: bool) -> str:
    if not visible:
        return _because(sheet, "hidden", plan.visible, False, True)
    if read_only:
        return _closed_by_type(sheet, plan)
    return _because(sheet, "required", plan.required, True, True) if required else ""


def _why_closed(sheet: Sheet, plan: FieldPlan) -> str:
    name = plan.field.name
    if plan.system:
        return _said(sheet, "system")
    if plan.compute is None and not sheet.may_write(name):
        return _said(sheet, "right")
    if "read_only" in sheet.flags(name):
        return _said(sheet, "read_only", reason=_state(sheet))
    return _closed_by_type(sheet, plan)


def _closed_by_type(sheet: Sheet, plan: FieldPlan) -> str:
    if plan.compute is not None:
        return _said(sheet, "computed")
    return _because(sheet, "read_only", plan.read_only, True, True)


def _because(
    sheet: Sheet, what: str, condition: Condition, holds: bool, by_rule: bool, by_decision: bool = False
) -> str:
    """By the formula if it decided, else by the state; a constant needs no reason."""
    if not by_rule:
        return _said(sheet, what, reason=_state(sheet))
    if isinstance(condition, Rule):
        return _said(sheet, what, reason=read(condition.tree, sheet.work.ctx.language, _Labels(sheet), holds=holds))
    return _said(sheet, what, reason=_said(sheet, "decision")) if by_decision else ""


class _Labels:
    """Words of names: `counterparty.region`, of options: `priority=high`."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def __call__(self, name: str) -> str:
        path, _, option = name.partition("=")
        fields, parts = self._sheet.blueprint.type.fields, path.split(".")
        field = fields.get(parts[0])
        for part in parts[1:]:
            inner = field.column(part) if field is not None and field.fields else None
            target = self._sheet.work.runtime.model.types.get(self._target(field)) if field is not None else None
            field = inner or (target.fields.get(part) if target else None)
        if field is None:
            return ""
        language = self._sheet.work.ctx.language
        if option:
            return say(field.options[option].label, language) if option in field.options else ""
        return say(field.label, language)

    def _target(self, field: object) -> str:
        to = getattr(field, "to", None)
        return to.qualified if to else self._sheet.work.runtime.people


def _state(sheet: Sheet) -> str:
    state = state_of(sheet.blueprint, sheet.values.get("state"))
    return _said(sheet, "state", state=say(state.label, sheet.work.ctx.language, state.name) if state else "")


def _said(sheet: Sheet, what: str, **holes: str) -> str:
    words = SAID[what]
    return words.get(sheet.work.ctx.language, words["ru"]).format(**holes)
