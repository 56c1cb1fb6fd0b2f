"""Tabs of related records: those declared, or one for every link that points at this type."""

from collections.abc import Iterator, Mapping

from partita.base.frozen import FrozenMap
from partita.base.text import Words
from partita.compiler.build.expect import expect_field
from partita.compiler.build.site import Site
from partita.model.field import Field
from partita.model.layout import Related
from partita.model.record_type import RecordType

LINK_TYPES = ("link", "links", "user")


def build_related(site: Site, record_type: RecordType, types: Mapping[str, RecordType]) -> FrozenMap[str, Related]:
    if site.get("related") is None:
        return FrozenMap(_generated(record_type, types))
    built = (_build_one(site, name, record_type, types) for name, _ in site.items("related"))
    return FrozenMap({related.name: related for related in built if related})


def _build_one(site: Site, name: str, record_type: RecordType, types: Mapping[str, RecordType]) -> Related | None:
    path = ("related", name)
    ref = site.link(*path, "from")
    source = types.get(ref.qualified) if ref else None
    by: str = site.get(*path, "by", default="")
    if ref is None or source is None or not expect_field(site, by, source.fields, site.place(*path, "by"), source.name):
        return None
    if not _points_at(source.fields[by], record_type):
        site.add("B009", site.place(*path, "by"), name=by, type=source.ref.name, target=record_type.ref.name)
    return Related(name, site.words(*path, "label") or source.plural, ref, by)


def _points_at(field: Field, record_type: RecordType) -> bool:
    return field.type in LINK_TYPES and field.to == record_type.ref


def _generated(record_type: RecordType, types: Mapping[str, RecordType]) -> Iterator[tuple[str, Related]]:
    for name in sorted(types):
        source = types[name]
        links = [f for f in source.fields.values() if f.type == "link" and f.to == record_type.ref]
        for field in links:
            tab = f"{source.ref.pack}_{source.ref.name}_{field.name}"
            yield tab, Related(tab, _label(source, field, alone=len(links) == 1), source.ref, field.name)


def _label(source: RecordType, field: Field, alone: bool) -> Words:
    if alone:
        return source.plural
    both = {lang: f"{text} ({field.label[lang]})" for lang, text in source.plural.items() if lang in field.label}
    return FrozenMap(both) if both else source.plural
