"""Data sets: every row typed against the fields of its book; links name rows of other sets or key values."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from partita.base.diagnostics import Note
from partita.base.frozen import FrozenMap
from partita.compiler.build.builtin import WRITABLE
from partita.compiler.build.expect import expect_field
from partita.compiler.build.record_type import UNIQUE_TYPES
from partita.compiler.build.site import Site
from partita.compiler.build.values import ValueReader
from partita.model.data import DataSet
from partita.model.field import Field
from partita.model.record_type import RecordType

FIRST_HERE = FrozenMap({"ru": "в первый раз здесь", "en": "first here"})


class RowIndex:
    """Row names and key values of all data sets, by the type that they go into."""

    def __init__(self, sites: Mapping[str, Site]) -> None:
        self._known: dict[str, set[str]] = {}
        self._complete = True
        for site in sites.values():
            self._add(site)

    def _add(self, site: Site) -> None:
        into = site.link("into")
        if into is None or site.document.damaged:
            self._complete = False
        if into is None:
            return
        known, key = self._known.setdefault(into.qualified, set()), site.get("key")
        for name, row in site.items("rows"):
            known.add(name)
            if key and isinstance(row, dict) and key in row:
                known.add(str(row[key]))

    def of(self, field: Field) -> Collection[str] | None:
        """Names and keys of the rows of the link's target; None if some data set could not be read."""
        if field.to is None or not self._complete:
            return None
        return self._known.get(field.to.qualified, frozenset())


def build_data_set(site: Site, record_type: RecordType | None, rows: RowIndex) -> DataSet | None:
    into = site.link("into")
    if into is None or record_type is None:
        return None
    key: str = site.get("key", default="")
    _check_key(site, key, record_type)
    return DataSet(
        ref=site.ref,
        label=site.label(),
        into=into,
        data_class=site.get("class", default="reference"),
        rows=FrozenMap(_build_rows(site, record_type, rows)),
        key=key,
    )


def _check_key(site: Site, key: str, record_type: RecordType) -> None:
    if not key or not expect_field(site, key, record_type.fields, site.place("key"), record_type.name):
        return
    if record_type.fields[key].type not in UNIQUE_TYPES:
        site.add("B010", site.place("key"), name=key, type=record_type.fields[key].type)
        return
    seen: dict[str, str] = {}
    for name, row in site.items("rows"):
        value = row.get(key)
        if value is None:
            site.add("B031", site.key("rows", name), name=key, row=name)
        elif first := seen.get(str(value)):
            note = Note(FIRST_HERE, site.place("rows", first, key))
            site.add("B030", site.place("rows", name, key), notes=(note,), value=value, name=key)
        else:
            seen[str(value)] = name


def _build_rows(site: Site, record_type: RecordType, rows: RowIndex) -> Iterator[tuple[str, FrozenMap[str, Any]]]:
    reader = ValueReader(site, rows.of)
    for name, values in site.items("rows"):
        for field_name in values:
            _check_writable(site, record_type.fields.get(field_name), name)
        _check_required(site, record_type, name, values)
        yield name, reader.read_all(record_type.fields, record_type.name, "rows", name)


def _check_writable(site: Site, field: Field | None, row: str) -> None:
    if field and (field.compute is not None or (not field.own and field.name not in WRITABLE)):
        site.add("B032", site.key("rows", row, field.name), name=field.name)


def _check_required(site: Site, record_type: RecordType, row: str, values: Mapping[str, Any]) -> None:
    """What is always required and always shown must stand in the row, unless it has a default."""
    for field in record_type.fields.values():
        if field.name in site.doubts.names:
            continue
        always = field.required is True and field.visible is True and field.default is None and field.compute is None
        if always and field.name not in values and field.name != site.get("key"):
            site.add("B031", site.key("rows", row), name=field.name, row=row)
