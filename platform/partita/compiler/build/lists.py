"""Lists: those declared, and the default one that every type has."""

from collections.abc import Mapping

from partita.base.frozen import FrozenMap
from partita.compiler.build.expect import UNLISTED_TYPES, UNSORTED_TYPES, expect_field, follow
from partita.compiler.build.site import Site
from partita.model.layout import ListView, SortKey
from partita.model.record_type import RecordType

DEFAULT = "default"
_MOST_COLUMNS = 6
_PLAIN_TYPES = UNSORTED_TYPES | {"boolean"}
_FIRST = ("number", "registered_at", "counterparty")
_LAST = ("state", "responsible")


def build_lists(site: Site, record_type: RecordType, types: Mapping[str, RecordType]) -> FrozenMap[str, ListView]:
    names = [DEFAULT, *(name for name, _ in site.items("lists") if name != DEFAULT)]
    return FrozenMap({name: _build_list(site, name, record_type, types) for name in names})


def _build_list(site: Site, name: str, record_type: RecordType, types: Mapping[str, RecordType]) -> ListView:
    path = ("lists", name)
    columns = tuple(site.get(*path, "columns", default=())) or _default_columns(record_type)
    for number, column in enumerate(site.get(*path, "columns", default=())):
        place = site.place(*path, "columns", number)
        field = follow(site, column, record_type, types, place)
        if field is not None and field.type in UNLISTED_TYPES:
            site.add("B007", place, name=column, type=field.type)
    return ListView(
        name=name,
        label=site.words(*path, "label"),
        columns=columns,
        sort=_sort(site, name, record_type, columns),
        where=site.formula(*path, "where"),
    )


def _default_columns(record_type: RecordType) -> tuple[str, ...]:
    """The number, who asks, the most important of the author's fields, the state and who is responsible."""
    own = [f for f in record_type.own_fields() if not f.asked_by and f.type not in _PLAIN_TYPES]
    chosen = {f.name for f in sorted(own, key=lambda f: -f.priority)[:_MOST_COLUMNS]}
    first = tuple(name for name in _FIRST if _is_built_in(record_type, name))
    last = tuple(name for name in _LAST if _is_built_in(record_type, name))
    columns = (*first, *(f.name for f in own if f.name in chosen), *last)
    return columns or ("id",)


def _is_built_in(record_type: RecordType, name: str) -> bool:
    return name in record_type.fields and not record_type.fields[name].own


def _sort(site: Site, name: str, record_type: RecordType, columns: tuple[str, ...]) -> tuple[SortKey, ...]:
    keys: list[SortKey] = []
    for number, text in enumerate(site.get("lists", name, "sort", default=())):
        field = text.removeprefix("-")
        place = site.place("lists", name, "sort", number).inside(len(text) - len(field), len(text))
        if not expect_field(site, field, record_type.fields, place, record_type.name):
            continue
        if record_type.fields[field].type in UNSORTED_TYPES:
            site.add("B008", place, name=field, type=record_type.fields[field].type)
        keys.append(SortKey(field, text.startswith("-")))
    return tuple(keys) or _default_sort(record_type, columns)


def _default_sort(record_type: RecordType, columns: tuple[str, ...]) -> tuple[SortKey, ...]:
    if _is_built_in(record_type, "registered_at"):
        return (SortKey("registered_at", True),)
    plain = (c for c in columns if c in record_type.fields and record_type.fields[c].type not in UNSORTED_TYPES)
    return (SortKey(next(plain, "id")),)
