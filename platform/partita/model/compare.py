"""Differences between two Models in the language of their authors, and what became of each name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from partita.base.frozen import FrozenMap
from partita.base.refs import Address, Ref
from partita.base.text import say
from partita.model.access import Grant
from partita.model.field import Field
from partita.model.formula import Check, Formula, Template
from partita.model.model import Model
from partita.model.record_type import RecordType

SILENT = frozenset({"ref", "name", "address", "dependents", "renamed_from", "own", "packs", "format"})
"""Attributes that follow from others, or say nothing to an author."""
DECLARED = ("types", "schemes", "catalogs", "numberings", "roles", "data", "scenarios")


@dataclass(frozen=True, slots=True)
class Change:
    """`code` is a message of the family «plan»: added, removed, renamed, changed; `params` fill it."""

    code: str
    address: Address
    params: FrozenMap[str, str]


@dataclass(frozen=True, slots=True)
class Rename:
    """A `renamed_from` that cannot be followed, because the old name is still declared."""

    address: Address
    old: str


@dataclass(frozen=True, slots=True)
class Difference:
    """`types`: new type → old type, for those that stay; `fields`: new type → new path → old path (`lines.qty` for a
    column of rows); `options`: (new type, new path) → old option → new option, for those that were renamed."""

    changes: tuple[Change, ...]
    types: FrozenMap[str, str]
    fields: FrozenMap[str, FrozenMap[str, str]]
    options: FrozenMap[tuple[str, str], FrozenMap[str, str]]
    unclear: tuple[Rename, ...]


def compare(old: Model | None, new: Model) -> Difference:
    """What changed from `old` (None: there was nothing) to `new`."""
    before = old or Model(packs=FrozenMap(), types=FrozenMap())
    types = match(before.types, new.types)
    unclear = list(_unclear_types(before, new))
    field_names: dict[str, FrozenMap[str, str]] = {}
    options: dict[tuple[str, str], FrozenMap[str, str]] = {}
    for name, former in types.items():
        old_type, new_type = before.types[former], new.types[name]
        paths = dict(_paths(old_type.fields, new_type.fields, ""))
        field_names[name] = FrozenMap(paths)
        unclear += _unclear_fields(new_type, old_type)
        for path, old_path in paths.items():
            renamed = _renamed_options(before, old_type, old_path, new, new_type, path)
            if renamed:
                options[name, path] = FrozenMap(renamed)
    changes = tuple(_changes(before, new, types))
    return Difference(changes, FrozenMap(types), FrozenMap(field_names), FrozenMap(options), tuple(unclear))


def match(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """New name → old name: the same, or told by `renamed_from`, or (going back) by the old one's `renamed_from`."""
    found = {name: name for name in new if name in old}
    for name, item in new.items():
        former = _former(item, name)
        if name not in found and former in old and former not in new and former not in found.values():
            found[name] = former
    back = {_former(item, name): name for name, item in old.items() if name not in new}
    for name in new:
        if name not in found and name in back and back[name] not in found.values():
            found[name] = back[name]
    return found


def choices(model: Model, record_type: RecordType, path: str) -> Mapping[str, Any]:
    """The options of a choice; for `state` and `decision` those of the scheme and of the catalog."""
    if path == "state" and record_type.states is not None:
        return model.schemes[record_type.states.qualified].states
    if path == "decision" and record_type.decisions is not None:
        catalog = model.catalogs[record_type.decisions.qualified]
        return {**catalog.decisions, "other": None} if catalog.free_text else catalog.decisions
    field = field_at(record_type, path)
    return field.options if field is not None else {}


def field_at(record_type: RecordType, path: str) -> Field | None:
    """The field of a path: `qty`, or `lines.qty`."""
    head, _, rest = path.partition(".")
    field = record_type.fields.get(head)
    return field.column(rest) if field is not None and rest else field


def _former(item: Any, name: str) -> str:
    former: str = getattr(item, "renamed_from", "") or ""
    if isinstance(item, RecordType) and former and "." not in former:
        return f"{item.ref.pack}.{former}"
    return former


def _paths(old: Mapping[str, Field], new: Mapping[str, Field], prefix: str) -> Iterator[tuple[str, str]]:
    for name, former in match(old, new).items():
        yield f"{prefix}{name}", f"{prefix}{former}"
        inner_old, inner_new = old[former].fields, new[name].fields
        if inner_old and inner_new:
            inner = match({f.name: f for f in inner_old}, {f.name: f for f in inner_new})
            for column, former_column in inner.items():
                yield f"{name}.{column}", f"{former}.{former_column}"


def _renamed_options(
    before: Model, old_type: RecordType, old_path: str, after: Model, new_type: RecordType, path: str
) -> dict[str, str]:
    pairs = match(choices(before, old_type, old_path), choices(after, new_type, path))
    return {former: name for name, former in pairs.items() if former != name}


