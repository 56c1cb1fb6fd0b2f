"""Lists: pages of rows, honest counts, all rows for export."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from partita.base.errors import Denied
from partita.base.frozen import FrozenMap
from partita.base.text import say
from partita.model.layout import ListView, SortKey
from partita.runtime.access.rights import READ
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.context import Context
from partita.runtime.queries import gate
from partita.runtime.queries.gate import AnyOf, Condition, Count, Filter, Matches, Select
from partita.runtime.values.work import Work
from partita.runtime.words.stems import readings

EXPORT = "export"
CHUNK = 1000
TEXTUAL = frozenset(("text", "multiline", "person_name", "address", "email", "url", "code", "phone"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """Empty `columns` and `sort` are those of the view. `text`: words to look for."""

    columns: tuple[str, ...] = ()
    filters: tuple[Condition, ...] = ()
    sort: tuple[SortKey, ...] = ()
    after: str = ""
    before: str = ""
    limit: int = 50
    view: str = "default"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """`columns`: those of the asked ones that the reader may see."""

    rows: tuple[Mapping[str, Any], ...]
    next: str
    previous: str
    columns: tuple[str, ...]


def list_records(ctx: Context, type_name: str, request: ListRequest) -> Page:
    blueprint = _open(ctx, type_name, READ)
    with ctx.runtime.db.read() as conn:
        work = Work(ctx, conn)
        question = ask_list(work, blueprint, request)
        found = gate.select(work, question)
    return Page(found.rows, found.next, found.previous, question.columns)


def count_records(ctx: Context, type_name: str, request: ListRequest, cap: int = 1000) -> Count:
    """Counted up to `cap`."""
    blueprint = _open(ctx, type_name, READ)
    with ctx.runtime.db.read() as conn:
        work = Work(ctx, conn)
        return gate.count(work, ask_list(work, blueprint, request), cap)


def count_by(ctx: Context, type_name: str, field: str, request: ListRequest) -> Mapping[Any, int]:
    """How many records of the list have each value of the field, the most frequent first: one question for all."""
    blueprint = _open(ctx, type_name, READ)
    if not is_seen(ctx, type_name, field):
        return FrozenMap()
    with ctx.runtime.db.read() as conn:
        work = Work(ctx, conn)
        question = replace(ask_list(work, blueprint, request), columns=())
        return FrozenMap(gate.tally(work, question, field))


@contextmanager
def iterate(ctx: Context, type_name: str, request: ListRequest) -> Iterator[Iterator[Mapping[str, Any]]]:
    """All rows of the list in one snapshot, chunk by chunk: for export. Needs the right to export."""
    blueprint = _open(ctx, type_name, EXPORT)
    with ctx.runtime.db.read(seconds=0) as conn:
        work = Work(ctx, conn)
        yield _chunks(work, replace(ask_list(work, blueprint, request), limit=CHUNK, after="", before=""))


def _chunks(work: Work, question: Select) -> Iterator[Mapping[str, Any]]:
    while True:
        page = gate.select(work, question)
        yield from page.rows
        if not page.next:
            return
        question = replace(question, after=page.next)


def may(ctx: Context, type_name: str, action: str) -> bool:
    """Whether the actor has the right on at least some records of the type."""
    return type_name in ctx.runtime.model.types and ctx.rights.may(type_name, action)


def readable_types(ctx: Context) -> tuple[str, ...]:
    return ctx.rights.types()


def readable_columns(ctx: Context, type_name: str) -> tuple[str, ...]:
    """Fields of the type that the actor may see on at least some rows."""
    blueprint = _open(ctx, type_name, READ)
    return tuple(n for n in blueprint.fields if ctx.rights.field(type_name, n, READ) is not False)


def ask_list(work: Work, blueprint: Blueprint, request: ListRequest) -> Select:
    view = blueprint.type.lists.get(request.view) or blueprint.type.lists["default"]
    columns = tuple(c for c in request.columns or view.columns if is_seen(work.ctx, blueprint.name, c))
    sort = tuple(k for k in request.sort or view.sort if is_seen(work.ctx, blueprint.name, k.field))
    conditions = (
        *_filters(work, view, blueprint),
        *request.filters,
        *text_conditions(work.ctx, blueprint, request.text),
    )
    return gate.ask(
        work, blueprint.name, columns=columns, conditions=conditions, sort=sort, after=request.after,
        before=request.before, limit=request.limit,
    )  # fmt: skip


def _filters(work: Work, view: ListView, blueprint: Blueprint) -> tuple[Condition, ...]:
    return () if view.where is None else (work.runtime.program.tree(blueprint.name, view.where),)


def text_conditions(ctx: Context, blueprint: Blueprint, text: str) -> tuple[Condition, ...]:
    """By the index; where some of what it holds is hidden from this reader, by what he may see."""
    if not text.strip():
        return ()
    fields = [f for f in blueprint.searched if f.type in TEXTUAL]
    hidden = [f for f in blueprint.searched if ctx.rights.field(blueprint.name, f.name, READ) is not True]
    if not hidden and ctx.rights.title(blueprint.name, blueprint.title.reads) is True:
        return (AnyOf(tuple(Matches(words) for words in readings(text))),)
    seen = [f for f in fields if ctx.rights.field(blueprint.name, f.name, READ) is not False]
    names = [name for name in ("title", *(f.name for f in seen)) if is_seen(ctx, blueprint.name, name)]
    return (AnyOf(tuple(Filter(name, "contains", (text.strip(),)) for name in names)),)


def is_seen(ctx: Context, type_name: str, path: str) -> bool:
    """Whether the path leads somewhere, over fields of which none is hidden from the reader everywhere."""
    blueprint, (head, *rest) = ctx.runtime.blueprint(type_name), path.split(".")
    if head in ("id", "title", "version") and not rest:
        return head != "title" or ctx.rights.title(type_name, blueprint.title.reads) is not False
    if head not in blueprint.fields or ctx.rights.field(type_name, head, READ) is False:
        return False
    target = blueprint.fields[head].target
    return not rest or (bool(target) and ctx.rights.may(target, READ) and is_seen(ctx, target, ".".join(rest)))


def _open(ctx: Context, type_name: str, action: str) -> Blueprint:
    blueprint = ctx.blueprint(type_name)
    if not ctx.rights.may(type_name, action):
        label = say(blueprint.type.label, ctx.language, type_name)
        raise Denied("I003", command=action, type=label, action=action)
    return blueprint


__all__ = [
    "Count", "Filter", "ListRequest", "Page", "SortKey", "count_records", "is_seen", "iterate", "list_records", "may",
    "readable_columns", "readable_types", "text_conditions",
]  # fmt: skip
