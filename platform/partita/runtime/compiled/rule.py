"""One formula made ready: its tree, its function, the names it reads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from partita.base.text import Words
from partita.formulas.program import Program
from partita.formulas.python import Env, build, build_template
from partita.formulas.tree import TemplateTree, Tree, paths
from partita.model.formula import Check, Formula, Template


@dataclass(frozen=True, slots=True)
class Rule:
    """`reads`: first names of the record's own values that the formula looks at (`lines` for `lines.qty`)."""

    tree: Tree
    run: Callable[[Env], Any]
    reads: frozenset[str]

    def holds(self, env: Env) -> bool:
        return bool(self.run(env))


@dataclass(frozen=True, slots=True)
class CheckRule:
    name: str
    must: Rule
    say: Words
    when: Rule | None

    @property
    def reads(self) -> frozenset[str]:
        return self.must.reads | (self.when.reads if self.when else frozenset())

    def passes(self, env: Env) -> bool:
        return (self.when is not None and not self.when.holds(env)) or self.must.holds(env)


@dataclass(frozen=True, slots=True)
class TextRule:
    tree: TemplateTree
    run: Callable[[Env], str]
    reads: frozenset[str]


Condition = Rule | bool


def holds(condition: Condition, env: Env) -> bool:
    return condition if isinstance(condition, bool) else condition.holds(env)


def reads_of(condition: "Condition | None") -> frozenset[str]:
    return condition.reads if isinstance(condition, Rule) else frozenset()


class Formulas:
    """The formulas of one record type, by where they are written."""

    def __init__(self, program: Program, context: str) -> None:
        self._program, self._context = program, context

    def rule(self, formula: Formula) -> Rule:
        tree = self._program.tree(self._context, formula)
        return Rule(tree, build(tree), own_names(paths(tree)))

    def optional(self, formula: Formula | None) -> Rule | None:
        return None if formula is None else self.rule(formula)

    def condition(self, value: Formula | bool) -> Condition:
        return value if isinstance(value, bool) else self.rule(value)

    def check(self, check: Check) -> CheckRule:
        return CheckRule(check.name, self.rule(check.must), check.say, self.optional(check.when))

    def text(self, template: Template) -> TextRule:
        tree = self._program.template(self._context, template)
        return TextRule(tree, build_template(tree), own_names(paths(tree)))


def own_names(found: frozenset[str]) -> frozenset[str]:
    """Of dotted paths the first names; what is read of the owner or of the holder counts with its prefix dropped."""
    names = (path.split(".") for path in found)
    return frozenset(parts[1] if parts[0] in ("this", "parent") and len(parts) > 1 else parts[0] for parts in names)