def _unclear_types(old: Model, new: Model) -> Iterator[Rename]:
    for name, item in new.types.items():
        former = _former(item, name)
        if former in old.types and former in new.types and name not in old.types:
            yield Rename(Address(item.ref, ("renamed_from",)), former)


def _unclear_fields(new: RecordType, old: RecordType) -> Iterator[Rename]:
    for name, item in new.fields.items():
        former = item.renamed_from
        if former in old.fields and former in new.fields and name not in old.fields:
            yield Rename(Address(new.ref, ("fields", name, "renamed_from")), former)


def _changes(old: Model, new: Model, types: Mapping[str, str]) -> Iterator[Change]:
    for kind in DECLARED:
        before, after = getattr(old, kind), getattr(new, kind)
        pairs = types if kind == "types" else match(before, after)
        for name, item in after.items():
            former = before.get(pairs.get(name, ""))
            if former is None:
                yield _noted("D101", Address(item.ref), item)
                continue
            if name != former.ref.qualified:
                yield _noted("D103", Address(item.ref), item, old=former.ref.qualified)
            yield from _inside(former, item, Address(item.ref))
        kept = set(pairs.values())
        yield from (_noted("D102", Address(item.ref), item) for name, item in before.items() if name not in kept)
    yield from _packs(old, new)


def _packs(old: Model, new: Model) -> Iterator[Change]:
    for name in dict.fromkeys([*new.packs, *old.packs]):
        address = Address(Ref("pack", name, name))
        if name not in old.packs:
            yield _noted("D101", address, new.packs[name])
        elif name not in new.packs:
            yield _noted("D102", address, old.packs[name])
        else:
            yield from _inside(old.packs[name], new.packs[name], address)


def _inside(old: Any, new: Any, address: Address) -> Iterator[Change]:
    """Differences under one address, down to the leaves that an author wrote."""
    if old == new:
        return
    if isinstance(new, Formula | Template | Check | None) or _leaf(new) or type(old) is not type(new):
        if _text(old) != _text(new):
            yield Change("D104", address, FrozenMap({"address": str(address), "old": _text(old), "new": _text(new)}))
    elif isinstance(new, Mapping) or _named(new):
        yield from _named_inside(_by_name(old), _by_name(new), address)
    else:
        for slot in fields(new):
            if slot.name not in SILENT:
                yield from _inside(getattr(old, slot.name), getattr(new, slot.name), address.child(slot.name))


def _named_inside(old: Mapping[str, Any], new: Mapping[str, Any], address: Address) -> Iterator[Change]:
    pairs = match(old, new)
    for name, item in new.items():
        if name not in pairs:
            if getattr(item, "own", True):
                yield _noted("D101", address.child(name), item)
            continue
        if pairs[name] != name:
            yield _noted("D103", address.child(name), item, old=pairs[name])
        yield from _inside(old[pairs[name]], item, address.child(name))
    for name, item in old.items():
        if name not in pairs.values() and getattr(item, "own", True):
            yield _noted("D102", address.child(name), item)


def _leaf(value: Any) -> bool:
    if isinstance(value, Mapping):
        return not any(is_dataclass(item) or isinstance(item, Mapping) for item in value.values())
    if isinstance(value, tuple):
        return not _named(value)
    return not is_dataclass(value) or isinstance(value, Ref | Address)


def _named(value: Any) -> bool:
    """Tuples whose items have names of their own: columns of rows, grants, checks, steps."""
    return isinstance(value, tuple) and bool(value) and all(_name_of(item) for item in value)


def _name_of(item: Any) -> str:
    if isinstance(item, Grant):
        return item.type.qualified
    return str(getattr(item, "name", "")) if is_dataclass(item) else ""


def _by_name(value: Mapping[Any, Any] | Sequence[Any]) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {str(name): item for name, item in value.items()}
    return {_name_of(item): item for item in value}


def _noted(code: str, address: Address, item: Any, **more: str) -> Change:
    label = say(getattr(item, "label", None), "ru", address.path[-1] if address.path else address.ref.name)
    return Change(code, address, FrozenMap({"address": str(address), "label": label, **more}))


def _text(value: Any) -> str:
    if value is None or value == () or value == "" or (isinstance(value, Mapping) and not value):
        return "—"
    if isinstance(value, Formula | Template):
        return value.text
    if isinstance(value, Ref):
        return value.qualified
    if isinstance(value, Check):
        return f"{value.must.text} / {_text(value.say)}"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_text(item)}" for name, item in value.items())
    if isinstance(value, tuple):
        return ", ".join(_text(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        shown = (_text(getattr(value, slot.name)) for slot in fields(value) if slot.name not in SILENT - {"name"})
        return " ".join(text for text in shown if text != "—")
    return str(value)
