"""The plain-language reading of trees, for *why*: «Новое изделие» отмечено, «Срок» раньше сегодня."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from partita.formulas.functions import FUNCTIONS
from partita.formulas.phrases import PHRASES, Phrases
from partita.formulas.tree import (
    Aggregate,
    Among,
    Arithmetic,
    Call,
    Compare,
    Constant,
    Fit,
    If,
    IsEmpty,
    Logic,
    Member,
    Minus,
    Not,
    PartOf,
    Read,
    Shown,
    Tree,
    is_certain,
)
from partita.formulas.types import Choice, Date, DateTime, Time

LabelOf = Callable[[str], str]
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_SPECIAL = ("this", "parent", "old", "user", "settings")


def read(tree: Tree, language: str, label_of: LabelOf, holds: bool = True) -> str:
    """The tree in words; with `holds` False the reading of its negation.

    `label_of` gives the words of a path (`counterparty.region`, `user.department`, `lines.qty`) or of an option of a
    path (`priority=high`), or "" where there are none.
    """
    return _Reader(PHRASES.get(language) or PHRASES["en" if language == "en" else "ru"], language, label_of).said(
        tree, holds
    )


class _Reader:
    def __init__(self, phrases: Phrases, language: str, label_of: LabelOf) -> None:
        self._say, self._language, self._label_of = phrases, language, label_of
        self._table = ""

    def said(self, tree: Tree, holds: bool = True) -> str:
        """A condition as a statement that it holds or that it does not."""
        match tree:
            case Logic():
                return self._logic(tree, holds)
            case Not():
                return self.said(tree.of, not holds)
            case Compare():
                return self._compare(tree, holds)
            case IsEmpty():
                return self._say["blank" if tree.negated != holds else "filled"].format(self.value(tree.of))
            case Among():
                items = ", ".join(self._beside(item, tree.of) for item in tree.items)
                return self._say["among" if tree.negated != holds else "not_among"].format(self.value(tree.of), items)
            case Member():
                parts = self.value(tree.collection), self._beside(tree.of, tree.collection)
                return self._say["holds" if tree.negated != holds else "not_holds"].format(*parts)
            case Aggregate() if tree.function in ("any", "all"):
                return self._over_rows(tree, holds)
            case Call() if tree.function in ("contains", "starts_with", "ends_with", "has_role"):
                return self.value(tree) if holds else self._say["untrue"].format(self.value(tree))
        return self._say["yes" if holds else "no"].format(self.value(tree))

    def value(self, tree: Tree) -> str:
        """An expression as a noun."""
        match tree:
            case Constant():
                return self._constant(tree.value)
            case Read():
                return self._quoted(self._path(tree))
            case PartOf():
                return self._quoted(f"{self._path(tree.of)}.{tree.part}" if isinstance(tree.of, Read) else tree.part)
            case Minus():
                return f"−{self._operand(tree.of)}"
            case Arithmetic():
                return f"{self._operand(tree.left)} {_SIGNS[tree.op]} {self._operand(tree.right)}"
            case If():
                parts = self.value(tree.then), self.said(tree.condition), self.value(tree.other)
                return self._say["if"].format(*parts)
            case Call():
                return self._call(tree)
            case Aggregate() if tree.function not in ("any", "all"):
                return self._measure(tree)
            case Fit() | Shown():
                return self.value(tree.of)
        return self.said(tree)

    def _logic(self, tree: Logic, holds: bool) -> str:
        op = tree.op if holds else ("or" if tree.op == "and" else "and")
        said = [
            f"({self.said(item, holds)})" if self._needs_brackets(item) else self.said(item, holds)
            for item in tree.items
        ]
        return self._say[op].join(said)

    @staticmethod
    def _needs_brackets(item: Tree) -> bool:
        while isinstance(item, Not):
            item = item.of
        return isinstance(item, Logic)

    def _compare(self, tree: Compare, holds: bool) -> str:
        op = tree.op if holds else _OPPOSITE[tree.op]
        timely = isinstance(tree.left.type, Date | DateTime | Time) and op not in ("==", "!=")
        left, right = self._beside(tree.left, tree.right), self._beside(tree.right, tree.left)
        if isinstance(tree.left, Constant) and not isinstance(tree.right, Constant) and op in ("==", "!="):
            left, right = right, left
        said = self._say[("t" if timely else "") + op].format(left, right)
        if holds or op in ("==", "!="):
            return said
        lacking = [
            self.value(side) for side in (tree.left, tree.right) if isinstance(side, Read) and not is_certain(side)
        ]
        return self._say["or"].join([said, *(self._say["blank"].format(side) for side in lacking)])

    def _over_rows(self, tree: Aggregate, holds: bool) -> str:
        universal = (tree.function == "all") == holds
        table, outer, self._table = self.value(tree.rows), self._table, self._path(tree.rows)
        assert tree.of is not None
        said = self.said(tree.of, holds)
        self._table = outer
        return self._say["in_all" if universal else "in_some"].format(table, said)

    def _measure(self, tree: Aggregate) -> str:
        table, outer, self._table = self.value(tree.rows), self._table, self._path(tree.rows)
        of = "" if tree.of is None else self.said(tree.of) if tree.function == "count" else self.value(tree.of)
        self._table = outer
        return self._say[f"rows_{tree.function}" if of else "rows"].format(table, of)

    def _call(self, tree: Call) -> str:
        args = [self.value(arg) for arg in tree.args]
        words = FUNCTIONS[tree.function].words
        pattern = words.get(self._language) or words["ru"]
        return pattern.replace("{*}", ", ".join("{" + str(n) + "}" for n in range(len(args)))).format(*args)

    def _operand(self, tree: Tree) -> str:
        return f"({self.value(tree)})" if isinstance(tree, Arithmetic | If) else self.value(tree)

    def _beside(self, tree: Tree, other: Tree) -> str:
        """A value next to another one, whose option it may be."""
        if not isinstance(tree, Constant) or not isinstance(tree.type, Choice):
            return self.value(tree)
        owner = self._path(other) if isinstance(other, Read) else ""
        if isinstance(other, PartOf) and isinstance(other.of, Read):
            owner = f"{self._path(other.of)}.{other.part}"
        return f"«{self._label_of(f'{owner}={tree.value}') or tree.value}»"

    def _path(self, read_: Read) -> str:
        path = ".".join(read_.path)
        if read_.source == "row":
            return f"{self._table}.{path}"
        return f"{read_.source}.{path}".rstrip(".") if read_.source in _SPECIAL else path

    def _quoted(self, path: str) -> str:
        return self._say["user"] if path == "user" else f"«{self._label_of(path) or path}»"

    def _constant(self, value: Any) -> str:
        if value is None:
            return self._say["nothing"]
        if isinstance(value, bool):
            return self._say["true" if value else "false"]
        if isinstance(value, int | Decimal):
            return str(value) if self._language == "en" else str(value).replace(".", ",")
        if isinstance(value, tuple):
            return ", ".join(map(str, value))
        return value.isoformat() if isinstance(value, date) else f"«{value}»"


_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷", "%": "mod"}
