"""Schemes and catalogs name fields of the record types that use them: each such name is checked once per type."""

from collections.abc import Iterator

from partita.base.refs import Ref
from partita.compiler.build.builtin import WRITABLE
from partita.compiler.build.expect import expect_field
from partita.compiler.build.site import Site, Step
from partita.compiler.build.states import expect_transition
from partita.model.record_type import RecordType
from partita.model.states import StateScheme

ALL = "all"


def check_scheme_on(site: Site, record_type: RecordType, people: Ref | None, has_heads: bool) -> None:
    """Flags, asked fields, people and effects of a scheme against one type that uses it. `has_heads`: whether the
    packs know the head of an employee's department."""
    for state, _ in site.items("states"):
        for field, _ in site.items("states", state, "flags"):
            if field != ALL:
                place = site.key("states", state, "flags", field)
                expect_field(site, field, record_type.fields, place, record_type.name)
    for transition, _ in site.items("transitions"):
        path = ("transitions", transition)
        for field, _ in site.items(*path, "ask"):
            check_asked(site, field, record_type, *path, "ask", field)
        _check_people(site, record_type, people, has_heads, *path, "allow")
        check_effects(site, record_type, None, *path, "do")


def check_catalog_on(site: Site, record_type: RecordType, scheme: StateScheme | None) -> None:
    """Fields that decisions ask by name, and their effects, against one type that uses the catalog."""
    for decision, _ in site.items("decisions"):
        path = ("decisions", decision)
        for field, value in site.items(*path, "ask"):
            if isinstance(value, str):
                check_asked(site, field, record_type, *path, "ask", field)
        check_effects(site, record_type, scheme, *path, "do")


def check_asked(site: Site, name: str, record_type: RecordType, *path: Step) -> None:
    if not expect_field(site, name, record_type.fields, site.key(*path), record_type.name):
        return
    field = record_type.fields[name]
    if field.compute is not None or (not field.own and name not in WRITABLE):
        site.add("B044", site.key(*path), name=name)


def check_effects(site: Site, record_type: RecordType, scheme: StateScheme | None, *path: Step) -> None:
    """`scheme` is given where moves are of another document (a catalog's decision)."""
    for action, body in site.items(*path):
        for name, _ in site.items(*path, action, "set"):
            place = site.key(*path, action, "set", name)
            if expect_field(site, name, record_type.fields, place, record_type.name):
                field = record_type.fields[name]
                if field.compute is not None or (not field.own and name not in WRITABLE):
                    site.add("B032", place, name=name)
        move = body.get("move")
        if move and scheme is not None:
            expect_transition(site, move, set(scheme.transitions), scheme.ref.name, *path, action, "move")
        elif move and record_type.states is None:
            expect_transition(site, move, set(), record_type.name, *path, action, "move")


def _check_people(site: Site, record_type: RecordType, people: Ref | None, has_heads: bool, *path: Step) -> None:
    for number, name in _named_fields(site, path):
        place = site.place(*path, number)
        if not expect_field(site, name, record_type.fields, place, record_type.name):
            continue
        field = record_type.fields[name]
        if site.get(*path)[number].startswith("head_of(") and not has_heads:
            site.add("B048", place)
        is_person = field.type == "user" or (field.type in ("link", "links") and field.to == people)
        if not is_person:
            site.add("B016", place, name=name, type=record_type.name, type_of=field.type)


def _named_fields(site: Site, path: tuple[Step, ...]) -> Iterator[tuple[int, str]]:
    for number, text in enumerate(site.get(*path, default=())):
        name = text.removeprefix("head_of(").removesuffix(")")
        if name.startswith("the."):
            yield number, name.removeprefix("the.")
