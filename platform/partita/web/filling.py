"""A posted form: its answers, its uploads, and what its buttons ask for."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from partita.base.text import read_id
from partita.model.record_type import RecordType
from partita.runtime.codecs.registry import FILES
from partita.runtime.files import attachments
from partita.screens.answers import Answers, Pairs, field_of
from partita.screens.control import FileItem
from partita.web.ask import Ask
from partita.web.form import chunks

AGAIN = ("refresh", "add_row", "remove_row", "remove_file")
"""Buttons that change the form and do not save it."""
GENERAL = "attached"
"""Files of the record as a whole, uploaded while its form is open."""


def fresh_key() -> str:
    """Names one filling of a form: sent twice, it saves once."""
    return secrets.token_urlsafe(18)


def wants_again(ask: Ask) -> bool:
    return ask.body.has(*AGAIN) or ask.query("again") == "1"


@dataclass(frozen=True, slots=True)
class Filling:
    """`files`: names and sizes of everything uploaded so far; `attached`: the general ones among them;
    `focus`: the path of the control that the pressed button points at."""

    answers: Answers
    key: str
    files: Mapping[int, FileItem]
    attached: tuple[FileItem, ...] = ()
    focus: str = ""


def read_filling(ask: Ask, record_type: RecordType, left_out: frozenset[str] = frozenset()) -> Filling:
    """`left_out`: fields that the page itself answers, whatever the form says of them."""
    key = ask.body.first("key") or fresh_key()
    uploaded = take_uploads(ask, record_type, key)
    general = ask.body.under(f"{GENERAL}.") + tuple(pair for pair in uploaded if pair[0] == "")
    answers = Answers(
        pairs=tuple(p for p in ask.body.under("f.") if field_of(p[0]) not in left_out)
        + tuple(pair for pair in uploaded if pair[0]),
        kept=ask.body.under("kept."),
        was=ask.body.under("was."),
        tried=ask.body.has("tried"),
        blanks=wants_again(ask),
    )
    answers, focus = press(ask, record_type, answers)
    gone = ask.body.first("remove_file")
    ids = {number for _, value in general if value != gone and (number := read_id(value))}
    known = describe(ask, record_type, answers, ids)
    return Filling(answers, key, known, tuple(known[i] for i in sorted(ids) if i in known), focus)


def take_uploads(ask: Ask, record_type: RecordType, key: str) -> Pairs:
    """Stores the files that came with the form; they become the record's when it is saved. Refused ones raise."""
    made: list[tuple[str, str]] = []
    for name, upload in ask.body.files:
        path = name.removeprefix("u.")
        if name != f"u.{path}" or (path and path not in record_type.fields):
            continue
        file = attachments.upload(ask.ctx, record_type.name, path, key, upload.filename or "", chunks(upload))
        made.append((path, str(file.id)))
    return tuple(made)


def press(ask: Ask, record_type: RecordType, answers: Answers) -> tuple[Answers, str]:
    """Does what the pressed button says: a row more, a row less, a file less."""
    if (table := ask.body.first("add_row")) in {known.name for known in record_type.tables()}:
        position = next_position(answers.pairs, table)
        return answers.with_pairs([(f"{table}.{position}.id", "")]), f"{table}.{rows_of(answers.pairs, table)}"
    if row := ask.body.first("remove_row"):
        return replace(answers, pairs=tuple(p for p in answers.pairs if not p[0].startswith(f"{row}."))), ""
    if file := ask.body.first("remove_file"):
        return replace(answers, pairs=tuple(p for p in answers.pairs if p[1] != file or "." in p[0])), ""
    return answers, ""


def positions(pairs: Pairs, table: str) -> set[int]:
    under = (path.split(".")[1] for path, _ in pairs if path.startswith(f"{table}.") and path.count(".") > 1)
    return {number for part in under if (number := read_id(part)) is not None}


def next_position(pairs: Pairs, table: str) -> int:
    return max(positions(pairs, table), default=-1) + 1


def rows_of(pairs: Pairs, table: str) -> int:
    return len(positions(pairs, table))


def describe(ask: Ask, record_type: RecordType, answers: Answers, general: set[int]) -> dict[int, FileItem]:
    named = {f.name for f in record_type.fields.values() if f.type in FILES}
    posted = (*answers.pairs, *answers.kept)
    ids = {number for path, value in posted if path in named and (number := read_id(value))}
    return file_items(ask, ids | general)


def file_items(ask: Ask, ids: set[int]) -> dict[int, FileItem]:
    """Names and sizes of files by their ids; those of other people's forms are not found."""
    if not ids:
        return {}
    found = attachments.describe(ask.ctx, sorted(ids))
    return {item.id: FileItem(id=item.id, name=item.name, size=item.size) for item in found.values()}
