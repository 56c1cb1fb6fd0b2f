"""What the clients were promised: every attempt, and every answer that came, on the disk before the next step."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal

Kind = Literal["create", "change", "move", "comment", "attach"]
Outcome = Literal["unanswered", "done", "refused"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One form as it was sent. `token` is unique and finds its effect; `mark` names the order; `key` makes it one deed
    however often it is sent."""

    kind: Kind
    mark: str
    token: str
    key: str
    path: str
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    outcome: Outcome = "unanswered"
    record: int = 0


class Book:
    """Attempts by their token; `note` is durable when it returns."""

    def __init__(self, path: Path) -> None:
        self.attempts: dict[str, Attempt] = {}
        self._file = path.open("a", encoding="utf-8")
        self._lock = threading.Lock()

    def note(self, attempt: Attempt) -> Attempt:
        with self._lock:
            self.attempts[attempt.token] = attempt
            self._file.write(json.dumps(asdict(attempt), ensure_ascii=False) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        return attempt

    def answered(self, attempt: Attempt, outcome: Outcome, record: int) -> Attempt:
        return self.note(replace(attempt, outcome=outcome, record=record))

    def of(self, kind: Kind, outcome: Outcome) -> list[Attempt]:
        return [a for a in self.attempts.values() if a.kind == kind and a.outcome == outcome]

    def close(self) -> None:
        self._file.close()
