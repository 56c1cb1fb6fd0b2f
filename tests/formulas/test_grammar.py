"""The grammar binds as Python's does, and text is read as it is written."""

from __future__ import annotations

import ast

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from partita.formulas.mistake import Mistake
from partita.formulas.parse import parse
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

OPERATORS = ("+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "and", "or", "if a else", "in", "not in")


def ours(node: Expression) -> str:
    """Fully bracketed."""
    match node:
        case Value():
            return repr(node.value)
        case Path():
            return ".".join(word.text for word in node.words)
        case Sign():
            return f"(-{ours(node.of)})"
        case Operation():
            return f"({ours(node.left)}{node.op}{ours(node.right)})"
        case Chain():
            pairs = zip(node.ops, node.operands[1:], strict=True)
            return f"({ours(node.operands[0])}{''.join(op + ours(right) for op, right in pairs)})"
        case Junction():
            return "(" + node.op.join(map(ours, node.items)) + ")"
        case Negation():
            return f"(not{ours(node.of)})"
        case EmptyTest():
            return f"({ours(node.of)}{'isnot' if node.negated else 'is'}None)"
        case Inside():
            return f"({ours(node.of)}{'notin' if node.negated else 'in'}{ours(node.right)})"
        case Conditional():
            return f"({ours(node.then)}if{ours(node.condition)}else{ours(node.other)})"
        case Application():
            return f"{node.function.text}({','.join(map(ours, node.args))})"
        case Group():
            return "tuple(" + ",".join(map(ours, node.items)) + ")"


SIGNS: dict[type, str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Mod: "%", ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<",
    ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in", ast.NotIn: "notin", ast.Is: "is", ast.IsNot: "isnot",
}  # fmt: skip


def pythons(node: ast.expr) -> str:
    match node:
        case ast.Constant():
            return repr(node.value)
        case ast.Name():
            return node.id
        case ast.Attribute():
            return f"{pythons(node.value)}.{node.attr}"
        case ast.UnaryOp(op=ast.Not()):
            return f"(not{pythons(node.operand)})"
        case ast.UnaryOp():
            return f"(-{pythons(node.operand)})"
        case ast.BinOp():
            return f"({pythons(node.left)}{SIGNS[type(node.op)]}{pythons(node.right)})"
        case ast.Compare():
            pairs = zip(node.ops, node.comparators, strict=True)
            return f"({pythons(node.left)}{''.join(SIGNS[type(op)] + pythons(right) for op, right in pairs)})"
        case ast.BoolOp():
            return "(" + ("and" if isinstance(node.op, ast.And) else "or").join(map(pythons, node.values)) + ")"
        case ast.IfExp():
            return f"({pythons(node.body)}if{pythons(node.test)}else{pythons(node.orelse)})"
        case ast.Call():
            return f"{pythons(node.func)}({','.join(map(pythons, node.args))})"
        case ast.Tuple():
            return "tuple(" + ",".join(map(pythons, node.elts)) + ")"
    raise AssertionError(ast.dump(node))


@st.composite
def rows_of_operands(draw: st.DrawFn) -> str:
    operand = st.sampled_from(("a", "b.c", "1", "2.5", "'x'", "-a", "not b", "f(a, b)", "(a, b)", "(a or b)", "true"))
    text = draw(operand)
    for _ in range(draw(st.integers(0, 6))):
        text += f" {draw(st.sampled_from(OPERATORS))} {draw(operand)}"
    return text


@settings(max_examples=600, deadline=None)
@given(text=rows_of_operands())
def test_operators_bind_as_in_python(text: str) -> None:
    try:
        found = ours(parse(text))
    except Mistake:
        assume(False)
    expected = pythons(ast.parse(text.replace("true", "True").replace("2.5", "'2.5'"), mode="eval").body)
    assert found.replace("Decimal('2.5')", "'2.5'") == expected


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a is empty", "(aisNone)"),
        ("a is not empty and b", "((aisnotNone)andb)"),
        ("not a is empty", "(not(aisNone))"),
        ("a + b is empty", "((a+b)isNone)"),
        ("a == empty", "(a==None)"),
        ("a in (b,)", "(aintuple(b))"),
        ("a in (b)", "(ainb)"),
        ("+a", "a"),
        (r"'it\'s' + \"a\\b\"".replace(r"\"", '"'), "(\"it's\"+'a\\\\b')"),
        ("'№ «ё»'", "'№ «ё»'"),
        ("a\n  and\tb", "(aandb)"),
        ("match + case", "(match+case)"),
    ],
)
def test_own_words_are_read(text: str, read: str) -> None:
    assert ours(parse(text)) == read
