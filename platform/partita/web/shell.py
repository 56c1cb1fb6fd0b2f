"""What surrounds every page: menu, new records, the person, messages."""

from dataclasses import dataclass, field

from partita.screens.menu import Menu, MenuType, arrange_menu
from partita.screens.view import View
from partita.web import address
from partita.web.config import WebConfig
from partita.web.words.say import NAMES, Say

MOST_BOTTOM = 4


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    url: str
    icon: str
    current: bool = False
    count: int | None = None
    hot: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class User:
    name: str
    initials: str


@dataclass(frozen=True, slots=True)
class Toast:
    text: str
    tone: str = "success"


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Shell:
    product: str
    here: str
    user: User | None = None
    menu: tuple[Group, ...] = ()
    bottom: tuple[Item, ...] = ()
    create: tuple[Item, ...] = ()
    toasts: tuple[Toast, ...] = ()
    banner: None = None
    search_url: str = "/search"
    look_url: str = "/look"
    sign_out_url: str = "/sign-out"
    languages: tuple[Language, ...] = field(default=tuple(Language(code, name) for code, name in NAMES.items()))


def shell_of(view: View | None, t: Say, config: WebConfig, here: str, messages: tuple[str, ...]) -> Shell:
    toasts = tuple(Toast(text) for text in messages)
    if view is None:
        return Shell(config.product, here, toasts=toasts)
    menu = arrange_menu(view)
    groups = menu_groups(menu, t, here)
    return Shell(
        product=config.product,
        here=here,
        user=User(view.ctx.actor.name, initials(view.ctx.actor.name)),
        menu=groups,
        bottom=tuple(item for group in groups for item in group.items)[:MOST_BOTTOM],
        create=create_items(menu, t),
        toasts=toasts,
    )


def menu_groups(menu: Menu, t: Say, here: str) -> tuple[Group, ...]:
    path = here.partition("?")[0]
    first = [Item(t("menu.home"), address.home(), "layout-dashboard", path == "/")]
    if menu.intake:
        first.append(Item(t("menu.intake"), address.intake(), "phone", path.startswith("/intake")))
    made = [Group("", tuple(first))]
    made += [Group(group.label, tuple(_item(entry, path) for entry in group.types)) for group in menu.groups]
    return tuple(made)


def _item(entry: MenuType, path: str) -> Item:
    own = (f"/list/{entry.name}", f"/record/{entry.name}/", f"/new/{entry.name}")
    current = path == own[0] or path.startswith(own[1]) or path == own[2]
    return Item(entry.plural, address.listing(entry.name), icon_of(entry), current)


def icon_of(entry: MenuType) -> str:
    return "inbox" if entry.kind == "request_type" else "book-open"


def create_items(menu: Menu, t: Say) -> tuple[Item, ...]:
    """The intake first: it is the operator's way; then each type by itself."""
    intake = (Item(t("menu.new"), address.intake(), "phone"),) if menu.intake else ()
    return (*intake, *(Item(entry.label, address.new(entry.name), "plus") for entry in menu.create))


def initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:2]).upper() or "?"
