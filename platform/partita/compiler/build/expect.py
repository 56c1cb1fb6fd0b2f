"""Names that a declaration mentions must exist; a missing one is told with the nearest names."""

from collections.abc import Mapping

from partita.base.source import Span
from partita.base.text import Words
from partita.compiler.build.site import Site
from partita.model.field import Field
from partita.model.record_type import RecordType

UNLISTED_TYPES = frozenset({"table", "files", "file", "image"})
"""What a list can neither show in a column nor sort by."""
UNSORTED_TYPES = UNLISTED_TYPES | {"links", "choices", "multiline"}


def expect_field(site: Site, name: str, fields: Mapping[str, Field], place: Span, type_name: str) -> bool:
    """Whether the type has the field."""
    if name in fields:
        return True
    if name not in site.doubts.names and type_name not in site.doubts.types:
        site.add("B003", place, known=(name, fields), name=name, type=type_name)
    return False


def follow(site: Site, path: str, start: RecordType, types: Mapping[str, RecordType], place: Span) -> Field | None:
    """The field at the end of a path over links (`counterparty.region`), or None when it is told why not."""
    current, field = start, None
    position = 0
    for name in path.split("."):
        here = place.inside(position, position + len(name))
        if field is not None:
            if field.type not in ("link", "user") or field.to is None:
                site.add("B006", here, name=field.name, type=field.type)
                return None
            target = types.get(field.to.qualified)
            if target is None:
                return None
            current = target
        if not expect_field(site, name, current.fields, here, current.name):
            return None
        field = current.fields[name]
        position += len(name) + 1
    return field


def expect_group(site: Site, groups: Mapping[str, Words]) -> None:
    """The menu group of a type is declared by some pack."""
    name = site.get("group")
    if name is not None and name not in groups:
        site.add("L007", site.place("group"), known=(name, groups), name=name)
