"""From the words of a path to a typed read: fields, links walked with a dot, special names, parts of choices."""

from dataclasses import dataclass
from typing import NamedTuple

from partita.base.frozen import FrozenMap
from partita.base.suggest import nearest
from partita.base.text import Words, fold
from partita.formulas.mistake import Mistake
from partita.formulas.scope import Name, Names, Scope
from partita.formulas.syntax import Path, Word
from partita.formulas.tree import PartOf, Read, Source, Tree
from partita.formulas.types import WHOLE, Link, Rows, Text, Type, bare, name

SPECIAL = ("this", "parent", "old", "user", "settings")
_OF_ANY_RECORD = {"title": Name(Text()), "id": Name(WHOLE)}


class Typed(NamedTuple):
    """A tree with its full type (trees themselves carry bare ones) and the words of its options."""

    tree: Tree
    type: Type
    options: FrozenMap[str, Words] = FrozenMap()


@dataclass(frozen=True, slots=True)
class _Start:
    source: Source
    names: Names
    words: tuple[Word, ...]


class Resolver:
    """Reads paths in a scope; `row` holds the columns while a formula over rows is read."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.row: Names | None = None

    def knows(self, path: Path) -> bool:
        """Whether the first word is a name here at all."""
        word = path.words[0].text
        bare_names = self._scope.record if self.row is None else self.row
        return word in bare_names or word in SPECIAL or (word == "seq" and self._scope.seq)

    def read(self, path: Path) -> Typed:
        start = self._start(path)
        if not start.words:
            return Typed(Read("user", (), Link(self._scope.people)), Link(self._scope.people))
        return self._walk(path, start)

    def rows(self, path: Path) -> tuple[Read, Names, tuple[Word, ...]] | None:
        """The table that the path begins with, its columns and the words after it; None if it is no table."""
        start = self._start(path)
        if not start.words:
            return None
        first = start.words[0].text
        found = start.names.get(first)
        if found is None and self.row is not None:
            found = self._scope.record.get(first)
        if found is None or not isinstance(found.type, Rows):
            self._refuse_far_rows(found, start.words)
            return None
        columns = {column: Name(kind) for column, kind in found.type.columns.items()}
        return Read(start.source, (first,), Rows()), columns, start.words[1:]

    def _refuse_far_rows(self, found: Name | None, words: tuple[Word, ...]) -> None:
        for word in words[1:]:
            if found is None or not isinstance(found.type, Link):
                return
            found = self._scope.types.get(found.type.ref, {}).get(word.text)
            if found is not None and isinstance(found.type, Rows):
                raise Mistake("F041", word.start, word.end, name=word.text)

    def column(self, words: tuple[Word, ...]) -> Typed:
        """A path read in the present row."""
        assert self.row is not None
        path = Path(words[0].start, words[-1].end, words)
        return self._walk(path, _Start("row", self.row, words))

    def _start(self, path: Path) -> _Start:
        head = path.words[0]
        if head.text in SPECIAL:
            return self._special(head, path)
        if head.text == "seq" and self._scope.seq:
            return _Start("record", {"seq": Name(WHOLE)}, path.words)
        if self.row is not None:
            return _Start("row", self.row, path.words)
        return _Start("record", self._scope.record, path.words)

    def _special(self, head: Word, path: Path) -> _Start:
        if head.text == "user":
            if not self._scope.people:
                raise Mistake("F024", head.start, head.end, name=head.text)
            return _Start("user", self._scope.types.get(self._scope.people, {}), path.words[1:])
        source, names = self._owner(head)
        if len(path.words) == 1:
            raise Mistake("F007", head.start, head.end, found=head.text)
        return _Start(source, names, path.words[1:])

    def _owner(self, head: Word) -> tuple[Source, Names]:
        """Inside a formula over rows `parent`, and `this` unless it means the outer record, is the record itself."""
        scope = self._scope
        places: dict[str, tuple[tuple[Source, Names | None], ...]] = {
            "this": (
                ("this", scope.this),
                ("record", scope.record if self.row is not None else None),
                ("parent", scope.parent),
            ),
            "parent": (("record", scope.record if self.row is not None else None), ("parent", scope.parent)),
            "old": (("old", scope.old),),
            "settings": (("settings", scope.settings),),
        }
        for source, names in places[head.text]:
            if names is not None:
                return source, names
        raise Mistake("F024", head.start, head.end, name=head.text)

    def _walk(self, path: Path, start: _Start) -> Typed:
        names = start.names
        hops: list[str] = []
        for index, word in enumerate(start.words):
            found = names.get(word.text) or (_OF_ANY_RECORD.get(word.text) if self._behind_link(start, index) else None)
            if found is None:
                raise self._unknown(path, start, index, names)
            rest = start.words[index + 1 :]
            if hops and isinstance(found.type, Rows):
                raise Mistake("F041", word.start, word.end, name=word.text)
            walked = tuple(w.text for w in start.words[: index + 1])
            read = Read(start.source, walked, bare(found.type), tuple(hops))
            if not rest:
                return Typed(read, found.type, found.options)
            if isinstance(found.type, Link):
                hops.append(found.type.ref)
                names = self._scope.types.get(found.type.ref, {})
            else:
                return self._part(word, rest, read, found)
        raise AssertionError("a path has words")

    @staticmethod
    def _behind_link(start: _Start, index: int) -> bool:
        return index > 0 or start.source == "user"

    @staticmethod
    def _part(word: Word, rest: tuple[Word, ...], read: Read, found: Name) -> Typed:
        if len(rest) > 1 or not found.parts:
            if isinstance(found.type, Rows):
                raise Mistake("F038", word.start, rest[-1].end, name=word.text, type=name(found.type))
            raise Mistake("F022", rest[0].start, rest[0].end, owner=word.text, type=name(found.type))
        part = found.parts.get(rest[0].text)
        if part is None:
            near = nearest(rest[0].text, found.parts)
            raise Mistake("F021", rest[0].start, rest[0].end, owner=word.text, name=rest[0].text, nearest=near)
        return Typed(PartOf(read, rest[0].text, part.values), part.type)

    def _unknown(self, path: Path, start: _Start, index: int, names: Names) -> Mistake:
        word = start.words[index]
        if index == 0 and start.words == path.words:
            return Mistake("F020", word.start, word.end, name=word.text, nearest=self._near(word.text, names))
        owner = path.words[path.words.index(word) - 1].text
        return Mistake("F021", word.start, word.end, owner=owner, name=word.text, nearest=nearest(word.text, names))

    def _near(self, word: str, names: Names) -> tuple[str, ...]:
        """Nearest names; in a row also the record's own name as it is written there."""
        known = [*names, *SPECIAL[3:]]
        if labelled := [known_name for known_name, found in names.items() if _is_labelled(found, word)]:
            return tuple(labelled[:3])
        if self.row is not None and word in self._scope.record:
            return (f"this.{word}", *nearest(word, known, 2))
        return nearest(word, known)


def _is_labelled(found: Name, word: str) -> bool:
    """Whether the author wrote the field's label instead of its name."""
    return any(fold(text).replace(" ", "_") == fold(word) for text in (found.label or {}).values())
