"""The typed tree of a checked formula: small, closed, frozen. Every reading (Python, SQL, words) is made from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from partita.base.frozen import FrozenMap
from partita.base.text import Words
from partita.formulas.types import Boolean, Choice, Number, Text, Type

Source = Literal["record", "row", "this", "parent", "old", "user", "settings"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written in the formula: text, number, true, false, an option, or empty (None)."""

    value: Any
    type: Type


@dataclass(frozen=True, slots=True)
class Read:
    """A value by its path. `hops` are the types that the links of the path lead to, one per dot."""

    source: Source
    path: tuple[str, ...]
    type: Type
    hops: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartOf:
    """A part of a choice (`decision.class`): the option's entry in `values`."""

    of: "Tree"
    part: str
    values: FrozenMap[str, str]

    @property
    def type(self) -> Type:
        return Choice()


@dataclass(frozen=True, slots=True)
class Minus:
    of: "Tree"
    type: Type


@dataclass(frozen=True, slots=True)
class Arithmetic:
    op: Literal["+", "-", "*", "/", "%"]
    left: "Tree"
    right: "Tree"
    type: Type


class _Condition:
    """Conditions are true or false, never empty."""

    __slots__ = ()

    @property
    def type(self) -> Type:
        return Boolean()


@dataclass(frozen=True, slots=True)
class Compare(_Condition):
    op: Literal["==", "!=", "<", "<=", ">", ">="]
    left: "Tree"
    right: "Tree"


@dataclass(frozen=True, slots=True)
class Logic(_Condition):
    op: Literal["and", "or"]
    items: "tuple[Tree, ...]"


@dataclass(frozen=True, slots=True)
class Not(_Condition):
    of: "Tree"


@dataclass(frozen=True, slots=True)
class IsEmpty(_Condition):
    of: "Tree"
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Among(_Condition):
    """`of in (a, b)`: equal to one of the items; an empty `of` and empty items never match."""

    of: "Tree"
    items: "tuple[Tree, ...]"
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Member(_Condition):
    """`of in collection`, the collection being links or choices."""

    of: "Tree"
    collection: "Tree"
    negated: bool = False


@dataclass(frozen=True, slots=True)
class If:
    condition: "Tree"
    then: "Tree"
    other: "Tree"
    type: Type


@dataclass(frozen=True, slots=True)
class Call:
    """A function of `formulas.functions` by its name in the registry."""

    function: str
    args: "tuple[Tree, ...]"
    type: Type


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A function over a table's rows; `of` is read in the row (source `row`), None counts the rows themselves."""

    function: Literal["sum", "min", "max", "avg", "count", "any", "all", "first"]
    rows: Read
    of: "Tree | None"
    type: Type


@dataclass(frozen=True, slots=True)
class Fit:
    """A number brought to the declared scale of the place it is computed for."""

    of: "Tree"
    type: Number


@dataclass(frozen=True, slots=True)
class Shown:
    """`text(of, "format")`: the value as a template shows it; `options` are the words of a choice's options."""

    of: "Tree"
    format: str = ""
    options: FrozenMap[str, Words] = FrozenMap()

    @property
    def type(self) -> Type:
        return Text()


Tree: TypeAlias = (
    Constant
    | Read
    | PartOf
    | Minus
    | Arithmetic
    | Compare
    | Logic
    | Not
    | IsEmpty
    | Among
    | Member
    | If
    | Call
    | Aggregate
    | Fit
    | Shown
)


@dataclass(frozen=True, slots=True)
class Hole:
    """`{tree:format}` of a template; `options` are the words of a choice's options."""

    tree: Tree
    format: str = ""
    options: FrozenMap[str, Words] = FrozenMap()


@dataclass(frozen=True, slots=True)
class TemplateTree:
    parts: tuple[str | Hole, ...]


def children(tree: Tree) -> tuple[Tree, ...]:
    """The trees directly below, in reading order."""
    match tree:
        case Constant() | Read():
            return ()
        case Arithmetic() | Compare():
            return (tree.left, tree.right)
        case Logic():
            return tree.items
        case Among():
            return (tree.of, *tree.items)
        case Member():
            return (tree.of, tree.collection)
        case If():
            return (tree.condition, tree.then, tree.other)
        case Call():
            return tree.args
        case Aggregate():
            return (tree.rows,) if tree.of is None else (tree.rows, tree.of)
        case PartOf() | Minus() | Not() | IsEmpty() | Fit() | Shown():
            return (tree.of,)


def walk(tree: Tree | TemplateTree) -> Iterator[Tree]:
    """The tree and everything below it."""
    if isinstance(tree, TemplateTree):
        for part in tree.parts:
            if isinstance(part, Hole):
                yield from walk(part.tree)
        return
    yield tree
    for child in children(tree):
        yield from walk(child)


_PREFIX = {"record": "", "this": "this.", "parent": "parent.", "old": "old."}


def paths(tree: Tree | TemplateTree) -> frozenset[str]:
    """Dotted names read: bare for the record's own, `this.x`, `parent.x`, `old.x`; tables: `lines`, `lines.qty`."""
    return frozenset(_record_paths(tree, ""))


def _record_paths(tree: Tree | TemplateTree, table: str) -> Iterator[str]:
    if isinstance(tree, TemplateTree):
        for part in tree.parts:
            if isinstance(part, Hole):
                yield from _record_paths(part.tree, table)
        return
    if isinstance(tree, Read):
        if tree.source == "row":
            yield f"{table}.{'.'.join(tree.path)}"
        elif tree.source in _PREFIX:
            yield _PREFIX[tree.source] + ".".join(tree.path)
    if isinstance(tree, Aggregate):
        table = next(_record_paths(tree.rows, table))
    for child in children(tree):
        yield from _record_paths(child, table)


def user_paths(tree: Tree | TemplateTree) -> frozenset[str]:
    """Dotted names read of the user; the empty name is the user's own record, `roles` the roles held."""
    found = {".".join(t.path) for t in walk(tree) if isinstance(t, Read) and t.source == "user"}
    if any(isinstance(t, Call) and t.function == "has_role" for t in walk(tree)):
        found.add("roles")
    return frozenset(found)


def settings_read(tree: Tree | TemplateTree) -> frozenset[str]:
    """Dotted names of settings read."""
    return frozenset(".".join(t.path) for t in walk(tree) if isinstance(t, Read) and t.source == "settings")


_CERTAIN_CALLS = frozenset({"contains", "starts_with", "ends_with", "has_role", "length", "items", "today", "now"})


def is_certain(tree: Tree) -> bool:
    """Whether the value can never be empty."""
    match tree:
        case Constant():
            return tree.value is not None
        case Call():
            return tree.function in _CERTAIN_CALLS
        case Aggregate():
            return tree.function in ("count", "any", "all")
        case Read() | PartOf() | Minus() | Arithmetic() | If() | Fit() | Shown():
            return False
    return True
