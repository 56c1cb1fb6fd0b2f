"""Where a person may go: record types by groups, types that can be created, intake."""

from dataclasses import dataclass

from partita.model.record_type import RecordType
from partita.screens.view import View


@dataclass(frozen=True, slots=True)
class MenuType:
    name: str
    label: str
    plural: str
    kind: str


@dataclass(frozen=True, slots=True)
class MenuGroup:
    label: str
    types: tuple[MenuType, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """`intake`: the operator's page is open to this person (he may create some request with a counterparty)."""

    groups: tuple[MenuGroup, ...]
    create: tuple[MenuType, ...]
    intake: bool


def arrange_menu(view: View) -> Menu:
    """Requests first, then the books by the groups of their packs."""
    types = [view.model.types[name] for name in view.ctx.rights.types()]
    requests = tuple(_entry(view, t) for t in types if t.kind == "request_type")
    books = [t for t in types if t.kind != "request_type"]
    named = tuple(_group(view, name, books) for name in view.model.groups)
    loose = tuple(_entry(view, t) for t in books if t.group not in view.model.groups)
    groups = (MenuGroup(view.t("menu.requests"), requests), *named, MenuGroup(view.t("menu.books"), loose))
    return Menu(tuple(g for g in groups if g.types), creatable(view, requests), bool(intake_types(view)))


def _group(view: View, name: str, books: list[RecordType]) -> MenuGroup:
    return MenuGroup(view.words(view.model.groups[name]), tuple(_entry(view, t) for t in books if t.group == name))


def _entry(view: View, record_type: RecordType) -> MenuType:
    return MenuType(record_type.name, view.words(record_type.label), view.words(record_type.plural), record_type.kind)


def creatable(view: View, types: tuple[MenuType, ...]) -> tuple[MenuType, ...]:
    return tuple(entry for entry in types if view.may(entry.name, "create"))


def intake_types(view: View) -> tuple[RecordType, ...]:
    """Request types with a counterparty that this person may create."""
    return tuple(t for t in view.model.types.values() if t.counterparty and view.may(t.name, "create"))
