"""Tokens to syntax: Python's precedence, a closed grammar, bounded in length, depth and size."""

from collections.abc import Callable

from partita.formulas.mistake import Mistake
from partita.formulas.syntax import (
    Application,
    Chain,
    Conditional,
    EmptyTest,
    Expression,
    Group,
    Inside,
    Junction,
    Negation,
    Operation,
    Path,
    Sign,
    Value,
    Word,
)
from partita.formulas.tokens import FOREIGN_WORDS, Token, split

MAX_DEPTH = 30
MAX_NODES = 300
MAX_TERMS = 40
"""How many operands one row of `a + b + c …` may have."""

_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_FOREIGN_SIGNS = frozenset({
    "**", ":=", "<<", ">>", "^", "~", "@", "[", "]", "{", "}", ";", "?", ":", "->", "`", "\\", "$", "#",
})  # fmt: skip
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "empty": None}


def parse(text: str) -> Expression:
    """The syntax of one whole expression; raises Mistake at the first thing that does not fit."""
    parser = _Parser(split(text))
    if parser.finished:
        raise Mistake("F001", 0, 1)
    found = parser.expression()
    if not parser.finished:
        raise parser.unexpected()
    return found


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._nodes = 0

    @property
    def now(self) -> Token:
        return self._tokens[self._at]

    @property
    def finished(self) -> bool:
        return self.now.kind == "end"

    def expression(self) -> Expression:
        """`a if condition else b`, the loosest of all."""
        self._enter()
        then = self._junction("or")
        if self._take("if"):
            condition = self._junction("or")
            self._expect("else")
            other = self.expression()
            then = Conditional(then.start, other.end, condition, then, other)
        self._depth -= 1
        return then

    def _junction(self, op: str) -> Expression:
        items = [self._junction("and") if op == "or" else self._negation()]
        while self._take(op):
            items.append(self._junction("and") if op == "or" else self._negation())
        if len(items) == 1:
            return items[0]
        return Junction(items[0].start, items[-1].end, op, tuple(items))

    def _negation(self) -> Expression:
        token = self.now
        if not self._take("not"):
            return self._comparison()
        self._enter()
        of = self._negation()
        self._depth -= 1
        return Negation(token.start, of.end, of)

    def _comparison(self) -> Expression:
        operands, ops = [self._sum()], []
        while self.now.text in _COMPARISONS and self.now.kind == "operator":
            ops.append(self._next().text)
            operands.append(self._sum())
        if not ops:
            return self._test(operands[0])
        if self.now.kind == "word" and self.now.text in ("in", "is", "not"):
            raise Mistake("F013", self.now.start, self.now.end)
        return Chain(operands[0].start, operands[-1].end, tuple(ops), tuple(operands))

    def _test(self, of: Expression) -> Expression:
        """`x is empty`, `x is not empty`, `x in …`, `x not in …` after `x`."""
        found = of
        if self._take("is"):
            negated = self._take("not")
            end = self.now.end
            if not self._take("empty"):
                raise self._is_not_equal(negated)
            found = EmptyTest(of.start, end, of, negated)
        elif (negated := self._take("not")) or self.now.text == "in":
            self._expect("in")
            right = self._sum()
            found = Inside(of.start, right.end, of, right, negated)
        if found is not of and (self.now.text in _COMPARISONS or self.now.text in ("in", "is", "not")):
            raise Mistake("F013", self.now.start, self.now.end)
        return found

    def _is_not_equal(self, negated: bool) -> Mistake:
        if self.now.kind == "end":
            return self.unexpected()
        word = self._tokens[self._at - 1 - negated]
        operator, instead = ("is not", "!=") if negated else ("is", "==")
        return Mistake("F010", word.start, self.now.start, operator=operator, instead=instead)

    def _sum(self) -> Expression:
        return self._row_of(("+", "-"), self._product)

    def _product(self) -> Expression:
        return self._row_of(("*", "/", "%"), self._sign)

    def _row_of(self, ops: tuple[str, ...], operand: Callable[[], Expression]) -> Expression:
        left, terms = operand(), 1
        while self.now.kind == "operator" and self.now.text in ops:
            op, terms = self._next(), terms + 1
            self._count(op)
            if terms > MAX_TERMS:
                raise Mistake("F003", op.start, op.end)
            right = operand()
            left = Operation(left.start, right.end, op.text, left, right)
        return left

    def _sign(self) -> Expression:
        token = self.now
        if token.kind != "operator" or token.text not in "+-":
            return self._primary()
        self._next()
        self._enter()
        of = self._sign()
        self._depth -= 1
        return Sign(token.start, of.end, of) if token.text == "-" else of

    def _primary(self) -> Expression:
        token = self.now
        self._count(token)
        if token.kind in ("number", "text"):
            self._next()
            return Value(token.start, token.end, token.value)
        if token.kind == "word" and token.text in _CONSTANTS:
            self._next()
            return Value(token.start, token.end, _CONSTANTS[token.text])
        if token.kind == "name":
            return self._named()
        if token.text == "(" and token.kind == "operator":
            return self._group()
        raise self.unexpected()

    def _named(self) -> Expression:
        words = [self._word()]
        while self._take("."):
            words.append(self._word())
        if self.now.text != "(":
            return Path(words[0].start, words[-1].end, tuple(words))
        if len(words) > 1:
            raise Mistake("F011", words[-1].start, self.now.end)
        self._next()
        args, end, _ = self._items()
        self._refuse_tail()
        return Application(words[0].start, end, words[0], args)

    def _word(self) -> Word:
        token = self.now
        if token.kind != "name":
            raise self.unexpected()
        self._next()
        return Word(token.start, token.end, token.text)

    def _group(self) -> Expression:
        start = self._next().start
        items, end, comma = self._items()
        self._refuse_tail()
        if not items:
            raise Mistake("F007", start, end, found="()")
        return Group(start, end, items) if comma or len(items) > 1 else items[0]

    def _items(self) -> tuple[tuple[Expression, ...], int, bool]:
        """Expressions up to the closing bracket, where it ends, and whether a comma stood before it."""
        items: list[Expression] = []
        comma = False
        while self.now.text != ")" or self.now.kind != "operator":
            items.append(self.expression())
            comma = self._take(",")
            if not comma and self.now.text != ")":
                raise self.unexpected()
        return tuple(items), self._next().end, comma

    def _refuse_tail(self) -> None:
        """Only names can be walked with a dot; nothing can be called twice."""
        if self.now.text in (".", "("):
            raise Mistake("F011", self.now.start, self.now.end)

    def _next(self) -> Token:
        token = self.now
        self._at += 1
        return token

    def _take(self, text: str) -> bool:
        if self.now.text != text or self.now.kind not in ("word", "operator"):
            return False
        self._at += 1
        return True

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise self.unexpected()

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Mistake("F003", self.now.start, self.now.end)

    def _count(self, token: Token) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise Mistake("F003", token.start, token.end)

    def unexpected(self) -> Mistake:
        """The present token stands where something else must stand; at the end the formula is cut."""
        token = self.now
        if token.kind == "end":
            last = self._tokens[self._at - 1] if self._at else token
            return Mistake("F004", last.start, last.end)
        before = self._tokens[self._at - 1] if self._at else token
        foreign = next((t for t in (before, token) if t.text in FOREIGN_WORDS or t.text in _FOREIGN_SIGNS), None)
        if foreign is not None:
            return Mistake("F011", foreign.start, foreign.end)
        return Mistake("F007", token.start, token.end, found=token.text)
