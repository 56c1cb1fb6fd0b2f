"""A list: views, conditions, columns and one page of rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partita.model.field import Field
from partita.model.layout import ListView, SortKey
from partita.model.record_type import RecordType
from partita.runtime.queries import lists
from partita.runtime.queries.lists import Count, ListRequest, Page
from partita.screens.filters import OPS, Chip, Condition, Reader
from partita.screens.view import View, field_at

PAGE = 100
MOST_ROWS = 500
FIRST_CAP, SECOND_CAP = 1000, 10_000
SORTABLE = frozenset(OPS) - {"links", "choices", "multiline"}


@dataclass(frozen=True, slots=True)
class ListAddress:
    """What the address of a list says. `rows` grows by «Показать ещё»; `after` and `before` are cursors."""

    view: str = "default"
    conditions: tuple[Condition, ...] = ()
    text: str = ""
    sort: str = ""
    after: str = ""
    before: str = ""
    rows: int = PAGE
    adding: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """`sorted`: asc, desc or empty; `by`: what a click sorts by, empty where it cannot."""

    path: str
    label: str
    field: Field
    sorted: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class ViewTab:
    name: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListScreen:
    """`problems`: conditions of the address that cannot be read, in words."""

    type: str
    record_type: RecordType
    title: str
    label: str
    address: ListAddress
    views: tuple[ViewTab, ...]
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Any], ...]
    chips: tuple[Chip, ...]
    addable: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    count: Count
    next: str
    previous: str
    can_create: bool
    can_export: bool

    @property
    def narrowed(self) -> bool:
        return bool(self.address.conditions or self.address.text)

    @property
    def empty(self) -> str:
        """Why there are no rows: nothing matches, or nothing is there yet."""
        return "" if self.rows else "no_match" if self.narrowed else "nothing"


def arrange_list(view: View, type_name: str, address: ListAddress) -> ListScreen:
    record_type = view.type(type_name)
    listed = chosen_view(record_type, address.view)
    reader = Reader(view, record_type)
    request, wrong = list_request(view, record_type, address)
    page: Page = lists.list_records(view.ctx, type_name, request)
    count = lists.count_records(view.ctx, type_name, request, cap=FIRST_CAP)
    return ListScreen(
        type=type_name,
        record_type=record_type,
        title=view.words(record_type.plural),
        label=view.words(record_type.label),
        address=address,
        views=_views(view, record_type, listed),
        columns=_columns(reader, listed, page.columns, address.sort),
        rows=page.rows,
        chips=_chips(reader, address, wrong),
        addable=_addable(reader, lists.readable_columns(view.ctx, type_name), address),
        problems=tuple(dict.fromkeys(wrong.values())),
        count=count,
        next=page.next,
        previous=page.previous,
        can_create=view.may(type_name, "create"),
        can_export=view.may(type_name, "export"),
    )


def list_request(view: View, record_type: RecordType, address: ListAddress) -> tuple[ListRequest, dict[Condition, str]]:
    """The query of an address, and its unreadable conditions."""
    listed = chosen_view(record_type, address.view)
    filters, wrong = Reader(view, record_type).filters(address.conditions)
    request = ListRequest(
        columns=listed.columns,
        filters=filters,
        sort=read_sort(address.sort, record_type, view) or listed.sort,
        after=address.after,
        before=address.before,
        limit=max(1, min(address.rows, MOST_ROWS)),
        view=listed.name,
        text=address.text,
    )
    return request, wrong


def chosen_view(record_type: RecordType, name: str) -> ListView:
    return record_type.lists.get(name) or record_type.lists["default"]


def read_sort(text: str, record_type: RecordType, view: View) -> tuple[SortKey, ...]:
    """`-registered_at,number`: keys that exist and can be sorted by."""
    keys = (SortKey(part.removeprefix("-"), part.startswith("-")) for part in text.split(",")[:3] if part)
    return tuple(key for key in keys if _sortable(field_at(record_type, view.model, key.field)))


def _sortable(known: Field | None) -> bool:
    return known is not None and known.type in SORTABLE


def _views(view: View, record_type: RecordType, listed: ListView) -> tuple[ViewTab, ...]:
    return tuple(
        ViewTab(v.name, view.words(v.label) or view.t("list.all"), v.name == listed.name)
        for v in record_type.lists.values()
    )


def _columns(reader: Reader, listed: ListView, given: tuple[str, ...], sort: str) -> tuple[Column, ...]:
    now = {part.removeprefix("-"): part.startswith("-") for part in sort.split(",") if part}
    now = now or {key.field: key.descending for key in listed.sort}
    found = ((path, reader.field(path)) for path in given)
    return tuple(_column(reader, path, known, now) for path, known in found if known)


def _column(reader: Reader, path: str, known: Field, now: Mapping[str, bool]) -> Column:
    direction = "" if path not in now else "desc" if now[path] else "asc"
    by = "" if not _sortable(known) else f"-{path}" if direction == "asc" else path
    label = reader.view.label(known) if "." not in path else reader.label(path)
    return Column(path, label, known, direction, by)


def _chips(reader: Reader, address: ListAddress, wrong: Mapping[Condition, str]) -> tuple[Chip, ...]:
    """The conditions of the address, then usual ones that are not set, then the one being added."""
    conditions = list(address.conditions)
    set_paths = {condition.path for condition in conditions}
    usual = [path for path in usual_paths(reader.type) if path not in set_paths]
    if address.adding and address.adding not in usual:
        usual.append(address.adding)
    chips = [reader.chip(n, condition, wrong) for n, condition in enumerate(conditions)]
    blanks = (reader.chip(len(conditions) + n, Condition(path, ""), {}) for n, path in enumerate(usual))
    return tuple(_opened(chip, address.adding) for chip in (*chips, *blanks) if chip)


def _opened(chip: Chip, adding: str) -> Chip:
    return chip if not adding or chip.op or chip.path != adding else _open(chip)


def _open(chip: Chip) -> Chip:
    return Chip(
        index=chip.index,
        path=chip.path,
        label=chip.label,
        type=chip.type,
        ops=chip.ops,
        options=chip.options,
        open=True,
    )


def usual_paths(record_type: RecordType) -> tuple[str, ...]:
    """Conditions that are always at hand: the state and the responsible, or the first choices of a book."""
    if record_type.kind == "request_type":
        return tuple(name for name in ("state", "responsible") if name in record_type.fields)
    named = [f.name for f in record_type.own_fields() if f.type in ("choice", "boolean", "link")]
    return tuple((["state"] if "state" in record_type.fields else []) + named[:2])


def _addable(reader: Reader, paths: tuple[str, ...], address: ListAddress) -> tuple[tuple[str, str], ...]:
    used = {condition.path for condition in address.conditions} | set(usual_paths(reader.type))
    found = ((path, reader.field(path)) for path in paths if path not in used)
    return tuple((path, reader.label(path)) for path, known in found if known and known.type in OPS)
