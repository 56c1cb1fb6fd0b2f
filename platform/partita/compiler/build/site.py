"""The place of work on one declared thing: data read by path; words, formulas and references made; findings told."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from partita.base.diagnostics import Diagnostic, Note
from partita.base.frozen import FrozenMap
from partita.base.refs import Address, Ref
from partita.base.source import Span
from partita.base.suggest import nearest
from partita.base.text import Words, words
from partita.compiler.declared import Declared
from partita.compiler.doubts import Doubts
from partita.compiler.link import Links
from partita.model.formula import Check, Formula, Template

Step = str | int


class Site:
    def __init__(
        self, thing: Declared, links: Links, language: str, findings: list[Diagnostic], doubts: Doubts
    ) -> None:
        self.thing, self.ref, self.document = thing, thing.ref, thing.document
        self._links, self._language, self._findings, self.doubts = links, language, findings, doubts

    def get(self, *path: Step, default: Any = None) -> Any:
        value = self.document.get(*path)
        return default if value is None else value

    def items(self, *path: Step) -> Iterator[tuple[str, Any]]:
        """The entries of a map, none if it is absent."""
        value = self.document.get(*path)
        yield from value.items() if isinstance(value, Mapping) else ()

    def address(self, *path: Step) -> Address:
        return Address(self.ref, tuple(str(step) for step in path))

    def link(self, *path: Step) -> Ref | None:
        return self._links.get((self.ref, path))

    def words(self, *path: Step) -> Words | None:
        value = self.document.get(*path)
        return words(value, self._language) if value else None

    def label(self, *path: Step) -> Words:
        """The `label` under the path, else words made of the last name of the path."""
        return self.words(*path, "label") or self.humanised(str(path[-1]) if path else self.ref.name)

    def humanised(self, name: str) -> Words:
        return words(name.replace("_", " ").capitalize(), self._language)

    def formula(self, *path: Step) -> Formula | None:
        value = self.document.get(*path)
        return None if value is None else Formula(formula_text(value), self.address(*path))

    def flag(self, *path: Step, default: bool) -> Formula | bool:
        value = self.document.get(*path)
        if isinstance(value, bool):
            return value
        return self.formula(*path) or default

    def template(self, *path: Step) -> Template | None:
        value = self.document.get(*path)
        return None if value is None else Template(str(value), self.address(*path))

    def check(self, name: str, *path: Step) -> Check | None:
        must, say = self.formula(*path, "must"), self.words(*path, "say")
        return Check(name, must, say, self.formula(*path, "when")) if must and say else None

    def checks(self, *path: Step) -> tuple[Check, ...]:
        made = (self.check(name, *path, name) for name, _ in self.items(*path))
        return tuple(check for check in made if check)

    def place(self, *path: Step) -> Span:
        return self.document.at(*path)

    def key(self, *path: Step) -> Span:
        return self.document.key(*path)

    def add(
        self,
        code: str,
        span: Span,
        *,
        known: tuple[str, Iterable[str]] | None = None,
        notes: tuple[Note, ...] = (),
        **params: Any,
    ) -> None:
        """Tell a finding; `known`: the misspelt name and the names it may stand for."""
        near = nearest(*known) if known else ()
        self._findings.append(Diagnostic(code, span, FrozenMap(params), near, notes, str(self.ref)))


def formula_text(value: Any) -> str:
    """A bare number or true is a formula already."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)
