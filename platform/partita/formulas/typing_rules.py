"""The types of operators: what may stand beside what, and what comes out."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from partita.base.suggest import nearest
from partita.formulas.calls import check_call
from partita.formulas.fitting import overlap
from partita.formulas.mistake import Mistake
from partita.formulas.names import Resolver, Typed
from partita.formulas.scope import Scope
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
)
from partita.formulas.tree import (
    Among,
    Arithmetic,
    Compare,
    Constant,
    If,
    IsEmpty,
    Logic,
    Member,
    Minus,
    Not,
    Tree,
)
from partita.formulas.types import (
    MAX_SCALE,
    WHOLE,
    Boolean,
    Choice,
    Choices,
    Date,
    DateTime,
    Duration,
    Empty,
    File,
    Files,
    Links,
    Number,
    Rows,
    Text,
    Time,
    Type,
    bare,
    name,
    unify,
)

_ORDERED = (Text, Number, Date, DateTime, Time, Duration)
_MANY = (Rows, Links, Choices, Files)


class Checker:
    """Types one expression. What cannot be typed is reported in `mistakes` and gives None, so that the rest is still
    checked. A `hint` is the type expected of a bare name: `priority == high`, a choice's default."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.resolver = Resolver(scope)
        self.mistakes: list[Mistake] = []
        self._in_middle = False

    def check(self, node: Expression, hint: Type | None = None) -> Typed | None:
        try:
            return self._typed(node, hint)
        except Mistake as mistake:
            self.mistakes.append(mistake)
            return None

    def single(self, node: Expression, hint: Type | None = None) -> Typed | None:
        """One value: a list or a table is a mistake."""
        typed = self.check(node, hint)
        if typed is not None and isinstance(typed.type, _MANY):
            self.report("F038", node, name=self._words(node), type=name(typed.type))
            return None
        return typed

    def condition(self, node: Expression) -> Tree | None:
        typed = self.single(node)
        if typed is not None and not isinstance(typed.type, Boolean):
            self.report("F034", node, type=name(typed.type))
            return None
        return typed and typed.tree

    def report(self, code: str, node: Expression, **params: Any) -> None:
        self.mistakes.append(Mistake(code, node.start, node.end, **params))

    def together(self, nodes: Sequence[Expression], hint: Type | None = None) -> list[Typed | None]:
        """Values that belong to one type: what is sure of its type lends it to bare names as their hint."""
        found: dict[int, Typed | None] = {}
        for index, node in enumerate(nodes):
            if not self._unsure(node):
                found[index] = self.single(node, hint)
        lent = self._shared(found.values()) or hint
        for index, node in enumerate(nodes):
            if index not in found:
                found[index] = self.single(node, lent)
        return [self._as_option(found[index], node, lent) for index, node in enumerate(nodes)]

    def _unsure(self, node: Expression) -> bool:
        return isinstance(node, Path) and len(node.words) == 1 and not self.resolver.knows(node)

    @staticmethod
    def _shared(found: Iterable[Typed | None]) -> Type | None:
        return next((t.type for t in found if t is not None and isinstance(t.type, Choice) and t.type.options), None)

    def _as_option(self, typed: Typed | None, node: Expression, hint: Type | None) -> Typed | None:
        """A text in quotes, or a field named like an option, beside a choice is that option."""
        if typed is None or not isinstance(hint, Choice):
            return typed
        if isinstance(node, Value) and isinstance(node.value, str):
            return self.check(node, hint)
        named = isinstance(node, Path) and len(node.words) == 1 and node.words[0].text in hint.options
        if named and isinstance(node, Path) and not isinstance(typed.type, Choice):
            return Typed(Constant(node.words[0].text, Choice()), hint)
        return typed

    @staticmethod
    def _words(node: Expression) -> str:
        return ".".join(word.text for word in node.words) if isinstance(node, Path) else "…"

    def _typed(self, node: Expression, hint: Type | None) -> Typed | None:
        match node:
            case Value():
                return self._value(node, hint)
            case Path():
                return self._path(node, hint)
            case Sign():
                return self._sign(node)
            case Operation():
                return self._operation(node)
            case Chain():
                return self._chain(node)
            case Junction():
                items = [self.condition(item) for item in node.items]
                trees = tuple(item for item in items if item is not None)
                return Typed(Logic("and" if node.op == "and" else "or", trees), Boolean())
            case Negation():
                tree = self.condition(node.of)
                return None if tree is None else Typed(Not(tree), Boolean())
            case EmptyTest():
                typed = self.check(node.of)
                return typed and Typed(IsEmpty(typed.tree, node.negated), Boolean())
            case Inside():
                return self._inside(node)
            case Conditional():
                return self._conditional(node, hint)
            case Application():
                return check_call(self, node, hint)
            case Group():
                return self._group(node, hint)

    def _value(self, node: Value, hint: Type | None) -> Typed:
        value = node.value
        if value is None or value == "":
            return Typed(Constant(None, Empty()), Empty())
        if isinstance(value, bool):
            return Typed(Constant(value, Boolean()), Boolean())
        if isinstance(value, int | Decimal):
            kind = WHOLE if isinstance(value, int) else Number(-int(value.as_tuple().exponent))
            return Typed(Constant(value, kind), kind)
        if isinstance(hint, Choice | Choices) and hint.options:
            return self._option(value, hint, node)
        return Typed(Constant(value, Text()), Text())

    def _option(self, value: str, hint: Choice | Choices, node: Expression) -> Typed:
        if value not in hint.options:
            near = nearest(value, [*hint.options, *self.scope.record])
            raise Mistake("F026", node.start, node.end, name=value, options=hint.options[:12], nearest=near)
        if isinstance(hint, Choices):
            return Typed(Constant((value,), Choices()), hint)
        return Typed(Constant(value, Choice()), hint)

    def _path(self, node: Path, hint: Type | None) -> Typed:
        if isinstance(hint, Choice | Choices) and len(node.words) == 1:
            word = node.words[0].text
            if word in hint.options or (hint.options and not self.resolver.knows(node)):
                return self._option(word, hint, node)
        return self.resolver.read(node)

    def _group(self, node: Group, hint: Type | None) -> Typed:
        """Options of a list of choices, where one is expected; else a tuple stands only after `in`."""
        if not isinstance(hint, Choices):
            raise Mistake("F011", node.start, node.end)
        named = [self.check(item, Choice(hint.options)) for item in node.items]
        values = {typed.tree.value for typed in named if typed is not None and isinstance(typed.tree, Constant)}
        if any(typed is not None and not isinstance(typed.tree, Constant) for typed in named):
            raise Mistake("F011", node.start, node.end)
        return Typed(Constant(tuple(o for o in hint.options if o in values), Choices()), hint)

    def _sign(self, node: Sign) -> Typed | None:
        typed = self.single(node.of)
        if typed is None:
            return None
        if isinstance(typed.tree, Constant) and isinstance(typed.type, Number):
            return Typed(Constant(-typed.tree.value, typed.type), typed.type)
        if not isinstance(typed.type, Number | Duration):
            raise Mistake("F031", node.start, node.end, op="-", left=name(typed.type), right=name(typed.type))
        return Typed(Minus(typed.tree, typed.type), typed.type)

    def _operation(self, node: Operation) -> Typed | None:
        left, right = self.single(node.left), self.single(node.right)
        if left is None or right is None:
            return None
        kind = _result(node.op, left.type, right.type)
        if kind is None:
            raise Mistake("F031", node.start, node.end, op=node.op, left=name(left.type), right=name(right.type))
        return Typed(Arithmetic(node.op, left.tree, right.tree, kind), kind)  # type: ignore[arg-type]

    def _chain(self, node: Chain) -> Typed | None:
        """`a <= b < c` is `a <= b and b < c`; so that nothing doubles twice, the middle holds no chain of its own."""
        long = len(node.operands) > 2
        if not long and (compared := self._with_empty(node)) is not None:
            return self._typed(compared, None)
        if long and self._in_middle:
            raise Mistake("F003", node.start, node.end)
        outer, self._in_middle = self._in_middle, self._in_middle or long
        typed = self.together(node.operands)
        self._in_middle = outer
        pairs = [
            self._pair(op, typed[index], typed[index + 1], node.operands[index], node.operands[index + 1])
            for index, op in enumerate(node.ops)
        ]
        trees = tuple(pair for pair in pairs if pair is not None)
        if len(trees) < len(pairs):
            return None
        return Typed(trees[0] if len(trees) == 1 else Logic("and", trees), Boolean())

    @staticmethod
    def _with_empty(node: Chain) -> EmptyTest | None:
        """`x == empty` is `x is empty`, for lists too."""
        for of, other in (node.operands, node.operands[::-1]):
            if node.ops[0] in ("==", "!=") and isinstance(other, Value) and other.value is None:
                return EmptyTest(node.start, node.end, of, node.ops[0] == "!=")
        return None

    def _pair(
        self, op: str, left: Typed | None, right: Typed | None, one: Expression, other: Expression
    ) -> Tree | None:  # fmt: skip
        if left is None or right is None:
            return None
        if op in ("==", "!=") and (isinstance(left.type, Empty) or isinstance(right.type, Empty)):
            return IsEmpty(right.tree if isinstance(left.type, Empty) else left.tree, op == "!=")
        if not _comparable(op, left.type, right.type):
            self.mistakes.append(Mistake("F030", one.start, other.end, left=name(left.type), right=name(right.type)))
            return None
        return Compare(op, left.tree, right.tree)  # type: ignore[arg-type]

    def _inside(self, node: Inside) -> Typed | None:
        if isinstance(node.right, Group):
            return self._among(node, node.right.items)
        if self._unsure(node.right):
            return self._among(node, (node.right,))
        right = self.check(node.right)
        if right is None:
            return None
        if isinstance(right.type, Links | Choices):
            return self._member(node, right)
        if isinstance(right.type, Text) and not isinstance(node.right, Value):
            raise Mistake("F010", node.start, node.end, operator="in", instead="contains(…, …)")
        if isinstance(right.type, _MANY):
            raise Mistake("F038", node.right.start, node.right.end, name=self._words(node.right), type=name(right.type))
        return self._among(node, (node.right,))

    def _among(self, node: Inside, items: tuple[Expression, ...]) -> Typed | None:
        first, *rest = self.together((node.of, *items))
        trees = [
            self._pair("==", first, typed, node.of, item) if not _is_empty(typed) else None
            for typed, item in zip(rest, items, strict=True)
        ]
        if first is None or any(t is None for t in rest):
            return None
        found = tuple(t.tree for t, pair in zip(rest, trees, strict=True) if t is not None and pair is not None)
        return Typed(Among(first.tree, found, node.negated), Boolean())

    def _member(self, node: Inside, right: Typed) -> Typed | None:
        hint = Choice(right.type.options) if isinstance(right.type, Choices) else None
        left = self.together((node.of,), hint)[0]
        if left is None:
            return None
        if isinstance(right.type, Choices):
            fits = isinstance(left.type, Choice) and overlap(left.type, right.type)
        else:
            fits = isinstance(right.type, Links) and name(left.type) == f"link {right.type.ref}"
        if not fits:
            raise Mistake("F030", node.start, node.end, left=name(left.type), right=name(right.type))
        return Typed(Member(left.tree, right.tree, node.negated), Boolean())

    def _conditional(self, node: Conditional, hint: Type | None) -> Typed | None:
        condition = self.condition(node.condition)
        then, other = self.together((node.then, node.other), hint)
        if condition is None or then is None or other is None:
            return None
        kind = unify(then.type, other.type)
        if kind is None:
            raise Mistake("F036", node.start, node.end, left=name(then.type), right=name(other.type))
        return Typed(If(condition, then.tree, other.tree, bare(kind)), kind, then.options or other.options)


