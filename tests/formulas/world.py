"""A small world of every type for tests of formulas: a scope, tables on both databases, and rows with borders."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from partita.base.frozen import FrozenMap
from partita.base.text import fold, words
from partita.formulas.scope import Name, Part, Scope
from partita.formulas.types import (
    WHOLE,
    Boolean,
    Choice,
    Choices,
    Date,
    DateTime,
    Duration,
    File,
    Files,
    Link,
    Links,
    Number,
    Rows,
    Text,
    Time,
    Type,
)
from partita.storage import sqltypes
from partita.storage.driver import SQLITE
from partita.storage.functions import POSTGRESQL_DDL, install
from partita.storage.predicates import Namer
from partita.storage.tables import Tables

OPTIONS = ("low", "mid", "high")
TAGS = ("red", "green", "blue")
CLASSES = FrozenMap({"low": "accept", "mid": "refuse", "high": "accept"})

LINES: dict[str, Type] = {
    "qty": Number(3),
    "price": Number(2),
    "count": WHOLE,
    "remark": Text(),
    "on": Date(),
    "moment": DateTime(),
    "ok": Boolean(),
    "took": Duration(),
    "grade": Choice(OPTIONS),
    "service": Link("t.service"),
}
FIELDS: dict[str, dict[str, Type]] = {
    "t.main": {
        "id": WHOLE,
        "name": Text(),
        "note": Text(),
        "qty": WHOLE,
        "stock": WHOLE,
        "weight": Number(3),
        "price": Number(2),
        "cost": Number(2),
        "part": Number(0),
        "flag": Boolean(),
        "done": Boolean(),
        "day": Date(),
        "until": Date(),
        "at": DateTime(),
        "closed": DateTime(),
        "clock": Time(),
        "alarm": Time(),
        "span": Duration(),
        "lag": Duration(),
        "kind": Choice(OPTIONS),
        "sort": Choice(OPTIONS),
        "tags": Choices(TAGS),
        "org": Link("t.org"),
        "payer": Link("t.org"),
        "boss": Link("t.employee"),
        "helpers": Links("t.employee"),
        "paper": File(),
        "papers": Files(),
        "lines": Rows(FrozenMap(LINES)),
    },
    "t.org": {
        "id": WHOLE,
        "name": Text(),
        "amount": Number(2),
        "since": Date(),
        "active": Boolean(),
        "kind": Choice(OPTIONS),
        "region": Link("t.region"),
        "manager": Link("t.employee"),
        "friends": Links("t.employee"),
    },
    "t.region": {"id": WHOLE, "name": Text(), "rate": Number(4)},
    "t.employee": {"id": WHOLE, "name": Text(), "department": Link("t.department"), "regions": Links("t.region")},
    "t.department": {"id": WHOLE, "name": Text(), "head": Link("t.employee")},
    "t.service": {"id": WHOLE, "name": Text(), "price": Number(2)},
}
SETTINGS: dict[str, Type] = {"limit": Number(2), "term": WHOLE, "word": Text(), "grade": Choice(OPTIONS)}
FOLDED = {("t.main", "name"), ("t.org", "name")}


def name_of(kind: Type) -> Name:
    if isinstance(kind, Choice):
        options = FrozenMap({option: words({"ru": f"«{option}»", "en": option}) for option in kind.options})
        return Name(kind, options=options, parts=FrozenMap({"class": Part(Choice(("accept", "refuse")), CLASSES)}))
    return Name(kind)


NAMES = {owner: {name: name_of(kind) for name, kind in fields.items()} for owner, fields in FIELDS.items()}
SCOPE = Scope(
    record=NAMES["t.main"],
    types=NAMES,
    old=NAMES["t.main"],
    settings={name: name_of(kind) for name, kind in SETTINGS.items()},
    people="t.employee",
    roles=("t.head", "t.clerk"),
)
ROW_SCOPE = Scope(
    record={name: name_of(kind) for name, kind in LINES.items()},
    types=NAMES,
    parent=NAMES["t.main"],
    settings=SCOPE.settings,
    people="t.employee",
)
WHERE_SCOPE = Scope(
    record=NAMES["t.main"],
    types=NAMES,
    this=NAMES["t.org"],
    settings=SCOPE.settings,
    people="t.employee",
    roles=SCOPE.roles,
)

_COLUMNS: dict[type, sqltypes.Stored] = {
    Text: sqltypes.PlainText(),
    Boolean: sqltypes.Flag(),
    Date: sqltypes.PlainDate(),
    DateTime: sqltypes.Moment(),
    Time: sqltypes.PlainTime(),
    Duration: sqltypes.Seconds(),
    Choice: sqltypes.PlainText(),
    Choices: sqltypes.Names(),
    Link: sqltypes.WholeNumber(),
    File: sqltypes.WholeNumber(),
}


def _column(name: str, kind: Type) -> sa.Column[Any]:
    if isinstance(kind, Number):
        return sa.Column(name, sqltypes.WholeNumber() if kind.whole else sqltypes.ExactDecimal(kind.scale))
    return sa.Column(name, _COLUMNS[type(kind)])


def _text_column(name: str) -> sa.Column[Any]:
    return sa.Column(name, sqltypes.PlainText())


class World:
    """A Namer of its own: tables by the plainest rules."""

    def __init__(self) -> None:
        self.metadata = sa.MetaData()
        self.tables = {owner: self._table(owner) for owner in FIELDS}
        self.rows = sa.Table("t__main__lines", self.metadata, *self._row_columns())
        self.lists = {(owner, name): self._list(owner, name) for owner, name in _lists()}

    def _table(self, owner: str) -> sa.Table:
        columns = [
            _column(n, k) for n, k in FIELDS[owner].items() if n != "id" and not isinstance(k, Links | Files | Rows)
        ]
        twins: list[sa.Column[Any]] = [
            sa.Column(f"{name}__fold", sqltypes.PlainText()) for o, name in FOLDED if o == owner
        ]
        key = sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False)
        title: list[sa.Column[Any]] = [
            sa.Column("title", sqltypes.PlainText()),
            sa.Column("title_fold", sqltypes.PlainText()),
        ]
        return sa.Table(owner.replace(".", "__"), self.metadata, key, *title, *columns, *twins)

    def _row_columns(self) -> list[sa.Column[Any]]:
        key = sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False)
        own = [sa.Column("record_id", sa.BigInteger()), sa.Column("position", sa.BigInteger())]
        return [key, *own, *(_column(name, kind) for name, kind in LINES.items())]

    def _list(self, owner: str, name: str) -> sa.Table:
        columns = [sa.Column(n, sa.BigInteger()) for n in ("record_id", "target_id", "position")]
        return sa.Table(f"{owner.replace('.', '__')}__{name}", self.metadata, *columns)

    def table(self, type_name: str) -> sa.Table:
        return self.tables[type_name]

    def column(self, type_name: str, path: str) -> sa.Column[Any]:
        head, dot, rest = path.partition(".")
        found: sa.Column[Any] = self.rows.c[rest] if dot else self.tables[type_name].c[head]
        return found

    def fold(self, type_name: str, path: str) -> sa.Column[Any] | None:
        return self.tables[type_name].c[f"{path}__fold"] if (type_name, path) in FOLDED else None

    def child(self, type_name: str, table_field: str) -> sa.Table:
        return self.rows

    def links(self, type_name: str, path: str) -> sa.Table:
        return self.lists[type_name, path]


def _lists() -> Iterator[tuple[str, str]]:
    for owner, fields in FIELDS.items():
        for name, kind in fields.items():
            if isinstance(kind, Links | Files):
                yield owner, name


def as_namer(tables: Tables) -> Namer:
    """The type checker sees here that the storage's own tables serve the translator too."""
    return tables


