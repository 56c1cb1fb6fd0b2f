"""The body of a list's table: one function per list, put together from cells when the list is first shown.

A page shows hundreds of cells; a macro per cell would cost more than everything else.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape

from partita.model.model import Model
from partita.model.record_type import RecordType
from partita.runtime.codecs.choices import label_of
from partita.runtime.codecs.registry import LINKS, codec_of
from partita.screens.listing import Column
from partita.screens.record import badge_of
from partita.screens.view import View
from partita.web.widgets.registry import widget_of

Cell = Callable[[Mapping[str, Any]], str]
LONGEST = 300
KEPT: dict[tuple[object, ...], tuple[Model, tuple[Cell, ...]]] = {}
MOST_KEPT = 500
TELLING = frozenset(("text", "person_name", "user", "choice", "link"))
"""Types whose values say something without the name of their column."""


def body_of(
    view: View, record_type: RecordType, columns: tuple[Column, ...], rows: Iterable[Mapping[str, Any]]
) -> Markup:
    """All rows as markup. The first column is the link of the row."""
    first, *others = cells_of(view, record_type, columns)
    base, draft = f"/record/{record_type.name}/", escape(view.t("record.draft"))
    made = []
    for row in rows:
        record = row["id"]
        text = first(row) or escape(row.get("title") or "") or draft
        made.append(
            f'<tr role="row" id="row-{record}" data-ux="row" data-url="{base}{record}">'
            f'<td role="cell" data-place="title">'
            f'<a class="row" id="row-{record}-link" href="{base}{record}">{text}</a></td>'
            f"{''.join([cell(row) for cell in others])}</tr>"
        )
    return Markup("\n".join(made))


def cells_of(view: View, record_type: RecordType, columns: tuple[Column, ...]) -> tuple[Cell, ...]:
    """The cells of a list are put together once for a revision, a language and its columns."""
    key = (record_type.name, view.language, view.ctx.zone.key, tuple(column.path for column in columns))
    model, cells = KEPT.get(key, (None, ()))
    if model is not view.model:
        places = places_of(columns)
        cells = tuple(cell_of(view, record_type, c, place) for c, place in zip(columns, places, strict=True))
        if len(KEPT) >= MOST_KEPT:
            KEPT.clear()
        KEPT[key] = (view.model, cells)
    return cells


def places_of(columns: tuple[Column, ...]) -> list[str]:
    """Where each value goes on a phone: the link, the state, the first link, the first date, one more; others hide."""
    places = ["title"]
    free = {"state", "sub", "due", "extra"}
    for column in columns[1:]:
        wanted = "state" if column.path == "state" else widget_of(column.field.type).place
        wanted = wanted or ("extra" if column.field.type in TELLING else "")
        place = wanted if wanted in free else ""
        free.discard(place)
        places.append(place)
    return places


def cell_of(view: View, record_type: RecordType, column: Column, place: str) -> Cell:
    """The first column gives bare text, the others a whole `<td>`."""
    text = text_of(view, record_type, column)
    if place == "title":
        return text
    marks = ' class="num"' if widget_of(column.field.type).numeric else ""
    start = f'<td role="cell"{marks} data-place="{place}"' if place else f'<td role="cell"{marks}'
    if column.path == "state" or column.field.type == "boolean":
        return lambda row: f"{start}>{text(row)}</td>"
    if column.field.type in ("text", "multiline", "link", "user", "address", "person_name", "links"):
        return lambda row: f'{start} title="{(found := text(row))}">{found}</td>'
    return lambda row: f"{start}>{text(row)}</td>"


def text_of(view: View, record_type: RecordType, column: Column) -> Cell:
    path, known = column.path, column.field
    if path == "state":
        return mapped(path, {name: str(badge(view, record_type, name)) for name in known.options})
    if known.type == "choice":
        return mapped(path, {name: str(escape(label_of(name, known, view.language))) for name in known.options})
    if known.type in LINKS:
        return titled(f"{path}.title")
    if known.type == "boolean":
        yes = str(escape(view.t("yes")))
        return lambda row: yes if row.get(path) else ""
    return shown(view, column)


def mapped(path: str, words: Mapping[str, str]) -> Cell:
    return lambda row: words.get(row.get(path) or "", "")


def titled(path: str) -> Cell:
    return lambda row: str(escape(found if isinstance(found := row.get(path) or "", str) else ", ".join(found)))


def shown(view: View, column: Column) -> Cell:
    """By the codec of the type; what has a place in the zone and language of the person is worked out once."""
    path, known, locale = column.path, column.field, view.ctx.locale
    display = codec_of(known).display

    def cell(row: Mapping[str, Any]) -> str:
        value = row.get(path)
        return "" if value is None else str(escape(display(value, known, locale)[:LONGEST]))

    return cell


def badge(view: View, record_type: RecordType, state: str) -> Markup:
    """The same markup as the macro `state_badge`."""
    found = badge_of(view, record_type, state)
    if found is None:
        return escape(state)
    tone = f" tone-{found.tone}" if found.tone else ""
    return Markup(
        '<span class="badge state {}{}"><i class="shape" aria-hidden="true"></i><span>{}</span></span>'
    ).format(found.category, tone, found.label)
