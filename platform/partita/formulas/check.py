"""From text to a typed tree: every mistake as a finding at its place, never an exception."""

from partita.base.diagnostics import Diagnostic
from partita.base.refs import Address
from partita.base.source import Span
from partita.formulas.fitting import fit_to
from partita.formulas.formats import check_format
from partita.formulas.mistake import Mistake, quotes
from partita.formulas.parse import parse
from partita.formulas.scope import Scope
from partita.formulas.syntax import Expression
from partita.formulas.template import split_template
from partita.formulas.tree import Hole, TemplateTree, Tree, children
from partita.formulas.types import Type
from partita.formulas.typing_rules import Checker

MAX_TREE_DEPTH = 60

Findings = tuple[Diagnostic, ...]


def check_formula(
    text: str, span: Span | None, scope: Scope, expected: Type | None, address: Address | str
) -> tuple[Tree | None, Findings]:
    """The typed tree, brought to the `expected` type, or findings."""
    checker = Checker(scope)
    tree: Tree | None = None
    try:
        syntax = parse(text)
        tree = _typed(checker, syntax, expected)
        mistakes = checker.mistakes
    except Mistake as mistake:
        mistakes = [mistake]
    return (None if mistakes else tree), _findings(mistakes, text, span, address)


def _typed(checker: Checker, syntax: Expression, expected: Type | None) -> Tree | None:
    typed = checker.check(syntax, expected)
    if typed is None:
        return None
    if _depth(typed.tree) > MAX_TREE_DEPTH:
        raise Mistake("F003", syntax.start, syntax.end)
    return typed.tree if expected is None else fit_to(typed, expected, syntax)


def check_template(
    text: str, span: Span | None, scope: Scope, address: Address | str
) -> tuple[TemplateTree | None, Findings]:
    """The parts of a template, each hole typed and its format known, or findings."""
    parts: list[str | Hole] = []
    mistakes: list[Mistake] = []
    try:
        for part in split_template(text):
            if isinstance(part, str):
                parts.append(part)
            else:
                _hole(part.expression, part.format, part.start, scope, parts, mistakes)
    except Mistake as mistake:
        mistakes.append(mistake)
    findings = _findings(mistakes, text, span, address)
    return (None if mistakes else TemplateTree(tuple(parts))), findings


def _hole(
    text: str, wanted: str, start: int, scope: Scope, parts: list[str | Hole], mistakes: list[Mistake]
) -> None:  # fmt: skip
    checker = Checker(scope)
    found: list[Mistake] = []
    try:
        syntax = parse(text)
        typed = checker.check(syntax, None)
        found = checker.mistakes
        if typed is not None:
            tree = check_format(typed, wanted, syntax)
            parts.append(Hole(tree, wanted, typed.options))
    except Mistake as mistake:
        found = [*found, mistake]
    mistakes.extend(_unfinished(mistake).moved(start) for mistake in found)


def _findings(mistakes: list[Mistake], text: str, span: Span | None, address: Address | str) -> Findings:
    if quotes(text, span):
        mistakes = [_unfinished(mistake) for mistake in mistakes]
    return tuple(mistake.finding(text, span, str(address)) for mistake in mistakes)


def _unfinished(mistake: Mistake) -> Mistake:
    """Inside quotes YAML cannot have cut the text: the author has not finished it."""
    if mistake.code == "F004":
        mistake.code = "F008"
    return mistake


def _depth(tree: Tree) -> int:
    return 1 + max((_depth(child) for child in children(tree)), default=0)
