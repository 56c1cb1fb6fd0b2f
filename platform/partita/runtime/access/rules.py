"""Rules over a row: always, never, or where a condition holds; and how they add up."""

from collections.abc import Iterable
from typing import TypeAlias

from partita.formulas.python import Env, build
from partita.formulas.tree import Logic, Tree

Rule: TypeAlias = Tree | bool


def any_of(rules: Iterable[Rule]) -> Rule:
    """Holds where at least one holds; nothing to hold is never."""
    trees: dict[Tree, None] = {}
    for rule in rules:
        if rule is True:
            return True
        if rule is not False:
            trees[rule] = None
    return _joined("or", tuple(trees)) if trees else False


def all_of(rules: Iterable[Rule]) -> Rule:
    """Holds where every one holds; nothing to hold is always."""
    trees: dict[Tree, None] = {}
    for rule in rules:
        if rule is False:
            return False
        if rule is not True:
            trees[rule] = None
    return _joined("and", tuple(trees)) if trees else True


def _joined(op: str, trees: tuple[Tree, ...]) -> Rule:
    if len(trees) == 1:
        return trees[0]
    return Logic("or", trees) if op == "or" else Logic("and", trees)


def holds(rule: Rule, env: Env) -> bool:
    """The rule over one record, in Python."""
    return rule if isinstance(rule, bool) else bool(build(rule)(env))
