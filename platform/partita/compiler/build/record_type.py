"""Record types. Fields first, for every type; then what needs the fields of others: layout, lists, related tabs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from partita.base.diagnostics import Note
from partita.base.frozen import FrozenMap
from partita.base.refs import Ref
from partita.compiler.build.builtin import (
    OF_DECISIONS,
    OF_REQUESTS,
    OF_STATES,
    RESERVED_FIELDS,
    RESERVED_TYPES,
    Setting,
    built_in_fields,
)
from partita.compiler.build.decisions import AskedField
from partita.compiler.build.expect import expect_field
from partita.compiler.build.field import FieldBuilder, check_renames
from partita.compiler.build.form import build_form
from partita.compiler.build.lists import build_lists
from partita.compiler.build.related import build_related
from partita.compiler.build.site import Site
from partita.model.decisions import DecisionCatalog
from partita.model.field import Field
from partita.model.formula import Template
from partita.model.layout import Form
from partita.model.record_type import RecordType
from partita.model.states import StateScheme

UNIQUE_TYPES = frozenset(
    [
        "text",
        "integer",
        "decimal",
        "money",
        "percent",
        "date",
        "datetime",
        "time",
        "duration",
        "choice",
        "link",
        "user",
        "email",
        "phone",
        "url",
        "person_name",
        "address",
        "code",
    ]
)
FIRST_HERE = FrozenMap({"ru": "поле решения здесь", "en": "the field of the decision is here"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a record type stands on; a part that is broken is absent."""

    people: Ref | None
    scheme: StateScheme | None = None
    catalog: DecisionCatalog | None = None
    asked: Mapping[str, AskedField] = FrozenMap()


def build_record_type(site: Site, around: Surroundings, fields: FieldBuilder) -> RecordType:
    """The type with its fields; form, lists and related tabs come with `arrange`."""
    if site.ref.name in RESERVED_TYPES:
        site.add("B001", site.place("name"), name=site.ref.name)
    kind: Literal["reference_book", "request_type"] = (
        "request_type" if site.ref.kind == "request_type" else "reference_book"
    )
    label = site.label()
    built = _build_fields(site, around, fields)
    responsible = {name: site.formula("responsible", name) for name, _ in site.items("responsible")}
    return RecordType(
        ref=site.ref,
        kind=kind,
        label=label,
        plural=site.words("plural") or label,
        help=site.words("help"),
        group=site.get("group", default=""),
        title=site.template("title") or Template(_default_title(kind, built), site.address("title")),
        fields=FrozenMap(built),
        checks=site.checks("checks"),
        form=Form(()),
        lists=FrozenMap(),
        unique=_build_unique(site, built),
        numbering=site.link("numbering"),
        states=site.link("states"),
        decisions=site.link("decisions"),
        counterparty=site.link("counterparty"),
        responsible=FrozenMap((name, formula) for name, formula in responsible.items() if formula),
        renamed_from=site.get("renamed_from", default=""),
    )


def arrange(site: Site, record_type: RecordType, types: Mapping[str, RecordType]) -> RecordType:
    """The type with its form, lists and related tabs, given the fields of all types."""
    return replace(
        record_type,
        form=build_form(site, record_type),
        lists=build_lists(site, record_type, types),
        related=build_related(site, record_type, types),
    )


def _build_fields(site: Site, around: Surroundings, fields: FieldBuilder) -> dict[str, Field]:
    setting = Setting(site.ref, around.people, around.scheme, around.catalog, site.link("counterparty"))
    built = {field.name: field for field in built_in_fields(setting)}
    for name, _ in site.items("fields"):
        if name in RESERVED_FIELDS and _is_taken(name, site, built):
            site.add("B001", site.key("fields", name), name=name)
        else:
            built[name] = fields.build("fields", name)
    for name, asked in around.asked.items():
        if name in built:
            note = Note(FIRST_HERE, asked.span)
            site.add("B021", site.key("fields", name), notes=(note,), name=name)
        else:
            built[name] = asked.field
    names = {name: str(site.get("fields", name, "renamed_from", default="")) for name, _ in site.items("fields")}
    check_renames(site, names, "fields")
    return built


def _is_taken(name: str, site: Site, built: Mapping[str, Field]) -> bool:
    """A book may call its own field `number` or `reason`; what a request has built in is a request's only."""
    only_some = {*OF_STATES, *OF_REQUESTS, *OF_DECISIONS}
    return name in built or name not in only_some or site.ref.kind == "request_type"


def _default_title(kind: str, fields: Mapping[str, Field]) -> str:
    if kind == "request_type":
        return "{number}"
    if "name" in fields:
        return "{name}"
    texts = (f.name for f in fields.values() if f.own and f.type in ("text", "person_name", "code"))
    return f"{{{next(texts, 'id')}}}"


def _build_unique(site: Site, fields: Mapping[str, Field]) -> FrozenMap[str, tuple[str, ...]]:
    for name, members in site.items("unique"):
        for number, member in enumerate(members):
            place = site.place("unique", name, number)
            known = expect_field(site, member, fields, place, site.ref.qualified)
            if known and fields[member].type not in UNIQUE_TYPES:
                site.add("B010", place, name=member, type=fields[member].type)
    return FrozenMap({name: tuple(members) for name, members in site.items("unique")})
