"""People at work while the server dies under them: each keeps to their own orders and repeats what was not answered."""

from __future__ import annotations

import hashlib
import http.client
import random
import secrets
import threading
from dataclasses import dataclass, field

from tests.kill.book import Attempt, Book, Kind
from tests.support.visitor import Answer, Visitor

TYPE = "kill.order"
LOST = (OSError, http.client.HTTPException)
MOVES = ("take", "give_back")


class Wrong(AssertionError):
    """The server answered what it must never answer here."""


@dataclass
class Order:
    id: int
    mark: str


@dataclass
class Clerk:
    login: str
    visitor: Visitor
    book: Book
    chance: random.Random
    customer: int
    orders: list[Order] = field(default_factory=list)
    pending: Attempt | None = None
    failure: BaseException | None = None

    def work(self, stop: threading.Event) -> None:
        """Until told to stop or the server is gone."""
        try:
            while not stop.is_set():
                self._one()
        except LOST:
            return
        except BaseException as error:
            self.failure = error

    def _one(self) -> None:
        if self.pending is not None:
            lost, self.pending = self.pending, None
            # Every other time the person gives up instead: then it may have happened or not.
            if self.chance.random() < 0.5:
                self._send(lost)
                return
        if not self.orders or self.chance.random() < 0.35:
            self._create()
        else:
            self.chance.choice((self._change, self._change, self._move, self._move, self._comment, self._attach))()

    def _create(self) -> None:
        mark = f"{self.login}-{secrets.token_hex(6)}"
        form = {"f.counterparty": str(self.customer), "f.mark": mark, "f.note": "n0"}
        for row in range(self.chance.randint(1, 4)):
            qty, price = self.chance.randint(1, 9), self.chance.randint(0, 99999) / 100
            form |= {f"f.lines.{row}.id": "", f"f.lines.{row}.what": f"w{row}"}
            form |= {f"f.lines.{row}.qty": str(qty), f"f.lines.{row}.price": f"{price:.2f}"}
        files = {"u.papers": self._paper()} if self.chance.random() < 0.4 else {}
        self._send(self._attempt("create", mark, f"/new/{TYPE}", form, files, token=mark))

    def _change(self) -> None:
        order = self.chance.choice(self.orders)
        token = f"n-{secrets.token_hex(6)}"
        path = f"/record/{TYPE}/{order.id}/edit"
        version = self._page(path).hidden("version")
        self._send(self._attempt("change", order.mark, path, {"version": version, "f.note": token}, token=token))

    def _move(self) -> None:
        order = self.chance.choice(self.orders)
        version = self._page(f"/record/{TYPE}/{order.id}/edit").hidden("version")
        path = f"/record/{TYPE}/{order.id}/transition/{self.chance.choice(MOVES)}"
        self._send(self._attempt("move", order.mark, path, {"version": version}))

    def _comment(self) -> None:
        order = self.chance.choice(self.orders)
        token = f"c-{secrets.token_hex(6)}"
        self._send(
            self._attempt("comment", order.mark, f"/record/{TYPE}/{order.id}/comment", {"text": token}, token=token)
        )

    def _attach(self) -> None:
        order = self.chance.choice(self.orders)
        token = f"a-{secrets.token_hex(6)}"
        path = f"/record/{TYPE}/{order.id}/attach"
        self._send(self._attempt("attach", order.mark, path, {}, {"u.": self._paper(token)}, token=token))

    def _paper(self, token: str = "") -> str:
        """The name says how to make the content again: a repeated form carries the same file."""
        return f"{token or 'p-' + secrets.token_hex(6)}.{self.chance.choice((10, 5_000, 900_000))}.bin"

    def _attempt(
        self,
        kind: Kind,
        mark: str,
        path: str,
        form: dict[str, str],
        files: dict[str, str] | None = None,
        token: str = "",
    ) -> Attempt:
        key = secrets.token_urlsafe(18)
        return Attempt(kind, mark, token or f"t-{key}", key, path, form | {"key": key}, files or {})

    def _page(self, path: str) -> Answer:
        answer = self.visitor.get(path)
        if answer.status != 200:
            raise Wrong(f"GET {path}: {answer.status} {answer.location}\n{answer.body[:3000]}")
        return answer

    def _send(self, attempt: Attempt) -> None:
        self.book.note(attempt)
        self.pending = attempt
        files = {name: (file, content_of(file)) for name, file in attempt.files.items()}
        answer = self.visitor.post(attempt.path, attempt.form, files)
        self.pending = None
        if answer.status == 303:
            self.book.answered(attempt, "done", answer.record)
            if attempt.kind == "create":
                self.orders.append(Order(answer.record, attempt.mark))
        elif attempt.kind == "move" and answer.status in (404, 422):
            self.book.answered(attempt, "refused", 0)
        else:
            raise Wrong(f"{attempt}: {answer.status} {answer.location}\n{answer.body[:3000]}")


def content_of(file: str) -> bytes:
    name, size, _ = file.rsplit(".", 2)
    seed = hashlib.sha256(name.encode()).digest()
    return (seed * (int(size) // len(seed) + 1))[: int(size)]
