"""What the parser makes of the tokens: nodes without types but with places. The checker turns them into typed trees."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Node:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Value(Node):
    """A literal: text, number, true, false; empty is None."""

    value: str | int | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Word(Node):
    text: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Sign(Node):
    """Unary minus."""

    of: "Expression"


@dataclass(frozen=True, slots=True)
class Operation(Node):
    op: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """`a <= b < c`: one operator fewer than operands."""

    ops: tuple[str, ...]
    operands: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Junction(Node):
    op: str
    items: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Negation(Node):
    of: "Expression"


@dataclass(frozen=True, slots=True)
class EmptyTest(Node):
    of: "Expression"
    negated: bool


@dataclass(frozen=True, slots=True)
class Inside(Node):
    of: "Expression"
    right: "Expression"
    negated: bool


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    condition: "Expression"
    then: "Expression"
    other: "Expression"


@dataclass(frozen=True, slots=True)
class Application(Node):
    """A function applied to its arguments."""

    function: Word
    args: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Group(Node):
    """`(a, b)`."""

    items: "tuple[Expression, ...]"


Expression: TypeAlias = (
    Value
    | Path
    | Sign
    | Operation
    | Chain
    | Junction
    | Negation
    | EmptyTest
    | Inside
    | Conditional
    | Application
    | Group
)
