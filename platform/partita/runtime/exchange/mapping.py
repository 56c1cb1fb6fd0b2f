"""How rows of a file become records: which column is which field, how links are found, what recognises a row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from partita.base.errors import Problem, Refused
from partita.base.frozen import FrozenMap
from partita.model.field import Field
from partita.model.record_type import RecordType
from partita.runtime.compiled.plan import SYSTEM_FIELDS
from partita.runtime.context import Context
from partita.runtime.exchange.dates import read_pattern

Plain: TypeAlias = Mapping[str, Any]
KEYS = (
    "into", "format", "delimiter", "encoding", "sheet", "language", "zone", "key", "columns", "constants", "state",
    "register",
)  # fmt: skip
COLUMN_KEYS = ("source", "find", "create", "map", "format", "zone", "round", "default")
FORMATS = ("csv", "xlsx", "json")
PAST = ("registered_at", "number", "decision", "decision_text", "decided_at")
"""Built-in fields that only a row with a past may bring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """`find`: the target's field by which a link is looked up; `create`: its field → column, for targets not found.
    `format`: a date pattern as read_pattern makes it. `map`: text of the file → plain value."""

    source: str
    find: str = ""
    create: FrozenMap[str, str] | None = None
    map: FrozenMap[str, Any] | None = None
    format: str = ""
    pattern: str = ""
    zone: ZoneInfo | None = None
    round: bool = False
    default: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMapping:
    """`key`: fields that recognise a row that came before; without them a row is recognised by all it holds."""

    into: str
    format: str
    delimiter: str
    encoding: str
    sheet: str
    language: str
    zone: ZoneInfo
    key: tuple[str, ...]
    columns: FrozenMap[str, ColumnMapping]
    constants: FrozenMap[str, Any]
    state: ColumnMapping | None
    register: bool


def read_mapping(ctx: Context, data: Plain) -> ImportMapping:
    """From plain data of a YAML or JSON document. Raises Refused with every finding, `field` = the path in it."""
    reader = _Reader(ctx, data)
    found = reader.read()
    if reader.problems or found is None:
        raise Refused(*reader.problems)
    return found


