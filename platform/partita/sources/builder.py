"""Events of the YAML parser into plain data with places; what the ground rules refuse becomes a finding on the way."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

from yaml import events

from partita.base.diagnostics import Diagnostic, Note
from partita.base.frozen import FrozenMap
from partita.base.source import Pointer, Span
from partita.sources.characters import forbidden
from partita.sources.document import Document
from partita.sources.scalars import MAX_DIGITS, NULLS, digits_of, resolve

MAX_DEPTH = 40
MAX_VALUES = 100_000
MAX_FINDINGS = 100

FIRST_HERE = FrozenMap({"ru": "в первый раз здесь", "en": "first here"})


class Stop(Exception):
    """Reading of this document cannot go on; the finding is already noted."""


class Budget:
    """How many more values and findings one file may have."""

    def __init__(self) -> None:
        self.values = MAX_VALUES
        self.findings = MAX_FINDINGS

    @property
    def spent(self) -> bool:
        return self.values < 0 or self.findings < 0


class _Missing:
    """A value that was refused: the entry is left out."""


_MISSING: Final = _Missing()


class _Entries:
    """What is read of one map so far. `plain`: the entry just read, if its value was an unquoted scalar."""

    def __init__(self, event: events.CollectionStartEvent) -> None:
        self.event, self.data = event, dict[str, Any]()
        self.end: Any = event.end_mark
        self.plain: tuple[str, events.Event] | None = None
        self.cut = False


class Builder:
    """Builds the documents of one chunk of a file."""

    def __init__(self, file: str, offset: int, text: str, budget: Budget) -> None:
        self.findings: list[Diagnostic] = []
        self._file, self._offset, self._text, self._budget = file, offset, text, budget
        self._values: dict[Pointer, Span] = {}
        self._keys: dict[Pointer, Span] = {}
        self._damaged: set[str] = set()
        self._events: Iterator[events.Event] = iter(())

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    def documents(self, source: Iterator[events.Event]) -> Iterator[Document]:
        self._events = source
        for event in source:
            if isinstance(event, events.DocumentStartEvent):
                yield from self._document(next(source))

    def _document(self, event: events.Event) -> Iterator[Document]:
        self._values, self._keys, self._damaged = {}, {}, set()
        span = self._span(event)
        data = self._node(event, (), 1)
        if not isinstance(event, events.MappingStartEvent):
            if not isinstance(event, events.AliasEvent):
                self._add("Y012", span, found=_shape(event))
            return
        first = min(self._keys.values(), default=span)
        yield Document(data, self._values, self._keys, first, damaged=frozenset(self._damaged))

    def _node(self, event: events.Event, pointer: Pointer, depth: int) -> Any:
        self._budget.values -= 1
        if self._budget.values < 0:
            self._stop("Y014", event, limit=MAX_VALUES)
        if isinstance(event, events.AliasEvent):
            self._add("Y008", self._span(event), name=event.anchor)
            return _MISSING
        assert isinstance(event, events.NodeEvent)
        self._refuse_anchor_and_tag(event)
        if isinstance(event, events.ScalarEvent):
            return self._scalar(event, pointer)
        if depth > MAX_DEPTH:
            self._stop("Y004", event, limit=MAX_DEPTH)
        if isinstance(event, events.SequenceStartEvent):
            return self._sequence(event, pointer, depth)
        assert isinstance(event, events.MappingStartEvent)
        return self._mapping(event, pointer, depth)

    def _refuse_anchor_and_tag(self, event: events.NodeEvent) -> None:
        if event.anchor is not None:
            self._add("Y008", self._span(event), name=event.anchor)
        if tag := getattr(event, "tag", None):
            self._add("Y009", self._span(event), tag=str(tag).replace("tag:yaml.org,2002:", "!!"))

    def _scalar(self, event: events.ScalarEvent, pointer: Pointer) -> Any:
        self._values[pointer] = span = self._inner_span(event)
        text: str = event.value
        if event.tag:
            return _MISSING
        if char := forbidden(text):
            self._add("Y002", span, char=char)
            return _MISSING
        if event.style:
            return text
        if text in NULLS:
            return None
        if (digits := digits_of(text)) > MAX_DIGITS:
            self._add("Y015", span, digits=digits)
            return _MISSING
        return _MISSING if self._is_cut_by_comment(event, pointer) else resolve(text)

    def _is_cut_by_comment(self, event: events.ScalarEvent, pointer: Pointer) -> bool:
        """A value whose brackets stay open before ` #`: the rest was taken for a comment."""
        if not _is_open(event.value):
            return False
        mark: Any = event.end_mark
        rest = self._lines[mark.line][mark.column :] if mark.line < len(self._lines) else ""
        if not rest.lstrip().startswith("#"):
            return False
        self._add_cut(mark.line, mark.column + len(rest) - len(rest.lstrip()), pointer, "#")
        return True

    def _add_cut(self, line: int, column: int, pointer: Pointer, sign: str) -> None:
        number = line + self._offset + 1
        key = next((str(part) for part in reversed(pointer) if isinstance(part, str)), "…")
        self._add("Y016", Span(self._file, number, column + 1, number, column + 2), key=key, sign=sign)

    def _sequence(self, event: events.CollectionStartEvent, pointer: Pointer, depth: int) -> list[Any]:
        items: list[Any] = []
        start, end = event.start_mark, event.end_mark
        while not isinstance(item := next(self._events), events.SequenceEndEvent):
            place = (*pointer, len(items))
            value = self._node(item, place, depth + 1)
            if value is None:
                self._add("Y011", self._span(item), key=str(pointer[-1]) if pointer else "-")
            elif value is not _MISSING:
                items.append(value)
                end = item.end_mark
        self._values[pointer] = self._between(start, item.end_mark if event.flow_style else end)
        return items

    def _mapping(self, event: events.CollectionStartEvent, pointer: Pointer, depth: int) -> Any:
        entries = _Entries(event)
        while not isinstance(key := next(self._events), events.MappingEndEvent):
            self._entry(entries, key, pointer, depth)
        end = key.end_mark if event.flow_style else entries.end
        self._values[pointer] = self._between(event.start_mark, end)
        return _MISSING if entries.cut and not entries.data else entries.data

    def _entry(self, entries: "_Entries", key: events.Event, pointer: Pointer, depth: int) -> None:
        name = self._key(key, depth)
        event = next(self._events)
        place = (*pointer, name or "")
        if name is None or name in entries.data:
            if name is not None:
                self._duplicate(key, place)
            self._skip(event, depth)
            return
        self._keys[place] = self._inner_span(key)
        value = self._node(event, place, depth + 1)
        if value is None:
            self._empty(entries, key, place)
        if value is None or value is _MISSING:
            self._damaged.add(name)
            self._keys.pop(place)
            self._values.pop(place, None)
        else:
            entries.data[name] = value
        entries.end = event.end_mark
        plain = isinstance(event, events.ScalarEvent) and not event.style and value is not None
        entries.plain = (name, event) if plain else None

    def _empty(self, entries: "_Entries", key: events.Event, place: Pointer) -> None:
        """No value: in a flow map it is most often the tail of a text that YAML has cut at a comma or a brace."""
        bare = entries.event.flow_style and self._char_after(key) != ":"
        if bare and entries.plain:
            name, before = entries.plain
            self._add_cut(*_line_column(before.end_mark), (name,), ",")
            self._damaged.add(name)
            entries.data.pop(name, None)
        elif bare and len(place) > 1 and isinstance(key, events.ScalarEvent) and not key.style:
            self._add_cut(*_line_column(entries.event.start_mark), place[:-1], "{")
        else:
            self._add("Y011", self._inner_span(key), key=str(place[-1]))
            return
        entries.cut = True

    def _char_after(self, event: events.Event) -> str:
        line, column = _line_column(event.end_mark)
        rest = self._lines[line][column:].lstrip() if line < len(self._lines) else ""
        return rest[:1]

    def _key(self, event: events.Event, depth: int) -> str | None:
        """The text of a key, or None when it is refused."""
        if isinstance(event, events.AliasEvent):
            self._add("Y008", self._span(event), name=event.anchor)
            return None
        if not isinstance(event, events.ScalarEvent):
            self._add("Y013", self._span(event))
            self._skip(event, depth)
            return None
        self._refuse_anchor_and_tag(event)
        name: str = event.value
        if char := forbidden(name):
            self._add("Y002", self._inner_span(event), char=char)
            return None
        if name == "<<" and not event.style:
            self._add("Y010", self._span(event))
            return None
        if not name:
            self._add("Y013", self._span(event))
            return None
        return name

    def _duplicate(self, key: events.Event, place: Pointer) -> None:
        first = Note(FIRST_HERE, self._keys[place])
        self._add("Y007", self._inner_span(key), notes=(first,), key=str(place[-1]))

    def _skip(self, event: events.Event, depth: int) -> None:
        """Read over a node without keeping it; what is refused inside is still told."""
        values, keys = self._values, self._keys
        self._values, self._keys = {}, {}
        self._node(event, (), depth + 1)
        self._values, self._keys = values, keys

    def _stop(self, code: str, event: events.Event, **params: Any) -> None:
        self._add(code, self._span(event), **params)
        raise Stop

    def _add(self, code: str, span: Span, notes: tuple[Note, ...] = (), **params: Any) -> None:
        self._budget.findings -= 1
        if self._budget.findings < 0:
            raise Stop
        self.findings.append(Diagnostic(code, span, FrozenMap(params), notes=notes))

    def _span(self, event: events.Event) -> Span:
        return self._between(event.start_mark, event.end_mark)

    def _between(self, start: Any, end: Any) -> Span:
        above = self._offset + 1
        return Span(self._file, start.line + above, start.column + 1, end.line + above, end.column + 1)

    def _inner_span(self, event: events.Event) -> Span:
        """The place of the text itself: without the quotes around it, so that places inside a formula are exact."""
        span = self._span(event)
        if getattr(event, "style", None) in ("'", '"') and span.line == span.end_line:
            return Span(span.file, span.line, span.column + 1, span.end_line, span.end_column - 1)
        return span


def _line_column(mark: Any) -> tuple[int, int]:
    return mark.line, mark.column


def _is_open(text: str) -> bool:
    return text.count("(") > text.count(")") or text.count('"') % 2 == 1


def _shape(event: events.Event) -> str:
    if isinstance(event, events.SequenceStartEvent):
        return "[…]"
    return f"«{event.value[:30]}»" if isinstance(event, events.ScalarEvent) and event.value else "∅"
