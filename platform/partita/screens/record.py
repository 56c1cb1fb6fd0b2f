"""The card of a record: who it is, how it stands, what can be done, and everything that is written in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partita.base.errors import NotFound
from partita.model.field import Field
from partita.model.layout import Tab
from partita.model.record_type import RecordType
from partita.runtime.codecs.registry import FILES, LINKS, is_empty
from partita.runtime.files.attachments import Attachment, read_attachments
from partita.runtime.queries.cards import RecordView, read_record
from partita.runtime.queries.related import RelatedTab, count_related
from partita.runtime.records.form_state import FieldState
from partita.runtime.records.forms import evaluate
from partita.screens.actions import Action, arrange_actions
from partita.screens.control import FileItem
from partita.screens.feed import Entry, arrange_feed
from partita.screens.view import View

MOST_FACTS = 5
HEADED = frozenset(("number", "state", "first_time", "id"))
SERVICE = ("registered_at", "created_at", "created_by", "changed_at", "changed_by")


@dataclass(frozen=True, slots=True)
class Badge:
    label: str
    category: str
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value for reading; `links`: record addresses of what it names (type, id, title)."""

    path: str
    label: str
    text: str
    type: str
    links: tuple[tuple[str, int, str], ...] = ()
    files: tuple[FileItem, ...] = ()
    heads: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    href: str = ""
    span: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.text or self.links or self.files or self.rows)


@dataclass(frozen=True, slots=True)
class ReadSection:
    name: str
    label: str
    values: tuple[Value, ...]

    @property
    def filled(self) -> tuple[Value, ...]:
        return tuple(value for value in self.values if not value.is_blank)

    @property
    def blank(self) -> tuple[str, ...]:
        """Labels of what nobody has filled in."""
        return tuple(value.label for value in self.values if value.is_blank)


@dataclass(frozen=True, slots=True)
class RecordTab:
    """A tab of the form, or (`related`) the records of another type that point here."""

    name: str
    label: str
    current: bool
    related: RelatedTab | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    label: str
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordScreen:
    type: str
    record_type: RecordType
    record: RecordView
    label: str
    plural: str
    title: str
    number: str
    subtitle: str
    badge: Badge | None
    client_state: str
    first_time: bool
    draft: bool
    facts: tuple[Value, ...]
    steps: tuple[Step, ...]
    tabs: tuple[RecordTab, ...]
    sections: tuple[ReadSection, ...]
    related: RelatedTab | None
    actions: tuple[Action, ...]
    feed: tuple[Entry, ...]
    attachments: tuple[Attachment, ...]
    can_comment: bool
    can_attach: bool

    @property
    def id(self) -> int:
        return self.record.id

    @property
    def current(self) -> str:
        return next((tab.name for tab in self.tabs if tab.current), "")