TEXTS = (
    None, "Ёлка", "елка", "ЕЛКА", "ёж", "Яма", "a", "A", "ab", "b'\"\\", "%_", "straße", "ΑΣ", "İı",
    "😀 ok", "  x\u00a0", "Иванов Пётр", "низ", "0", "\t", "line\nline", "µ ſ ϴ",
)  # fmt: skip
WHOLES = (None, 0, 1, -1, 2, 3, -7, 10, 999_999_999_999_999_999, -999_999_999_999_999_999, 10**17, 86_400)
DATES = (
    None, date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29), date(2026, 1, 31), date(2026, 11, 21), date(1970, 1, 1),
    date(2026, 11, 20),
)  # fmt: skip
MOMENTS = (
    None, datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 30, tzinfo=UTC), datetime(2026, 11, 20, 21, 0, tzinfo=UTC),
    datetime(2026, 11, 20, 20, 59, 59, 999_999, tzinfo=UTC), datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC),
    datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(1985, 6, 1, tzinfo=UTC),
)  # fmt: skip
TIMES = (None, time(0), time(23, 59, 59), time(9, 30), time(12))
SPANS = (
    None, timedelta(0), timedelta(seconds=1), timedelta(seconds=-1), timedelta(days=1), timedelta(days=-1),
    timedelta(hours=12), timedelta(seconds=-86_401), timedelta(seconds=10**11), timedelta(days=400),
    timedelta(seconds=7),
)  # fmt: skip


def decimals(scale: int) -> tuple[Decimal | None, ...]:
    digits = (0, 1, -1, 5, 15, 25, -25, 100, 12_345, 10**18 - 1, 1 - 10**18, 333, 10**scale, -3 * 10**scale)
    return (None, *(Decimal(number).scaleb(-scale) for number in digits))


