"""How the values of a field are stored, as one short text: equal forms need no conversion."""

from partita.model.field import Field
from partita.model.model import Model
from partita.storage.columns import kind_of, sql_type
from partita.storage.sqltypes import ExactDecimal
from partita.storage.tables import target_of

ROWS = "rows"


def form_of(model: Model, item: Field) -> str:
    """`text`, `wholenumber`, `exact:2`, `link:base.region`, `links:attachment`, `rows`…"""
    kind = kind_of(item)
    if kind.home == "table":
        return ROWS
    if kind.points_at:
        target = "attachment" if kind.points_at == "attachment" else target_of(model, item) or ""
        return f"{'links' if kind.home == 'links' else 'link'}:{target}"
    stored = sql_type(item)
    return f"exact:{stored.scale}" if isinstance(stored, ExactDecimal) else type(stored).__name__.lower()


def renamed(form: str, types: dict[str, str]) -> str:
    """The form after types were renamed; `types`: old name → new name."""
    kind, colon, target = form.partition(":")
    return f"{kind}:{types.get(target, target)}" if colon and kind in ("link", "links") else form


def scale_of(form: str) -> int | None:
    """Decimal digits of a number; None for what is no number."""
    if form == "wholenumber":
        return 0
    kind, _, scale = form.partition(":")
    return int(scale) if kind == "exact" else None