def arrange_record(view: View, type_name: str, record_id: int, tab: str = "") -> RecordScreen:
    record_type = view.type(type_name)
    record = read_record(view.ctx, type_name, record_id)
    states = evaluate(view.ctx, type_name, {}, record=record, purpose="read").fields
    attachments = tuple(read_attachments(view.ctx, type_name, record_id))
    reading = Reading(
        view, record_type, states, {a.id: FileItem(id=a.id, name=a.name, size=a.size) for a in attachments}
    )
    tabs = _tabs(reading, record, tab)
    shown = next((t for t in tabs if t.current), None)
    number = record.values.get("number") or ""
    return RecordScreen(
        type=type_name,
        record_type=record_type,
        record=record,
        label=view.words(record_type.label),
        plural=view.words(record_type.plural),
        title=record.title,
        number=number or record.title,
        subtitle=record.title if number and record.title != number else "",
        badge=badge_of(view, record_type, record.state),
        client_state=client_state(view, record_type, record.state),
        first_time=bool(record.values.get("first_time")),
        draft=record_type.kind == "request_type" and not record.registered,
        facts=reading.facts(),
        steps=steps_of(view, record_type, record.state),
        tabs=tabs,
        sections=reading.sections(shown.name if shown and not shown.related else ""),
        related=shown.related if shown else None,
        actions=arrange_actions(view, record_type, record),
        feed=arrange_feed(view, type_name, record_id),
        attachments=tuple(a for a in attachments if a.field == ""),
        can_comment=record.can.comment,
        can_attach=record.can.attach,
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """Values of one record for reading: visible ones only, each as its type looks."""

    view: View
    type: RecordType
    states: Mapping[str, FieldState]
    files: Mapping[int, FileItem]

    def facts(self) -> tuple[Value, ...]:
        """Fields marked `summary`; for a request without any, the counterparty and the responsible."""
        named = [f.name for f in self.type.fields.values() if f.summary]
        usual = [name for name in ("counterparty", "responsible") if name in self.type.fields]
        wanted = list(dict.fromkeys([*usual, *named]))
        found = (self.value(name) for name in wanted if name in self.states and name not in HEADED)
        return tuple(value for value in found if value and value.text)[:MOST_FACTS]

    def sections(self, tab: str) -> tuple[ReadSection, ...]:
        tabs = self.type.form.tabs
        chosen = next((t for t in tabs if t.name == tab), tabs[0] if tabs else None)
        if chosen is None:
            return ()
        made = [ReadSection(s.name, self.view.words(s.label), self.values(s.fields)) for s in chosen.sections]
        if chosen is tabs[0]:
            made.append(ReadSection("service", self.view.t("record.service"), self.values(SERVICE)))
        return tuple(section for section in made if section.values)

    def values(self, names: tuple[str, ...]) -> tuple[Value, ...]:
        found = (self.value(name) for name in names if name not in HEADED)
        return tuple(value for value in found if value)

    def value(self, name: str) -> Value | None:
        state = self.states.get(name)
        if state is None or not state.visible:
            return None
        known = state.field
        if not known.own and is_empty(state.value):
            return None
        return Value(
            path=name,
            label=self.view.label(known),
            text=self._text(state),
            type=known.type,
            links=self._links(known, state),
            files=self._files(known, state.value),
            heads=tuple((self.view.label(c), c.type) for c in known.fields),
            rows=self._rows(state),
            href=_href(known, state.value),
            span="full" if known.type in ("multiline", "table", "files", "address") else "",
        )

    def _text(self, state: FieldState) -> str:
        text = self.view.show(state.value, state.field, state.titles)
        unit = self.view.words(state.field.unit)
        return f"{text}\u00a0{unit}" if text and unit else text

    def _links(self, known: Field, state: FieldState) -> tuple[tuple[str, int, str], ...]:
        if known.type not in LINKS or is_empty(state.value):
            return ()
        target = known.to.qualified if known.to else self.view.ctx.runtime.people
        ids = state.value if isinstance(state.value, tuple) else (state.value,)
        return tuple((target, item, state.titles[item]) for item in ids if item in state.titles)

    def _files(self, known: Field, value: Any) -> tuple[FileItem, ...]:
        ids = value if isinstance(value, tuple) else (value,) if value else ()
        return tuple(self.files[item] for item in ids if item in self.files) if known.type in FILES else ()

    def _rows(self, state: FieldState) -> tuple[tuple[str, ...], ...]:
        return tuple(
            tuple(self.view.show(c.value, c.field, c.titles) for c in row.cells.values()) for row in state.rows
        )


def _href(known: Field, value: Any) -> str:
    """What a click on the value does: a call, a letter, a page."""
    if not isinstance(value, str):
        return ""
    match known.type:
        case "phone":
            return f"tel:{value.partition(';')[0]}"
        case "email":
            return f"mailto:{value}"
        case "url":
            return value
    return ""


def badge_of(view: View, record_type: RecordType, state: str | None) -> Badge | None:
    scheme = view.model.scheme_of(record_type)
    found = scheme.states.get(state or "") if scheme else None
    return Badge(view.words(found.label), found.category, found.tone) if found else None


def client_state(view: View, record_type: RecordType, state: str | None) -> str:
    """What the counterparty is told of the state."""
    scheme = view.model.scheme_of(record_type)
    found = scheme.states.get(state or "") if scheme else None
    return view.words(found.client_label) if found else ""


def steps_of(view: View, record_type: RecordType, state: str | None) -> tuple[Step, ...]:
    """The usual path: the states of the scheme that are not cancelled; an odd state stands as the current one."""
    scheme = view.model.scheme_of(record_type)
    if scheme is None or state is None or state not in scheme.states:
        return ()
    path = [s for s in scheme.states.values() if s.category not in ("cancelled", "waiting") or s.name == state]
    if len(path) < 2:
        return ()
    here = next(n for n, s in enumerate(path) if s.name == state)
    ended = scheme.states[state].category in ("done", "cancelled")
    stages = (
        "done" if n < here else ("done" if ended else "current") if n == here else "next" for n in range(len(path))
    )
    return tuple(Step(label=view.words(s.label), stage=stage) for s, stage in zip(path, stages, strict=True))


def is_service(tab: Tab) -> bool:
    """A tab of what the system fills by itself: shown at the end of the first one."""
    return all(name in HEADED or name in SERVICE for section in tab.sections for name in section.fields)


def _tabs(reading: Reading, record: RecordView, wanted: str) -> tuple[RecordTab, ...]:
    """Tabs with something to read; a tab whose questions are all hidden for this record is not there."""
    view, record_type = reading.view, reading.type
    own = [t for t in record_type.form.tabs if not is_service(t)]
    parts = own[:1] + [t for t in own[1:] if any(reading.values(s.fields) for s in t.sections)]
    tabs = [(t.name, view.words(t.label) or view.t("record.main"), None) for t in parts]
    pointing = [(f"related-{r.name}", r.label, r) for r in count_related(view.ctx, record_type.name, record.id)]
    every = [*tabs, *pointing]
    names = [name for name, _, _ in every]
    if wanted and wanted not in names:
        raise NotFound(wanted)
    current = wanted or (names[0] if names else "")
    return tuple(RecordTab(name, label, name == current, related) for name, label, related in every)
