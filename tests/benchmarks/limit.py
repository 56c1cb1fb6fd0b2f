"""The limit: the same service desk written by hand for this one purpose, without any product code.

Starlette, the driver, SQL as text, rows made by f-strings. It has validation and history; it has no sign-in and no
rights. What the product costs is told as a ratio to this.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import psycopg
import uvicorn
from markupsafe import escape
from pysqlite3 import dbapi2
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.benchmarks.data import PRIORITIES, customers, tickets

SCHEMA = """
CREATE TABLE customer (id INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, city TEXT NOT NULL);
CREATE TABLE ticket (id {serial}, version INTEGER NOT NULL, code TEXT NOT NULL, customer INTEGER NOT NULL
  REFERENCES customer, subject TEXT NOT NULL, priority TEXT NOT NULL, state TEXT NOT NULL, amount {numeric},
  wanted_by TEXT, registered_at TEXT NOT NULL, description TEXT);
CREATE INDEX ticket_state ON ticket (state, registered_at DESC, id DESC);
CREATE INDEX ticket_customer ON ticket (customer);
CREATE TABLE history (id {serial}, ticket INTEGER NOT NULL, at TEXT NOT NULL, field TEXT NOT NULL, old TEXT, new TEXT);
CREATE INDEX history_ticket ON history (ticket);
"""
LIST = """SELECT t.id, t.code, t.registered_at, c.name, t.subject, t.priority, t.state, t.amount, t.wanted_by
  FROM ticket t JOIN customer c ON c.id = t.customer WHERE t.state = ?
  ORDER BY t.registered_at DESC, t.id DESC LIMIT 50"""
COUNT = "SELECT count(*) FROM (SELECT 1 FROM ticket WHERE state = ? LIMIT 1001) AS capped"
OPEN = """SELECT t.id, t.version, t.code, t.registered_at, c.name, t.subject, t.priority, t.state, t.amount,
  t.wanted_by, t.description, t.customer FROM ticket t JOIN customer c ON c.id = t.customer WHERE t.id = ?"""
HISTORY = "SELECT at, field, old, new FROM history WHERE ticket = ? ORDER BY id DESC LIMIT 20"
FIELDS = ("subject", "priority", "amount", "wanted_by", "description")


class Store:
    """One connection per thread; the two drivers differ in the sign of a parameter and in how a write begins."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.sqlite = url.startswith("sqlite")
        self.local = threading.local()

    def connection(self) -> Any:
        if not hasattr(self.local, "connection"):
            self.local.connection = self._sqlite() if self.sqlite else self._postgresql()
        return self.local.connection

    def _sqlite(self) -> Any:
        connection = dbapi2.connect(self.url.removeprefix("sqlite:///"), isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _postgresql(self) -> Any:
        return psycopg.connect(self.url.replace("+psycopg", "", 1), autocommit=True, prepare_threshold=1)

    def rows(self, statement: str, *values: Any) -> Any:
        text = statement if self.sqlite else statement.replace("?", "%s")
        return self.connection().execute(text, values)

    def write(self, work: Callable[[], Any]) -> Any:
        self.rows("BEGIN IMMEDIATE" if self.sqlite else "BEGIN")
        try:
            result = work()
        except BaseException:
            self.rows("ROLLBACK")
            raise
        self.rows("COMMIT")
        return result


def fill(store: Store, count: int) -> None:
    number, serial = ("INTEGER", "INTEGER PRIMARY KEY") if store.sqlite else ("NUMERIC(18,2)", "SERIAL PRIMARY KEY")
    for statement in SCHEMA.format(serial=serial, numeric=number).split(";"):
        if statement.strip():
            store.rows(statement)
    store.write(lambda: _fill(store, count))
    store.rows("ANALYZE")


def _fill(store: Store, count: int) -> None:
    known = {}
    for n, customer in enumerate(customers(max(count // 10, 10)), 1):
        known[customer.code] = n
        store.rows("INSERT INTO customer VALUES (?, ?, ?, ?)", n, customer.code, customer.name, customer.city)
    for t in tickets(count, len(known)):
        amount = int(t.amount * 100) if store.sqlite else t.amount
        _insert(store, known[t.customer], t.code, t.state, t.registered_at.isoformat(), t.subject, t.priority, amount,
                t.wanted_by.isoformat(), t.description)  # fmt: skip


def _insert(store: Store, customer: int, code: str, state: str, at: str, *fields: Any) -> int:
    statement = """INSERT INTO ticket (version, customer, code, state, registered_at, subject, priority, amount,
      wanted_by, description) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"""
    return int(store.rows(statement, customer, code, state, at, *fields).fetchone()[0])


PAGE = "<!doctype html><html lang=ru><meta charset=utf-8><title>{}</title><main>{}</main>"


def page(title: str, body: str) -> HTMLResponse:
    return HTMLResponse(PAGE.format(escape(title), body))


def money(store: Store, value: Any) -> str:
    whole, part = divmod(int(value), 100) if store.sqlite else divmod(int(value * 100), 100)
    return f"{whole:,}".replace(",", "\u202f") + f",{part:02}"


def day(text: str) -> str:
    return f"{text[8:10]}.{text[5:7]}.{text[:4]}"


def render_rows(store: Store, rows: Sequence[Sequence[Any]]) -> str:
    return "".join(
        f"<tr><td><a href=/ticket/{r[0]}>{escape(r[1])}</a><td>{day(r[2])}<td>{escape(r[3])}<td>{escape(r[4])}"
        f"<td>{r[5]}<td>{r[6]}<td>{money(store, r[7])}<td>{day(r[8])}"
        for r in rows
    )


def list_page(store: Store, state: str) -> Response:
    rows = store.rows(LIST, state).fetchall()
    count = store.rows(COUNT, state).fetchone()[0]
    return page("Заявки", f"<p>{count}<table>{render_rows(store, rows)}</table>")


def open_page(store: Store, ticket: int) -> Response:
    row = store.rows(OPEN, ticket).fetchone()
    if row is None:
        return Response(status_code=404)
    history = store.rows(HISTORY, ticket).fetchall()
    values = "".join(f"<dt>{name}<dd>{escape(value)}" for name, value in zip(FIELDS, row[5:7] + row[8:11], strict=True))
    past = "".join(
        f"<li>{escape(at)} {escape(field)}: {escape(old)} → {escape(new)}" for at, field, old, new in history
    )
    return page(row[2], f"<h1>{escape(row[2])} {escape(row[4])}</h1><dl>{values}</dl><ol>{past}</ol>")


def checked(store: Store, form: Any) -> list[Any] | None:
    """The values of a form, or nothing when one of them is wrong."""
    try:
        amount = Decimal(form["amount"].replace(" ", "").replace(",", ".")).quantize(Decimal("0.01"))
        wanted = date.fromisoformat(form["wanted_by"]).isoformat()
    except (KeyError, InvalidOperation, ValueError):
        return None
    subject = form["subject"].strip()
    if not subject or len(subject) > 500 or form["priority"] not in PRIORITIES or amount < 0:
        return None
    return [
        subject,
        form["priority"],
        int(amount * 100) if store.sqlite else amount,
        wanted,
        form["description"].strip(),
    ]


def save(store: Store, ticket: int, form: Any) -> Response:
    values = checked(store, form)
    if values is None:
        return Response(status_code=422)
    done = store.write(lambda: _save(store, ticket, int(form["version"]), values))
    return RedirectResponse(f"/ticket/{ticket}", 303) if done else Response(status_code=409)


def _save(store: Store, ticket: int, version: int, values: list[Any]) -> bool:
    old = store.rows(f"SELECT {', '.join(FIELDS)} FROM ticket WHERE id = ?", ticket).fetchone()
    sets = ", ".join(f"{name} = ?" for name in FIELDS)
    changed = store.rows(
        f"UPDATE ticket SET version = version + 1, {sets} WHERE id = ? AND version = ?", *values, ticket, version
    )
    if changed.rowcount != 1:
        return False
    _note(store, ticket, [(n, a, b) for n, a, b in zip(FIELDS, old, values, strict=True) if a != b])
    return True


def _note(store: Store, ticket: int, changes: Sequence[tuple[str, Any, Any]]) -> None:
    at = datetime.now(UTC).isoformat()
    for name, old, new in changes:
        statement = "INSERT INTO history (ticket, at, field, old, new) VALUES (?, ?, ?, ?, ?)"
        store.rows(statement, ticket, at, name, None if old is None else str(old), str(new))


def create(store: Store, form: Any) -> Response:
    values = checked(store, form)
    if values is None:
        return Response(status_code=422)

    def work() -> int:
        at = datetime.now(UTC).isoformat()
        made = _insert(store, int(form["customer"]), f"N{at}", "new", at, *values)
        _note(store, made, [(name, None, value) for name, value in zip(FIELDS, values, strict=True)])
        return made

    return RedirectResponse(f"/ticket/{store.write(work)}", 303)


def move(store: Store, ticket: int, form: Any) -> Response:
    def work() -> bool:
        old = store.rows("SELECT state FROM ticket WHERE id = ?", ticket).fetchone()[0]
        new = "waiting" if old == "in_work" else "in_work"
        changed = store.rows(
            "UPDATE ticket SET version = version + 1, state = ? WHERE id = ? AND version = ?",
            new, ticket, int(form["version"]),
        )  # fmt: skip
        _note(store, ticket, [("state", old, new)])
        return bool(changed.rowcount == 1)

    return RedirectResponse(f"/ticket/{ticket}", 303) if store.write(work) else Response(status_code=409)


def make_app(store: Store) -> Starlette:
    async def tickets_page(request: Request) -> Response:
        return await run_in_threadpool(list_page, store, request.query_params["state"])

    async def ticket_page(request: Request) -> Response:
        return await run_in_threadpool(open_page, store, request.path_params["id"])

    async def save_page(request: Request) -> Response:
        return await run_in_threadpool(save, store, request.path_params["id"], await request.form())

    async def create_page(request: Request) -> Response:
        return await run_in_threadpool(create, store, await request.form())

    async def move_page(request: Request) -> Response:
        return await run_in_threadpool(move, store, request.path_params["id"], await request.form())

    return Starlette(
        routes=[
            Route("/tickets", tickets_page),
            Route("/ticket/{id:int}", ticket_page),
            Route("/save/{id:int}", save_page, methods=["POST"]),
            Route("/create", create_page, methods=["POST"]),
            Route("/move/{id:int}", move_page, methods=["POST"]),
        ]
    )


if __name__ == "__main__":
    address, port, amount = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    desk = Store(address)
    fill(desk, amount)
    uvicorn.run(make_app(desk), host="127.0.0.1", port=port, log_level="warning", access_log=False)
