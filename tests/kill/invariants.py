"""What holds after any number of kills. Each function below yields what breaks one of these promises:

sound        the database's own check of itself and of its foreign keys finds nothing
promised     what was answered with success is there, once; what was refused left nothing
whole        what was not answered happened entirely or not at all, and once however often it was repeated
states       each record stands in a state of its scheme, and its history is a chain that leads there
versions     a record's version is the number of its changes, and history has every one of them
sums         the stored total of a record is the sum of its stored rows
numbers      numbers are unique and without gaps, and the counter stands at the last one
files        each attachment has its file with the right content; after a sweep each file has its attachment,
             and nothing unfinished lies about
search       each record is found by the search exactly once, under its own title
jobs         whatever was begun is done in the end, nothing is dead, nobody holds what they do not do
revision     the configuration in force is the one that was applied, whole
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from tests.kill.book import Attempt, Book
from tests.kill.clerks import TYPE, content_of
from tests.kill.facts import Facts

STATES = {"accepted", "in_work", "done"}


def broken(facts: Facts, book: Book, files: Path) -> list[str]:
    """Everything that does not hold, in words; `files` has been swept and the jobs have been run before."""
    checks = [sound(facts), promised(facts, book), whole(facts, book), states(facts), versions(facts), sums(facts)]
    checks += [numbers(facts), kept_files(facts, files), search(facts), jobs(facts), revision(facts)]
    return [problem for check in checks for problem in check]


def sound(facts: Facts) -> Iterator[str]:
    if facts.sqlite:
        if (said := facts.rows("PRAGMA integrity_check")) != [("ok",)]:
            yield f"integrity_check: {said[:5]}"
        if missing := facts.rows("PRAGMA foreign_key_check"):
            yield f"foreign_key_check: {missing[:5]}"
        return
    for name, valid in facts.rows("SELECT conname, convalidated FROM pg_constraint WHERE contype = 'f'"):
        if not valid:
            yield f"the foreign key {name} is not validated"
    orphans = (
        "SELECT count(*) FROM kill__order__lines l LEFT JOIN kill__order o ON o.id = l.record_id WHERE o.id IS NULL"
    )
    if count := facts.one(orphans):
        yield f"{count} rows of no order"


def effects(facts: Facts) -> Counter[str]:
    """How many times each token took effect."""
    found: Counter[str] = Counter()
    found.update(str(row[0]) for row in facts.rows("SELECT mark FROM kill__order"))
    found.update(str(row[0]) for row in facts.rows("SELECT text FROM sys_comment"))
    attached = "SELECT name FROM sys_attachment WHERE record_id IS NOT NULL AND removed_at IS NULL AND name LIKE 'a-%'"
    found.update(str(row[0]).split(".")[0] for row in facts.rows(attached))
    noted = f"SELECT new FROM sys_history WHERE record_type = '{TYPE}' AND field = 'note' AND action = 'change'"
    found.update(str(json.loads(row[0])) for row in facts.rows(noted))
    return found


def promised(facts: Facts, book: Book) -> Iterator[str]:
    found = effects(facts)
    records = {str(mark): int(record) for record, mark in facts.rows("SELECT id, mark FROM kill__order")}
    for kind in ("create", "change", "comment", "attach"):
        for attempt in book.of(kind, "done"):
            if found[attempt.token] != 1:
                yield f"answered with success and there {found[attempt.token]} times: {attempt}"
            if records.get(attempt.mark) != attempt.record:
                yield f"led to record {attempt.record}, stands in {records.get(attempt.mark)}: {attempt}"
    yield from _papers(facts, book)
    yield from _moves(facts, book, records)


def _papers(facts: Facts, book: Book) -> Iterator[str]:
    rows = facts.rows("SELECT record_id, name FROM sys_attachment WHERE record_id IS NOT NULL AND removed_at IS NULL")
    there = Counter((int(record), str(name)) for record, name in rows)
    for attempt in (*book.of("create", "done"), *book.of("attach", "done")):
        for file in attempt.files.values():
            if there[(attempt.record, file)] != 1:
                yield f"the file {file} of {attempt.mark} is there {there[(attempt.record, file)]} times"


def _moves(facts: Facts, book: Book, records: dict[str, int]) -> Iterator[str]:
    happened = Counter(
        int(row[0])
        for row in facts.rows(
            f"SELECT record_id FROM sys_history WHERE record_type = '{TYPE}' AND field = 'state' AND version > 1"
        )
    )
    done, unknown = Counter[str](), Counter[str]()
    done.update(attempt.mark for attempt in book.of("move", "done"))
    unknown.update(attempt.mark for attempt in book.of("move", "unanswered"))
    for mark, record in records.items():
        if not done[mark] <= happened[record] <= done[mark] + unknown[mark]:
            yield f"{mark}: {happened[record]} moves; {done[mark]} answered, {unknown[mark]} not"


def whole(facts: Facts, book: Book) -> Iterator[str]:
    found = effects(facts)
    for kind in ("create", "change", "comment", "attach"):
        for attempt in book.of(kind, "unanswered"):
            if found[attempt.token] > 1:
                yield f"not answered and there {found[attempt.token]} times: {attempt}"
    lines = Counter(int(row[0]) for row in facts.rows("SELECT record_id FROM kill__order__lines"))
    for record, mark in facts.rows("SELECT id, mark FROM kill__order"):
        sent = book.attempts.get(str(mark))
        if sent is None:
            yield f"an order that nobody sent: {mark}"
        elif lines[int(record)] != _lines(sent):
            yield f"{mark}: {lines[int(record)]} rows of {_lines(sent)}"


def _lines(attempt: Attempt) -> int:
    return sum(name.endswith(".qty") for name in attempt.form)


def states(facts: Facts) -> Iterator[str]:
    chains: dict[tuple[int, str], list[tuple[str | None, str | None]]] = defaultdict(list)
    told = f"SELECT record_id, field, old, new FROM sys_history WHERE record_type = '{TYPE}'"
    for record, field, old, new in facts.rows(f"{told} AND field IN ('state', 'note') ORDER BY id"):
        chains[(int(record), str(field))].append((_said(old), _said(new)))
    for record, state, note in facts.rows("SELECT id, state, note FROM kill__order"):
        if state not in STATES:
            yield f"order {record} stands in {state!r}"
        for field, value in (("state", state), ("note", note)):
            yield from _chain(f"order {record}, {field}", chains[(int(record), field)], value)


def _said(text: str | None) -> str | None:
    return None if text is None else str(json.loads(text))


def _chain(what: str, steps: list[tuple[str | None, str | None]], value: str | None) -> Iterator[str]:
    if not steps or steps[0][0] is not None:
        yield f"{what}: history does not tell what it began with: {steps[:1]}"
        return
    if steps[-1][1] != value:
        yield f"{what}: history ends with {steps[-1:]}, the record says {value!r}"
    for earlier, later in pairwise(steps):
        if earlier[1] != later[0]:
            yield f"{what}: history breaks between {earlier} and {later}"


def versions(facts: Facts) -> Iterator[str]:
    told = f"SELECT record_id, version FROM sys_history WHERE record_type = '{TYPE}' AND version > 0 GROUP BY 1, 2"
    seen: dict[int, set[int]] = defaultdict(set)
    for record, version in facts.rows(told):
        seen[int(record)].add(int(version))
    for record, version in facts.rows("SELECT id, version FROM kill__order"):
        if seen[int(record)] != set(range(1, int(version) + 1)):
            yield f"order {record} has version {version}, its history knows {sorted(seen[int(record)])}"
    created = f"SELECT record_id FROM sys_history WHERE record_type = '{TYPE}' AND version = 1 GROUP BY 1"
    if gone := {int(row[0]) for row in facts.rows(created)} - {
        int(row[0]) for row in facts.rows("SELECT id FROM kill__order")
    }:
        yield f"history of orders that are not there: {sorted(gone)[:5]}"


def sums(facts: Facts) -> Iterator[str]:
    for record, total, rows in facts.rows(
        "SELECT o.id, o.total, (SELECT coalesce(sum(l.sum), 0) FROM kill__order__lines l WHERE l.record_id = o.id) "
        "FROM kill__order o"
    ):
        if total != rows:
            yield f"order {record}: total {total}, rows {rows}"
    for record, qty, price, amount in facts.rows("SELECT record_id, qty, price, sum FROM kill__order__lines"):
        if qty * price != amount:
            yield f"a row of order {record}: {qty} × {price} is not {amount}"


def numbers(facts: Facts) -> Iterator[str]:
    given = sorted(str(row[0]) for row in facts.rows("SELECT number FROM kill__order WHERE number IS NOT NULL"))
    if given != [f"ЗК-{n:06}" for n in range(1, len(given) + 1)]:
        yield f"numbers are {given[:3]} … {given[-3:]}, {len(given)} of them, {len(set(given))} different"
    counters = [
        int(row[0]) for row in facts.rows("SELECT value FROM sys_counter WHERE numbering LIKE '%order_number%'")
    ]
    if counters != [len(given)]:
        yield f"counters stand at {counters}, {len(given)} numbers were given"


def kept_files(facts: Facts, folder: Path) -> Iterator[str]:
    lying = {path.name: path for path in folder.glob("??/??/*")}
    told = {str(sha): int(size) for sha, size in facts.rows("SELECT sha256, size FROM sys_attachment")}
    for sha, size in told.items():
        if sha not in lying:
            yield f"no file for the attachment {sha}"
        elif len(content := lying[sha].read_bytes()) != size or hashlib.sha256(content).hexdigest() != sha:
            yield f"the file {sha} does not hold what it is named by"
    if extra := set(lying) - set(told):
        yield f"{len(extra)} files of no attachment after the sweep"
    if unfinished := list((folder / "tmp").iterdir()):
        yield f"{len(unfinished)} unfinished files after the sweep"
    for name, sha in facts.rows("SELECT name, sha256 FROM sys_attachment"):
        if hashlib.sha256(content_of(str(name))).hexdigest() != sha:
            yield f"the attachment {name} holds something else than was sent"


def search(facts: Facts) -> Iterator[str]:
    """The index holds stems, so an order is known there by the beginning of its random mark."""
    orders = {
        int(record): str(mark).split("-")[1][:9] for record, mark in facts.rows("SELECT id, mark FROM kill__order")
    }
    indexed = facts.rows(f"SELECT record_id, title FROM sys_search WHERE record_type = '{TYPE}'")
    if sorted(int(record) for record, _ in indexed) != sorted(orders):
        yield f"search knows {len(indexed)} orders of {len(orders)}"
    for record, title in indexed:
        if orders.get(int(record), "") not in str(title):
            yield f"search knows the order {record} as {title!r}"


def jobs(facts: Facts) -> Iterator[str]:
    for kind, status, holder in facts.rows("SELECT kind, status, locked_by FROM sys_job"):
        if status != "done" or holder is not None:
            yield f"the job {kind} is {status}, held by {holder}"


def revision(facts: Facts) -> Iterator[str]:
    found = facts.rows("SELECT number FROM sys_revision ORDER BY number")
    if found != [(1,)]:
        yield f"revisions are {found}, one was applied"
