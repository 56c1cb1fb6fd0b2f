"""Frozen dataclasses to plain JSON and back, by their type hints: the form in which models travel and are stored.

Decimal, date and datetime become tagged strings; a union of dataclasses is told apart by a `$` key with the class name.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from partita.base.frozen import FrozenMap
from partita.base.refs import Address, Ref

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """JSON-ready data. Fields that hold their default are left out, so that dumps stay short and stable."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Ref | Address):
        return str(value)
    if isinstance(value, Decimal | date | datetime | time):
        return {"$": type(value).__name__, "v": str(value) if isinstance(value, Decimal) else value.isoformat()}
    if is_dataclass(value) and not isinstance(value, type):
        return {"$": type(value).__name__} | {
            f.name: to_plain(getattr(value, f.name)) for f in fields(value) if not _is_default(value, f)
        }
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset):
        items = sorted(value, key=str) if isinstance(value, frozenset) else value
        return [to_plain(item) for item in items]
    raise TypeError(f"{type(value).__name__} has no plain form")


def _is_default(owner: Any, f: Any) -> bool:
    value = getattr(owner, f.name)
    if f.default is not MISSING:
        return bool(value == f.default and type(value) is type(f.default))
    return f.default_factory is not MISSING and bool(value == f.default_factory())


def from_plain(hint: Any, data: Any) -> Any:
    """The value of type `hint` from what `to_plain` made."""
    origin = get_origin(hint)
    if hint is Any:
        return _tagged(data)
    if origin in (Union, UnionType):
        return _from_union(get_args(hint), data)
    if origin is Literal or hint in (str, int, bool, NoneType):
        return data
    if hint in (Ref, Address):
        return hint.parse(data)
    if hint in (Decimal, date, datetime, time):
        return _tagged(data)
    if is_dataclass(hint):
        return _from_dataclass(hint, data)
    return _from_container(hint, origin, data)


def _from_container(hint: Any, origin: Any, data: Any) -> Any:
    args = get_args(hint)
    if origin is tuple:
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(from_plain(args[0], item) for item in data)
        return tuple(from_plain(arg, item) for arg, item in zip(args, data, strict=True))
    if origin is frozenset:
        return frozenset(from_plain(args[0], item) for item in data)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key = Ref.parse if args[0] is Ref else str
        return FrozenMap({key(name): from_plain(args[1], item) for name, item in data.items()})
    raise TypeError(f"{hint} has no plain form")


_SCALARS = {
    "Decimal": Decimal,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
}


def _tagged(data: Any) -> Any:
    if isinstance(data, dict) and data.get("$") in _SCALARS:
        return _SCALARS[data["$"]](data["v"])  # type: ignore[operator]
    if isinstance(data, list):
        return tuple(_tagged(item) for item in data)
    return data


def _from_union(options: tuple[Any, ...], data: Any) -> Any:
    if data is None and NoneType in options:
        return None
    name = data.get("$") if isinstance(data, dict) else None
    return from_plain(next(option for option in options if _fits(option, name, data)), data)


def _fits(option: Any, name: str | None, data: Any) -> bool:
    """A dataclass is told by its name; a plain value fits the member that is not a dataclass."""
    if name is not None:
        return getattr(option, "__name__", None) == name
    if isinstance(data, dict):
        return option is not NoneType
    return option is not NoneType and (option in (Ref, Address) or not is_dataclass(option))


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _from_dataclass(cls: Any, data: Mapping[str, Any]) -> Any:
    hints = _hints(cls)
    return cls(**{f.name: from_plain(hints[f.name], data[f.name]) for f in fields(cls) if f.name in data})