def _is_empty(typed: Typed | None) -> bool:
    return typed is not None and isinstance(typed.type, Empty)


def _comparable(op: str, left: Type, right: Type) -> bool:
    if isinstance(left, Choice) and isinstance(right, Choice):
        return op in ("==", "!=") and overlap(left, right)
    if unify(left, right) is None or isinstance(left, File):
        return False
    return op in ("==", "!=") or (isinstance(left, _ORDERED) and isinstance(right, _ORDERED))


def _result(op: str, left: Type, right: Type) -> Type | None:
    if isinstance(left, Number) and isinstance(right, Number):
        return _number(op, left, right)
    if isinstance(left, Text) and isinstance(right, Text):
        return Text() if op == "+" else None
    return _RESULTS.get((op, type(left), type(right)))


def _number(op: str, left: Number, right: Number) -> Number:
    if op == "/":
        return Number(MAX_SCALE)
    scale = min(left.scale + right.scale, MAX_SCALE) if op == "*" else max(left.scale, right.scale)
    return Number(scale, left.whole and right.whole)


_RESULTS: dict[tuple[str, type, type], Type] = {
    ("+", Date, Duration): Date(),
    ("+", Duration, Date): Date(),
    ("-", Date, Duration): Date(),
    ("-", Date, Date): Duration(),
    ("+", DateTime, Duration): DateTime(),
    ("+", Duration, DateTime): DateTime(),
    ("-", DateTime, Duration): DateTime(),
    ("-", DateTime, DateTime): Duration(),
    ("+", Duration, Duration): Duration(),
    ("-", Duration, Duration): Duration(),
    ("*", Duration, Number): Duration(),
    ("*", Number, Duration): Duration(),
    ("/", Duration, Number): Duration(),
    ("/", Duration, Duration): Number(MAX_SCALE),
}
