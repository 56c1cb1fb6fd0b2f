"""What stands at an address: the value, who wrote it and where, what it means, and who depends on it."""

from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from partita.base.plain import to_plain
from partita.base.refs import Address, Ref
from partita.base.source import Span
from partita.base.suggest import nearest
from partita.compiler.compiled import Compiled
from partita.model.access import Grant
from partita.model.model import Model

_MAPS = {
    "reference_book": "types",
    "request_type": "types",
    "state_scheme": "schemes",
    "decision_catalog": "catalogs",
    "numbering": "numberings",
    "role": "roles",
    "data": "data",
    "scenario": "scenarios",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """`value`: plain data of the Model. `declared`: whether an author wrote it (else it is the platform's default).
    `pack`, `span`: who and where. `read_by`: fields that read this one. `nearest`: when it is unknown."""

    address: str
    found: bool
    value: Any = None
    declared: bool = False
    pack: str = ""
    span: Span | None = None
    read_by: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()


def explain(compiled: Compiled, address: str) -> Explanation:
    """The explanation of an address `kind/pack.name#path`; unknown ones get the nearest known."""
    known = compiled.origins
    try:
        parsed = Address.parse(address)
    except ValueError:
        return Explanation(address, False, nearest=nearest(address, known))
    span = known.get(address)
    value = _value(compiled.model, parsed) if compiled.model else _MISSING
    if value is _MISSING and span is None:
        return Explanation(address, False, nearest=nearest(address, known))
    return Explanation(
        address=address,
        found=True,
        value=None if value is _MISSING else to_plain(value),
        declared=span is not None,
        pack=parsed.ref.pack,
        span=span or known.get(str(parsed.ref)),
        read_by=_read_by(compiled.model, parsed),
    )


_MISSING = object()
_CALLED = {
    "to": ("target",),
    "from": ("sources", "type"),
    "class": ("decision_class", "data_class"),
    "check": ("checks",),
    "as": ("actor",),
}
"""Keys whose attribute of the Model is called otherwise (they are words of Python, or mean different things)."""


def _value(model: Model, address: Address) -> Any:
    value = _thing(model, address.ref)
    for step in address.path:
        value = _step(value, step)
        if value is _MISSING:
            return _MISSING
    return value


def _thing(model: Model, ref: Ref) -> Any:
    if ref.kind == "pack":
        return model.packs.get(ref.pack, _MISSING)
    things = getattr(model, _MAPS.get(ref.kind, ""), {})
    return things.get(ref.qualified, _MISSING)


def _step(value: Any, step: str) -> Any:
    """One step of the path: an attribute, an entry of a map, or a member of a tuple by name or number."""
    if is_dataclass(value):
        known = {f.name for f in fields(value)}
        name = next((name for name in (step, *_CALLED.get(step, ())) if name in known), None)
        return getattr(value, name) if name else _MISSING
    if isinstance(value, tuple):
        named = (item for item in value if step in (getattr(item, "name", None), _type_name(item)))
        return next(named, value[int(step)] if step.isdigit() and int(step) < len(value) else _MISSING)
    return value.get(step, _MISSING) if hasattr(value, "get") else _MISSING


def _type_name(item: Any) -> str | None:
    """Grants of a role are named by the type that they are for."""
    return item.type.name if isinstance(item, Grant) else None


def _read_by(model: Model | None, address: Address) -> tuple[str, ...]:
    """For a field of a record type: the fields whose rules read it."""
    record_type = model.types.get(address.ref.qualified) if model else None
    if record_type is None or len(address.path) < 2 or address.path[0] != "fields":
        return ()
    name = ".".join(address.path[1::2]) if len(address.path) == 4 else address.path[1]
    return record_type.dependents.get(name, ())
