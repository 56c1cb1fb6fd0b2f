"""Formulas as SQL: a typed tree becomes a condition or a value over the columns of its record."""

import sqlalchemy as sa

from partita.formulas.obstacles import sql_obstacle
from partita.formulas.tree import Tree
from partita.storage.expressions import reads
from partita.storage.expressions.conditions import Translator
from partita.storage.expressions.reads import Expr, Namer, Place

__all__ = ["Namer", "NoSql", "parameters", "value", "where"]

parameters = reads.parameters


class NoSql(Exception):
    """A tree that cannot be SQL got past the compiler."""


def where(tree: Tree, type_name: str, tables: Namer, dialect: str, alias: sa.FromClause) -> sa.ColumnElement[bool]:
    """The condition over the record that `alias` stands for. NULL stands for false: under NOT, wrap it."""
    _refuse(tree)
    return Translator(tables, dialect).condition(tree, Place(type_name, alias))


def value(tree: Tree, type_name: str, tables: Namer, dialect: str, alias: sa.FromClause) -> Expr:
    """The value; its SQL type turns what the database returns into the canonical Python value."""
    _refuse(tree)
    return Translator(tables, dialect).value(tree, Place(type_name, alias))


def _refuse(tree: Tree) -> None:
    if (what := sql_obstacle(tree)) is not None:
        raise NoSql(what)
