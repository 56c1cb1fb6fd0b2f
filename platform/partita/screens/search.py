"""Found records, and the pages a person may mean."""

from dataclasses import dataclass

from partita.base.text import fold
from partita.runtime.search.finder import recent, search
from partita.screens.menu import Menu
from partita.screens.view import View

MOST_COMMANDS = 5
MOST_RECENT = 6


@dataclass(frozen=True, slots=True)
class Found:
    """`id` 0 means a page: the list of the type, or (`create`) its new record."""

    type: str
    id: int
    title: str
    kind: str
    excerpt: str = ""
    create: bool = False


@dataclass(frozen=True, slots=True)
class SearchScreen:
    text: str
    records: tuple[Found, ...]
    commands: tuple[Found, ...]

    @property
    def all(self) -> tuple[Found, ...]:
        return (*self.records, *self.commands)


def arrange_search(view: View, menu: Menu, text: str, limit: int) -> SearchScreen:
    """`>` asks for pages only; without text: what this person touched last, and pages."""
    bare = text.strip()
    only_commands = bare.startswith(">")
    wanted = bare.removeprefix(">").removeprefix("#").strip()
    hits = () if only_commands else search(view.ctx, wanted, limit=limit) if wanted else recent(view.ctx, MOST_RECENT)
    records = tuple(Found(h.type, h.id, h.title, view.words(view.model.types[h.type].label), h.excerpt) for h in hits)
    return SearchScreen(text, records, commands(view, menu, wanted))


def commands(view: View, menu: Menu, text: str) -> tuple[Found, ...]:
    wanted = fold(text)
    new = [Found(e.name, 0, view.t("find.new", label=e.label), view.t("find.action"), create=True) for e in menu.create]
    lists = [Found(e.name, 0, e.plural, view.t("find.list")) for g in menu.groups for e in g.types]
    found = [item for item in (*new, *lists) if all(word in fold(item.title) for word in wanted.split())]
    return tuple(found[: MOST_COMMANDS if wanted else 12])
