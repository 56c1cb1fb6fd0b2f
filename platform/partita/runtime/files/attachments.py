"""Uploading, listing and opening files."""

import mimetypes
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from partita.base.errors import Denied, NotFound, Problem, Refused
from partita.base.frozen import FrozenMap
from partita.runtime.access.rights import ATTACH, CHANGE, CREATE, READ
from partita.runtime.access.rules import holds
from partita.runtime.codecs.codec import clean
from partita.runtime.context import Context
from partita.runtime.values.journaling import write_event
from partita.runtime.values.work import Work
from partita.storage import attachments, keys, rows
from partita.storage.attachments import Attachment as Stored

LONGEST_NAME = 200
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


@dataclass(frozen=True, slots=True)
class Attachment:
    """`field` is empty for files of the record itself."""

    id: int
    name: str
    size: int
    media_type: str
    sha256: str
    field: str
    created_at: datetime
    created_by: int | None


@dataclass(frozen=True, slots=True)
class OpenFile:
    attachment: Attachment
    chunks: Iterator[bytes]


def safe_name(name: str) -> str:
    """The last part of a path, without characters that systems forbid, of bearable length with its ending kept."""
    bare = UNSAFE.sub("_", PurePosixPath(clean(name).replace("\\", "/")).name).strip(" .") or "file"
    stem, dot, ending = bare.rpartition(".")
    if len(bare) > LONGEST_NAME and dot and len(ending) < 20:
        return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    return bare[:LONGEST_NAME]


def media_type_of(name: str) -> str:
    return mimetypes.guess_type(name, strict=False)[0] or "application/octet-stream"


def upload(ctx: Context, type_name: str, field: str, form_key: str, name: str, chunks: Iterable[bytes]) -> Attachment:
    """A file for a form that is open: nobody else sees it until the form is saved."""
    blueprint = ctx.blueprint(type_name)
    if not any(ctx.rights.may(blueprint.name, action) for action in (CREATE, CHANGE, ATTACH)):
        raise Denied("I003", command=ATTACH, type=type_name, action=ATTACH)
    plan = blueprint.fields.get(field.partition(".")[0]) if field else None
    if field and plan is None:
        raise Refused(Problem("W019", field, FrozenMap({"name": field})))
    return _store(ctx, field, form_key, name, chunks)


def _store(ctx: Context, field: str, form_key: str, name: str, chunks: Iterable[bytes]) -> Attachment:
    stored = replace(_receive(ctx, name, chunks), field=field or None, form_key=form_key)
    with ctx.runtime.db.write() as conn:
        return shown(replace(stored, id=attachments.add_file(conn, stored)))


def _receive(ctx: Context, name: str, chunks: Iterable[bytes]) -> Stored:
    """The bytes are on the disk before the row is written: a row never waits for its file."""
    name, blob = safe_name(name), ctx.runtime.blobs.put(chunks)
    return Stored(
        name=name, sha256=blob.sha256, size=blob.size, created_at=ctx.now, media_type=media_type_of(name),
        created_by=ctx.actor.user_id,
    )  # fmt: skip


def upload_to(ctx: Context, type_name: str, record_id: int, name: str, chunks: Iterable[bytes]) -> Attachment:
    """A file straight to the record's own files. Raises NotFound, Denied, before the bytes are read."""
    with ctx.runtime.db.read() as conn:
        _require_attach(Work(ctx, conn), type_name, record_id)
    stored = replace(_receive(ctx, name, chunks), record_type=type_name, record_id=record_id)
    with ctx.runtime.db.write() as conn:
        work = Work(ctx, conn)
        _require_attach(work, type_name, record_id)
        return shown(_first_of_key(work, stored) or _attach(work, stored, record_id))


def _first_of_key(work: Work, stored: Stored) -> Stored | None:
    """The same file that the same form has brought before: an answer that got lost is given again."""
    if not work.ctx.key:
        return None
    key, user = f"{work.ctx.key}/{stored.sha256}/{stored.name}", work.ctx.actor.user_id
    known = keys.claim(work.conn, user, key, stored.sha256, work.now)
    if known is None or known.response is None:
        return None
    return attachments.fetch(work.conn, int(known.response))


def _attach(work: Work, stored: Stored, record_id: int) -> Stored:
    made = replace(stored, id=attachments.add_file(work.conn, stored))
    write_event(work, stored.record_type or "", record_id, 0, "attach", made.name)
    if work.ctx.key:
        key = f"{work.ctx.key}/{stored.sha256}/{stored.name}"
        keys.answer(work.conn, work.ctx.actor.user_id, key, str(made.id))
    return made


def _require_attach(work: Work, type_name: str, record_id: int) -> None:
    blueprint = work.ctx.blueprint(type_name)
    record = rows.fetch(work.conn, work.runtime.tables, type_name, record_id)
    env = work.env(blueprint, record or {}, record or {})
    if record is None or not holds(work.rights.rows(type_name, READ), env):
        raise NotFound(type_name, record_id)
    if not holds(work.rights.rows(type_name, ATTACH), env):
        raise Denied("I003", command=ATTACH, type=type_name, action=ATTACH)


def shown(stored: Stored) -> Attachment:
    return Attachment(
        id=stored.id, name=stored.name, size=stored.size, media_type=stored.media_type or "", sha256=stored.sha256,
        field=stored.field or "", created_at=stored.created_at, created_by=stored.created_by,
    )  # fmt: skip


def read_attachments(ctx: Context, type_name: str, record_id: int) -> tuple[Attachment, ...]:
    """All files of a record that this reader may see, those of hidden fields left out."""
    with ctx.runtime.db.read() as conn:
        work = Work(ctx, conn)
        return tuple(shown(a) for a in attachments.of_record(conn, type_name, record_id) if _may_open(work, a))


def describe(ctx: Context, ids: Iterable[int]) -> Mapping[int, Attachment]:
    """Names and sizes of those of the files that this reader may open."""
    with ctx.runtime.db.read() as conn:
        work = Work(ctx, conn)
        return FrozenMap(
            {a.id: shown(a) for a in attachments.fetch_many(conn, tuple(ids)).values() if _may_open(work, a)}
        )


def open_attachment(ctx: Context, attachment_id: int) -> OpenFile:
    """By the rights of the owning record. Absent and forbidden look the same."""
    with ctx.runtime.db.read() as conn:
        stored = attachments.fetch(conn, attachment_id)
        if stored is None or not _may_open(Work(ctx, conn), stored):
            raise NotFound("file", attachment_id)
    return OpenFile(shown(stored), ctx.runtime.blobs.open(stored.sha256))


def _may_open(work: Work, stored: Stored) -> bool:
    if stored.removed_at is not None:
        return False
    if stored.record_id is None or stored.record_type is None:
        return stored.created_by == work.ctx.actor.user_id and not work.ctx.actor.system
    if stored.record_type not in work.runtime.model.types:
        return False
    blueprint = work.runtime.blueprint(stored.record_type)
    record = rows.fetch(work.conn, work.runtime.tables, blueprint.name, stored.record_id)
    if record is None:
        return False
    env = work.env(blueprint, record, record)
    rights, field = work.rights, (stored.field or "").partition(".")[0]
    seen = holds(rights.rows(blueprint.name, READ), env)
    return seen and (not field or holds(rights.field(blueprint.name, field, READ), env))
