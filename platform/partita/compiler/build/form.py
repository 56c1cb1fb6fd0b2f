"""Forms: what the author laid out, and the place of every field that he left out."""

from collections.abc import Iterator

from partita.base.frozen import FrozenMap
from partita.base.text import Words
from partita.compiler.build.builtin import OF_DECISIONS
from partita.compiler.build.expect import expect_field
from partita.compiler.build.site import Site, Step
from partita.model.field import Field
from partita.model.layout import Form, Section, Tab
from partita.model.record_type import RecordType

MAIN = "main"
_WORK = ("responsible", "executors", "result", "reason")
_TABS: dict[str, Words] = {
    "work": FrozenMap({"ru": "Работа", "en": "Work", "kk": "Жұмыс"}),
    "system": FrozenMap({"ru": "Служебное", "en": "System", "kk": "Қызметтік"}),
}
_SECTIONS: dict[str, Words] = {
    "intake": FrozenMap({"ru": "Обращение", "en": "Appeal", "kk": "Өтініш"}),
    "rest": FrozenMap({"ru": "Прочее", "en": "Other", "kk": "Басқалар"}),
    "handling": FrozenMap({"ru": "Исполнение", "en": "Handling", "kk": "Орындау"}),
    "decision": FrozenMap({"ru": "Решение", "en": "Decision", "kk": "Шешім"}),
    "system": FrozenMap({"ru": "Служебное", "en": "System", "kk": "Қызметтік"}),
}


def build_form(site: Site, record_type: RecordType) -> Form:
    tabs = [_filled(tab) for tab in _declared(site, record_type)]
    placed = {name for tab in tabs for section in tab.sections for name in section.fields}
    left = [field for name, field in record_type.fields.items() if name not in placed]
    return Form(tuple(_with_rest(tabs, left)))


def _declared(site: Site, record_type: RecordType) -> list[Tab]:
    """The author's tabs; a form of sections or of bare fields is one tab without a name."""
    seen: set[str] = set()
    if site.get("form", "tabs"):
        return [
            Tab(
                name,
                site.words("form", "tabs", name, "label"),
                _sections(site, record_type, seen, "form", "tabs", name, "sections"),
            )
            for name, _ in site.items("form", "tabs")
        ]
    if site.get("form", "sections"):
        return [Tab(MAIN, None, _sections(site, record_type, seen, "form", "sections"))]
    if site.get("form", "fields"):
        return [Tab(MAIN, None, (_section(site, record_type, seen, MAIN, None, "form", "fields"),))]
    return []


def _sections(site: Site, record_type: RecordType, seen: set[str], *path: Step) -> tuple[Section, ...]:
    return tuple(
        _section(site, record_type, seen, name, site.words(*path, name, "label"), *path, name, "fields")
        for name, _ in site.items(*path)
    )


def _section(
    site: Site, record_type: RecordType, seen: set[str], name: str, label: Words | None, *path: Step
) -> Section:
    fields: list[str] = []
    for number, field in enumerate(site.get(*path, default=())):
        place = site.place(*path, number)
        if field in seen:
            site.add("B004", place, name=field)
        elif expect_field(site, field, record_type.fields, place, record_type.name):
            fields.append(field)
        seen.add(field)
    return Section(name, label, tuple(fields))


def _filled(tab: Tab) -> Tab:
    return Tab(tab.name, tab.label, tuple(section for section in tab.sections if section.fields))


def _with_rest(tabs: list[Tab], left: list[Field]) -> Iterator[Tab]:
    """The declared tabs with the fields left out: those of the author at the end of the first tab, the intake's at its
    beginning, the built-in others on tabs of their own."""
    built_in = [field.name for field in left if not field.own]
    intake = [name for name in built_in if name in ("counterparty", "channel")]
    work = [name for name in _WORK if name in built_in]
    decision = [f.name for f in left if f.asked_by or (not f.own and f.name in OF_DECISIONS)]
    system = [name for name in built_in if name not in {*intake, *work, *decision}]
    rest = [field.name for field in left if field.own and not field.asked_by]
    groups: dict[str, list[tuple[str, list[str]]]] = {
        MAIN: [("intake", intake), ("rest", rest)],
        "work": [("handling", work), ("decision", decision)],
        "system": [("system", system)],
    }
    yield from _merged(tabs, groups)


def _merged(tabs: list[Tab], groups: dict[str, list[tuple[str, list[str]]]]) -> Iterator[Tab]:
    main = tabs[0] if tabs else Tab(MAIN, None, ())
    (_, intake), (_, rest) = groups.pop(MAIN)
    sections = main.sections
    if intake:
        sections = (Section(_free("intake", sections), _SECTIONS["intake"], tuple(intake)), *sections)
    if rest:
        label = _SECTIONS["rest"] if tabs else None
        sections = (*sections, Section(_free("rest", sections), label, tuple(rest)))
    yield Tab(main.name, main.label, sections)
    for tab in tabs[1:]:
        yield _extended(tab, groups.pop(tab.name, []))
    for name, parts in groups.items():
        if any(fields for _, fields in parts):
            yield _extended(Tab(_free_tab(name, tabs), _TABS[name], ()), parts)


def _extended(tab: Tab, parts: list[tuple[str, list[str]]]) -> Tab:
    sections = tab.sections
    for name, fields in parts:
        if fields:
            sections = (*sections, Section(_free(name, sections), _SECTIONS[name], tuple(fields)))
    return Tab(tab.name, tab.label, sections)


def _free(name: str, sections: tuple[Section, ...]) -> str:
    taken = {section.name for section in sections}
    return next(n for n in (name, *(f"{name}_{k}" for k in range(2, 100))) if n not in taken)


def _free_tab(name: str, tabs: list[Tab]) -> str:
    taken = {tab.name for tab in tabs}
    return next(n for n in (name, *(f"{name}_{k}" for k in range(2, 100))) if n not in taken)
