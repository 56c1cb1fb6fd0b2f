"""What a database cannot work out: the compiler shows it, the translation to SQL relies on it."""

from partita.base.diagnostics import Diagnostic
from partita.base.frozen import FrozenMap
from partita.base.refs import Address
from partita.base.source import Span
from partita.formulas.functions import FUNCTIONS
from partita.formulas.tree import Call, Read, Shown, Tree, walk
from partita.formulas.types import Links, Rows

_GIVEN = ("this", "parent", "user", "settings")
"""Values that the database gets from outside."""


def sql_obstacle(tree: Tree) -> str | None:
    """The part of the formula that no database can work out, in the author's words, or None."""
    return next((said for part in walk(tree) if (said := _obstacle(part))), None)


def _obstacle(tree: Tree) -> str | None:
    if isinstance(tree, Shown):
        return "text(…)"
    if isinstance(tree, Call) and not FUNCTIONS[tree.function].sql:
        return "links"
    if not isinstance(tree, Read):
        return None
    outer = tree.source in _GIVEN and isinstance(tree.type, Rows)
    rows_of_links = tree.source == "row" and isinstance(tree.type, Links) and tree.hops
    if tree.source == "old" or outer or rows_of_links:
        return f"{tree.source}.{'.'.join(tree.path)}"
    return None


def check_sql(tree: Tree, span: Span | None, address: Address | str) -> tuple[Diagnostic, ...]:
    """A finding if the formula selects records (row rules, filters of lists, `where` of links) and cannot be SQL."""
    what = sql_obstacle(tree)
    if what is None:
        return ()
    return (Diagnostic("F060", span, FrozenMap({"what": what}), address=str(address)),)