class _Reader:
    def __init__(self, ctx: Context, data: Plain) -> None:
        self._ctx, self._data = ctx, data
        self.problems: list[Problem] = []

    def read(self) -> ImportMapping | None:
        self._known("", self._data, KEYS)
        record_type = self._type()
        columns = self._data.get("columns")
        if record_type is None or not isinstance(columns, Mapping):
            self._lacks("columns", columns)
            return None
        zone = self._zone("zone", self._data.get("zone")) or self._ctx.zone
        return ImportMapping(
            into=record_type.name, format=self._one_of("format", FORMATS, ""), delimiter=self._delimiter(),
            encoding=self._text("encoding"), sheet=self._text("sheet"),
            language=self._one_of("language", ("ru", "en", "kk"), "ru"), zone=zone, key=self._key(record_type),
            columns=FrozenMap(self._columns(record_type, columns)), constants=self._constants(record_type),
            state=self._column("state", self._data["state"], None) if "state" in self._data else None,
            register=self._flag("register"),
        )  # fmt: skip

    def _type(self) -> RecordType | None:
        name = str(self._data.get("into", ""))
        found = self._ctx.runtime.model.types.get(name)
        if found is None:
            self._add("E002", "into", type=name)
        return found

    def _columns(self, record_type: RecordType, columns: Plain) -> Iterator[tuple[str, ColumnMapping]]:
        for name, data in columns.items():
            field, path = self._field(record_type, name, f"columns.{name}"), f"columns.{name}"
            column = self._column(path, data, field) if field is not None else None
            if column is not None:
                yield name, column

    def _field(self, record_type: RecordType, name: str, path: str) -> Field | None:
        field = record_type.fields.get(name)
        closed = field is not None and not field.own and name in SYSTEM_FIELDS and name not in PAST
        if field is None or field.type == "table" or closed:
            self._add("E003", path, type=record_type.name, field=name)
            return None
        return field

    def _column(self, path: str, data: Any, field: Field | None) -> ColumnMapping | None:
        if isinstance(data, str):
            data = {"source": data}
        if not isinstance(data, Mapping) or not isinstance(data.get("source"), str):
            self._lacks(f"{path}.source", data)
            return None
        self._known(path, data, COLUMN_KEYS)
        pattern = str(data.get("format", ""))
        return ColumnMapping(
            source=data["source"], find=self._find(path, data, field), create=self._create(path, data, field),
            map=_map(data.get("map")),
            format=pattern, pattern=self._pattern(path, pattern), zone=self._zone(f"{path}.zone", data.get("zone")),
            round=data.get("round") is True, default=data.get("default"),
        )  # fmt: skip

    def _find(self, path: str, data: Plain, field: Field | None) -> str:
        find = str(data.get("find", ""))
        if find and field is not None:
            target = self._target(field)
            if target is None:
                self._add("E012", f"{path}.find", key="find", value=find, expected="link")
            else:
                self._field(target, find, f"{path}.find")
        return find

    def _create(self, path: str, data: Plain, field: Field | None) -> FrozenMap[str, str] | None:
        create, target = data.get("create"), self._target(field) if field is not None else None
        if create in (None, False) or target is None:
            return None
        if create is True:
            return FrozenMap()
        if not isinstance(create, Mapping):
            self._add("E012", f"{path}.create", key="create", value=str(create), expected="true, {…}")
            return None
        for name in create:
            self._field(target, name, f"{path}.create.{name}")
        return FrozenMap({str(name): str(source) for name, source in create.items()})

    def _target(self, field: Field) -> RecordType | None:
        name = field.to.qualified if field.to else self._ctx.runtime.people if field.type == "user" else ""
        return self._ctx.runtime.model.types.get(name)

    def _key(self, record_type: RecordType) -> tuple[str, ...]:
        data = self._data.get("key", ())
        names = (data,) if isinstance(data, str) else tuple(data) if isinstance(data, list | tuple) else ()
        return tuple(name for name in names if self._field(record_type, str(name), "key") is not None)

    def _constants(self, record_type: RecordType) -> FrozenMap[str, Any]:
        data = self._data.get("constants", {})
        if not isinstance(data, Mapping):
            return FrozenMap()
        return FrozenMap({n: v for n, v in data.items() if self._field(record_type, n, f"constants.{n}") is not None})

    def _pattern(self, path: str, text: str) -> str:
        found = read_pattern(text) if text else ""
        if found is None:
            self._add("E012", f"{path}.format", key="format", value=text, expected="dd.MM.yyyy HH:mm:ss")
        return found or ""

    def _zone(self, path: str, name: Any) -> ZoneInfo | None:
        if name is None:
            return None
        try:
            return ZoneInfo(str(name))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self._add("E012", path, key="zone", value=str(name), expected="Europe/Moscow")
            return None

    def _one_of(self, key: str, known: tuple[str, ...], default: str) -> str:
        value = str(self._data.get(key, default))
        if value not in (*known, default):
            self._add("E012", key, key=key, value=value, expected=", ".join(known))
        return value

    def _text(self, key: str) -> str:
        return str(self._data.get(key, ""))

    def _delimiter(self) -> str:
        value = self._text("delimiter")
        if len(value) > 1 or value in ('"', "\r", "\n"):
            self._add("E012", "delimiter", key="delimiter", value=value, expected=", ;")
            return ""
        return value

    def _flag(self, key: str) -> bool:
        value = self._data.get(key, True)
        if not isinstance(value, bool):
            self._add("E012", key, key=key, value=str(value), expected="true, false")
        return bool(value)

    def _known(self, path: str, data: Plain, known: tuple[str, ...]) -> None:
        for key in data:
            if key not in known:
                self._add("E001", f"{path}.{key}".strip("."), key=key, known=", ".join(known))

    def _lacks(self, path: str, value: Any) -> None:
        if value is None or not self.problems:
            self._add("E013", path, key=path)

    def _add(self, code: str, path: str, /, **params: Any) -> None:
        self.problems.append(Problem(code, path, FrozenMap(params)))


def _map(data: Any) -> FrozenMap[str, Any] | None:
    return FrozenMap({str(text): value for text, value in data.items()}) if isinstance(data, Mapping) else None