def draw(kind: Type, rng: random.Random) -> Any:
    match kind:
        case Number():
            return rng.choice(WHOLES if kind.whole else decimals(kind.scale))
        case Choice():
            return rng.choice((None, *OPTIONS))
        case Choices():
            return tuple(tag for tag in TAGS if rng.random() < 0.4)
        case Link():
            return rng.choice((None, *range(1, COUNTS[kind.ref] + 1)))
        case Links():
            return tuple(rng.sample(range(1, COUNTS[kind.ref] + 1), rng.choice((0, 0, 1, 2))))
        case Files():
            return tuple(rng.sample(range(1, 9), rng.choice((0, 1, 3))))
        case File():
            return rng.choice((None, 1, 2))
    pools: dict[type, tuple[Any, ...]] = {
        Text: TEXTS, Boolean: (None, True, False), Date: DATES, DateTime: MOMENTS, Time: TIMES, Duration: SPANS,
    }  # fmt: skip
    return rng.choice(pools[type(kind)])


COUNTS = {"t.main": 60, "t.org": 9, "t.region": 4, "t.employee": 5, "t.department": 3, "t.service": 4}


@dataclass(repr=False)
class Data:
    """The same rows in memory and in the databases."""

    records: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)

    @classmethod
    def make(cls, seed: int) -> Data:
        rng, data = random.Random(seed), cls()
        for owner, count in COUNTS.items():
            data.records[owner] = {number: data._record(owner, number, rng) for number in range(1, count + 1)}
        return data

    def _record(self, owner: str, number: int, rng: random.Random) -> dict[str, Any]:
        kinds = {name: kind for name, kind in FIELDS[owner].items() if name != "id"}
        values = {name: draw(kind, rng) for name, kind in kinds.items() if not isinstance(kind, Rows)}
        values |= {"id": number, "title": rng.choice(TEXTS)}
        if owner == "t.main":
            values["lines"] = tuple(
                {name: draw(kind, rng) for name, kind in LINES.items()} for _ in range(rng.choice((0, 0, 1, 2, 3, 5)))
            )
        return values

    def fill(self, conn: sa.Connection, world: World) -> None:
        world.metadata.create_all(conn)
        row_id = 0
        for owner, records in self.records.items():
            for number, values in records.items():
                conn.execute(world.tables[owner].insert(), _plain(owner, values))
                for name, kind in FIELDS[owner].items():
                    if isinstance(kind, Links | Files):
                        for place, target in enumerate(values[name]):
                            insert = world.lists[owner, name].insert()
                            conn.execute(insert, {"record_id": number, "target_id": target, "position": place})
                for place, row in enumerate(values.get("lines", ())):
                    row_id += 1
                    conn.execute(world.rows.insert(), {"id": row_id, "record_id": number, "position": place, **row})


def _plain(owner: str, values: Mapping[str, Any]) -> dict[str, Any]:
    kinds = FIELDS[owner]
    kept = {n: v for n, v in values.items() if n == "title" or not isinstance(kinds[n], Links | Files | Rows)}
    kept["title_fold"] = kept["title"] and fold(kept["title"])
    return kept | {f"{n}__fold": values[n] and fold(values[n]) for o, n in FOLDED if o == owner}


class View(Mapping[str, Any]):
    """Dotted names walk links through the data."""

    def __init__(self, data: Data, owner: str, values: Mapping[str, Any] | None, row: bool = False) -> None:
        self.data, self.owner, self.known, self.row = data, owner, values or {}, row

    def __getitem__(self, path: str) -> Any:
        head, _, rest = path.partition(".")
        value = self.known.get(head)
        kinds = LINES if self.row else FIELDS[self.owner]
        if rest:
            kind = kinds[head]
            assert isinstance(kind, Link)
            return None if value is None else View(self.data, kind.ref, self.data.records[kind.ref][value])[rest]
        if head == "lines" and value is not None:
            return tuple(View(self.data, self.owner, row, row=True) for row in value)
        return value

    def get(self, path: str, default: Any = None) -> Any:
        return self[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)


class UserView(View):
    """`""` is the employee himself, `roles` the roles held."""

    def __getitem__(self, path: str) -> Any:
        if path == "roles":
            return ("t.head",)
        return self.known.get("id") if path == "" else super().__getitem__(path)


def open_sqlite(path: str) -> sa.Engine:
    engine = sa.create_engine(path, module=SQLITE.module)
    sa.event.listen(engine, "connect", lambda raw, _record: install(raw))
    return engine


def open_postgresql(url: str) -> sa.Engine:
    engine = sa.create_engine(url, connect_args={"options": "-c timezone=UTC"})
    with engine.begin() as conn:
        for statement in POSTGRESQL_DDL:
            conn.exec_driver_sql(statement)
    return engine
