"""Comments and files of a record: they do not change its fields, nor its version."""

from typing import Any

from partita.base.errors import NotFound, Problem, Refused
from partita.base.frozen import FrozenMap
from partita.runtime.access.rights import ATTACH, COMMENT
from partita.runtime.codecs.codec import clean
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.files.adoption import usable_files
from partita.runtime.records.authority import open_record, require
from partita.runtime.records.commands import AddComment, AttachFiles, Outcome, RemoveAttachment
from partita.runtime.values.journaling import write_event
from partita.runtime.values.work import Work
from partita.storage import attachments, comments

LONGEST_COMMENT = 20_000


def comment(work: Work, command: AddComment) -> Outcome:
    blueprint = work.ctx.blueprint(command.type)
    record = open_record(work, blueprint, command.id, lock=False)
    require(work, blueprint, record, COMMENT)
    text = clean(command.text).strip()
    if not text:
        raise Refused(Problem("W001", "text"))
    if len(text) > LONGEST_COMMENT:
        raise Refused(Problem("W010", "text", FrozenMap({"length": len(text), "max": LONGEST_COMMENT})))
    actor = work.ctx.actor
    comments.write(work.conn, blueprint.name, command.id, work.now, actor.user_id or None, actor.name, text)
    write_event(work, blueprint.name, command.id, 0, "comment")
    return _outcome(blueprint, record, "commented")


def attach(work: Work, command: AttachFiles) -> Outcome:
    blueprint = work.ctx.blueprint(command.type)
    record = open_record(work, blueprint, command.id, lock=False)
    require(work, blueprint, record, ATTACH)
    usable = usable_files(work, blueprint.name, command.id, command.attachments)
    if not usable.issuperset(command.attachments):
        raise Refused(Problem("W028", "files", FrozenMap({"name": ""})))
    attachments.bind(work.conn, command.attachments, blueprint.name, command.id)
    for stored in attachments.fetch_many(work.conn, command.attachments).values():
        write_event(work, blueprint.name, command.id, 0, "attach", stored.name)
    return _outcome(blueprint, record, "attached")


def detach(work: Work, command: RemoveAttachment) -> Outcome:
    """Files of fields are removed by changing the field."""
    blueprint = work.ctx.blueprint(command.type)
    record = open_record(work, blueprint, command.id, lock=False)
    require(work, blueprint, record, ATTACH)
    found = attachments.fetch(work.conn, command.attachment)
    mine = found is not None and (found.record_type, found.record_id) == (blueprint.name, command.id)
    if found is None or not mine or found.removed_at is not None:
        raise NotFound("file", command.attachment)
    if found.field:
        raise Refused(Problem("W003", found.field))
    attachments.remove(work.conn, command.attachment, work.now)
    write_event(work, blueprint.name, command.id, 0, "detach", found.name)
    return _outcome(blueprint, record, "detached")


def _outcome(blueprint: Blueprint, record: dict[str, Any], event: str) -> Outcome:
    return Outcome(
        type=blueprint.name, id=record["id"], version=record["version"], number=record.get("number") or "",
        title=record["title"] or "", events=(event,),
    )  # fmt: skip
