"""The engine that serves: the newest applied revision, swapped whole; a request keeps the one it began with."""

import json
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from partita.base.clock import Clock, SystemClock
from partita.base.frozen import FrozenMap
from partita.formulas.program import Program, load
from partita.formulas.python import Env, build
from partita.model.model import Model
from partita.runtime.codecs.registry import codec_of
from partita.runtime.context import Actor, Context, Origin
from partita.runtime.revision import Runtime
from partita.storage import revisions, settings
from partita.storage.blobs import Blobs
from partita.storage.database import Database
from partita.storage.tables import build_tables

Stored: TypeAlias = Mapping[tuple[str, str], str]


class NoRevision(RuntimeError):
    """Nothing has been applied to this database yet."""


class Engine:
    """One per process. `refresh` is called by the edge every second, and after StaleRevision."""

    def __init__(self, db: Database, blobs: Blobs, zone: ZoneInfo, clock: Clock | None = None) -> None:
        self.db, self.blobs, self.zone = db, blobs, zone
        self.clock: Clock = clock or SystemClock()
        self._runtime: Runtime | None = None
        self._loading = threading.Lock()

    def current(self) -> Runtime:
        if self._runtime is None:
            self.refresh()
        if self._runtime is None:
            raise NoRevision("apply a configuration first")
        return self._runtime

    def refresh(self) -> bool:
        """Takes the newest revision if it is not this one; the settings as they are now. True: a new revision."""
        with self._loading:
            with self.db.read() as conn:
                latest = revisions.latest(conn)
                if latest is None:
                    return False
                stored = settings.read(conn)
                fetched = None if self._serves(latest[0]) else revisions.fetch(conn, latest[0])
            if fetched is None:
                self._take_settings(stored)
                return False
            self._runtime = self._prepare(fetched, stored)
            return True

    def _serves(self, number: int) -> bool:
        return self._runtime is not None and self._runtime.number == number

    def _prepare(self, fetched: revisions.Revision, stored: Stored) -> Runtime:
        program = load(fetched.program)
        return Runtime(
            number=fetched.entry.number, model=fetched.model, program=program, tables=build_tables(fetched.model),
            db=self.db, blobs=self.blobs, settings=read_settings(fetched.model, program, stored, self.zone),
        )  # fmt: skip

    def context(self, actor: Actor, origin: Origin = "web", key: str | None = None) -> Context:
        return Context(actor, self.current(), self.clock, self.zone, origin, key)

    def _take_settings(self, stored: Stored) -> None:
        runtime = self._runtime
        if runtime is None:
            return
        values = read_settings(runtime.model, runtime.program, stored, self.zone)
        if values != runtime.settings:
            self._runtime = replace(runtime, settings=values)


def read_settings(model: Model, program: Program, stored: Stored, zone: ZoneInfo) -> Mapping[str, Any]:
    """Settings of all packs by name: what an administrator set, else the pack's default."""
    nothing: Mapping[str, Any] = FrozenMap()
    env = Env(nothing, nothing, nothing, nothing, datetime.now(UTC), zone, "ru")
    found: dict[str, Any] = {}
    for pack in model.packs.values():
        for name, field in pack.settings.items():
            text = stored.get((pack.name, name))
            if text is not None:
                found[name] = codec_of(field).from_json(json.loads(text), field)
            elif field.default is not None:
                found[name] = build(program.tree(pack.name, field.default))(env)
    return FrozenMap(found)
