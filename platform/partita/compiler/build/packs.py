"""Packs: their settings and menu groups. Names of both are shared by all packs."""

from collections.abc import Iterable

from partita.base.diagnostics import Note
from partita.base.frozen import FrozenMap
from partita.base.text import Words
from partita.compiler.build.builtin import WORDS_OF_FORMULAS
from partita.compiler.build.field import FieldBuilder
from partita.compiler.build.site import Site
from partita.model.pack import Pack

FIRST_HERE = FrozenMap({"ru": "в первый раз здесь", "en": "first here"})


def build_pack(site: Site, fields: FieldBuilder, languages: tuple[str, ...]) -> Pack:
    for name, _ in site.items("settings"):
        if name in WORDS_OF_FORMULAS:
            site.add("B001", site.key("settings", name), name=name)
    return Pack(
        name=site.ref.pack,
        version=str(site.get("version", default="0")),
        label=site.label(),
        requires=FrozenMap(site.get("requires", default={})),
        languages=languages,
        settings=FrozenMap({name: fields.build("settings", name) for name, _ in site.items("settings")}),
    )


def build_groups(sites: Iterable[Site]) -> FrozenMap[str, Words]:
    """Groups of all packs in menu order: a pack after those that it requires, its groups as they are written."""
    groups: dict[str, Words] = {}
    owners: dict[str, Site] = {}
    for site in sites:
        for name, _ in site.items("groups"):
            if first := owners.get(name):
                _tell_twice(site, "O007", first, "groups", name)
                continue
            owners[name] = site
            groups[name] = site.words("groups", name) or site.humanised(name)
    return FrozenMap(groups)


def check_settings(sites: Iterable[Site]) -> None:
    owners: dict[str, Site] = {}
    for site in sites:
        for name, _ in site.items("settings"):
            if first := owners.get(name):
                _tell_twice(site, "O006", first, "settings", name)
            owners.setdefault(name, site)


def _tell_twice(site: Site, code: str, first: Site, *path: str) -> None:
    note = Note(FIRST_HERE, first.key(*path))
    site.add(code, site.key(*path), notes=(note,), name=path[-1], pack=first.ref.pack)
