"""What the rules of a form say of its values: the same for the person who fills it and for every other door."""

from typing import Any

from partita.formulas.python import Env
from partita.formulas.tree import Call, Tree, walk
from partita.runtime.codecs.registry import is_empty
from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.compiled.rule import CheckRule
from partita.runtime.records.bounds import judge_bounds
from partita.runtime.records.judge_rows import judge_append, judge_rows
from partita.runtime.records.sheet import Sheet
from partita.runtime.records.targets import judge_targets

CLOCKS = frozenset(("today", "now"))


def judge(sheet: Sheet) -> None:
    """Adds the problems of every field, then those of the record as a whole."""
    touched = touched_names(sheet)
    stirred = touched | sheet.given.keys() | sheet.asked.keys() | sheet.flagged.keys()
    for name, plan in sheet.blueprint.plans:
        if plan.passive and name not in stirred and not (plan.offered and _reads(plan, touched)):
            continue
        if plan.system:
            _judge_system(sheet, name)
        elif sheet.is_visible(plan):
            _judge_shown(sheet, plan, touched)
        else:
            _judge_hidden(sheet, plan)
    if not sheet.purpose.is_lenient:
        _judge_record(sheet, touched)
    judge_targets(sheet, touched)


def touched_names(sheet: Sheet) -> frozenset[str]:
    """Names whose values this change alters."""
    old, values, blank = sheet.old, sheet.values, sheet.blueprint.blank
    return frozenset(name for name, nothing in blank.items() if values.get(name) != old.get(name, nothing))


def _judge_system(sheet: Sheet, name: str) -> None:
    if name in sheet.given and sheet.given[name] != sheet.old.get(name) and not is_empty(sheet.given[name]):
        sheet.add("W003", name)


def _judge_hidden(sheet: Sheet, plan: FieldPlan) -> None:
    """An answer to a question that is not asked. The stored one, posted back, simply drops; so does an unset box."""
    name = plan.field.name
    answer = sheet.given.get(name)
    if not is_empty(answer) and answer is not False and answer != sheet.old.get(name):
        sheet.add("W002", name)


def _judge_shown(sheet: Sheet, plan: FieldPlan, touched: frozenset[str]) -> None:
    name = plan.field.name
    if _is_forged(sheet, plan):
        return
    value = sheet.values[name]
    if plan.columns:
        judge_append(sheet, plan)
    if is_empty(value):
        _judge_empty(sheet, plan, touched)
        return
    if sheet.asked.get(name) == "must_change" and not sheet.changed(name):
        sheet.add("W017", name)
    if name in touched:
        judge_bounds(sheet, plan, name, value)
        _judge_option(sheet, plan, value)
    elif plan.offered and _reads(plan, touched):
        _judge_option(sheet, plan, value)
    if plan.columns:
        judge_rows(sheet, plan)
    if not sheet.purpose.is_lenient:
        judge_checks(sheet, plan.checks, name, sheet.env, touched)


def _is_forged(sheet: Sheet, plan: FieldPlan) -> bool:
    """A value where none may be given, that is neither the stored one nor what the system itself found."""
    name = plan.field.name
    if name not in sheet.given or sheet.given[name] == sheet.old.get(name, plan.empty):
        return False
    if plan.compute is not None:
        if sheet.given[name] != sheet.values[name]:
            sheet.add("W018", name)
            return True
        return False
    if sheet.is_read_only(plan) and sheet.given[name] != sheet.defaults.get(name, plan.empty):
        sheet.add("W003", name)
        return True
    return False


def _judge_empty(sheet: Sheet, plan: FieldPlan, touched: frozenset[str]) -> None:
    """An answer that is wanted and can be given here."""
    name = plan.field.name
    if sheet.purpose.is_lenient or not _is_concerned(sheet, plan, touched):
        return
    required = sheet.is_required(plan)
    if (required or plan.field.min_rows) and not sheet.is_read_only(plan):
        asks_who = name == "counterparty" and not plan.field.own
        sheet.add("W024" if asks_who else "W001" if required else "W012", name, min=plan.field.min_rows)


def _is_concerned(sheet: Sheet, plan: FieldPlan, touched: frozenset[str]) -> bool:
    """A form is judged whole; a transition or a decision only where it can have changed something."""
    name = plan.field.name
    if not sheet.purpose.is_asking:
        return True
    return name in touched or name in sheet.asked or _reads(plan, touched) or "required" in sheet.flags(name)


def _reads(plan: FieldPlan, touched: frozenset[str]) -> bool:
    return bool((plan.judged_by | plan.settled_by) & touched)


def _judge_option(sheet: Sheet, plan: FieldPlan, value: Any) -> None:
    for option in value if isinstance(value, tuple) else (value,):
        rule = plan.offered.get(option) if isinstance(option, str) else None
        if rule is not None and not rule.holds(sheet.env):
            sheet.add("W006", plan.field.name, value=option)


def judge_checks(sheet: Sheet, checks: tuple[CheckRule, ...], path: str, env: Env, touched: frozenset[str]) -> None:
    for check in checks:
        if _is_due(sheet, check, touched) and not check.passes(env):
            sheet.add("W004", path, say=check.say, check=check.name)


def _judge_record(sheet: Sheet, touched: frozenset[str]) -> None:
    for check in sheet.blueprint.checks:
        if _is_due(sheet, check, touched) and not check.passes(sheet.env):
            sheet.add("W004", "", say=check.say, check=check.name)


def _is_due(sheet: Sheet, check: CheckRule, touched: frozenset[str]) -> bool:
    """What was right when it was entered is not held against a later change of something else by the clock alone."""
    if check.reads & touched or sheet.purpose.kind in ("create", "register"):
        return True
    return not sheet.purpose.is_asking and not reads_clock(check.must.tree)


def reads_clock(tree: Tree) -> bool:
    return any(isinstance(part, Call) and part.function in CLOCKS for part in walk(tree))
