"""Contents of files: never half a file under a name, nothing that is mentioned is swept."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from partita.storage import attachments
from partita.storage.attachments import Attachment
from partita.storage.blobs import Blobs, TooLarge
from tests.storage.conftest import NOW, Install
from tests.storage.models import model

TEXT = "Ёлка".encode() * 100_000
SHA = hashlib.sha256(TEXT).hexdigest()


class Killed(BaseException):
    pass


def chunks(data: bytes = TEXT, size: int = 65_536) -> Iterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


def make_old(path: Path, days: float = 3) -> None:
    then = datetime.now(UTC).timestamp() - days * 86_400
    os.utime(path, (then, then))


def yesterday() -> datetime:
    return datetime.now(UTC) - timedelta(days=1)


def test_a_content_is_kept_once_by_its_digest(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    for _ in range(2):
        stored = blobs.put(chunks())
        assert (stored.sha256, stored.size) == (SHA, len(TEXT))
    assert b"".join(blobs.open(SHA)) == TEXT
    assert list(blobs.names()) == [SHA]
    assert stat.S_IMODE(blobs.path(SHA).stat().st_mode) == 0o600
    assert not list((tmp_path / "tmp").iterdir())
    with pytest.raises(FileNotFoundError):
        blobs.open("0" * 64)


def test_a_content_over_the_limit_leaves_nothing(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    read = []

    def endless() -> Iterator[bytes]:
        while True:
            read.append(1)
            yield b"x" * 1000

    with pytest.raises(TooLarge):
        blobs.put(endless(), limit=10_000)
    assert len(read) == 11
    assert blobs.put(chunks(), limit=len(TEXT)).size == len(TEXT)
    assert not list((tmp_path / "tmp").iterdir())


@pytest.mark.parametrize("step", ["written", "named", "half"])
def test_a_death_at_any_step_leaves_no_half_file_under_a_name(
    tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(name: str) -> None:
        if name == step:
            raise Killed

    def half() -> Iterator[bytes]:
        yield TEXT[:1000]
        raise Killed

    monkeypatch.setattr(Path, "unlink", lambda self, missing_ok=False: None)  # a dead process cleans nothing up
    with pytest.raises(Killed):
        Blobs(tmp_path, die).put(half() if step == "half" else chunks())
    monkeypatch.undo()
    blobs = Blobs(tmp_path)
    for name in blobs.names():
        assert hashlib.sha256(blobs.path(name).read_bytes()).hexdigest() == name
    for leftover in (tmp_path / "tmp").iterdir():
        make_old(leftover)
    blobs.sweep(lambda name: True, yesterday())
    assert not list((tmp_path / "tmp").iterdir())
    assert b"".join(blobs.open(blobs.put(chunks()).sha256)) == TEXT


def test_what_no_row_mentions_is_swept_when_it_is_old(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    old, young, kept = (blobs.put(iter([text])).sha256 for text in (b"old", b"young", b"kept"))
    make_old(blobs.path(old))
    make_old(blobs.path(kept))
    assert blobs.sweep(lambda name: name == kept, yesterday()) == [old]
    assert set(blobs.names()) == {young, kept}


def test_a_content_put_in_again_while_it_is_swept_stays(tmp_path: Path) -> None:
    """The sweep has looked and found nobody; then the same content comes in, before or after it is taken aside."""
    blobs = Blobs(tmp_path)
    blobs.put(chunks())
    make_old(blobs.path(SHA))

    def put_before(name: str) -> bool:
        Blobs(tmp_path).put(chunks())
        return False

    assert blobs.sweep(put_before, yesterday()) == []
    assert blobs.exists(SHA)

    make_old(blobs.path(SHA))

    def put_aside(step: str) -> None:
        if step == "aside":
            Blobs(tmp_path).put(chunks())

    late = Blobs(tmp_path, put_aside)
    late.sweep(lambda name: False, yesterday())
    assert b"".join(blobs.open(SHA)) == TEXT

    make_old(blobs.path(SHA))
    told = iter([False, True])
    assert blobs.sweep(lambda name: next(told), yesterday()) == [], "a row came while it stood aside"
    assert blobs.exists(SHA)


def test_files_of_forms_become_files_of_records(install: Install, tmp_path: Path) -> None:
    db, _ = install(model())
    stored = Blobs(tmp_path).put(chunks())

    def add(**more: object) -> int:
        told = {"name": "ёлка.pdf", "sha256": stored.sha256, "size": stored.size, "created_at": NOW, "form_key": "f1"}
        with db.write() as conn:
            return attachments.add_file(conn, Attachment(**{**told, **more}))  # type: ignore[arg-type]

    one, two, three = add(), add(created_by=7), add(form_key="f2")
    with db.write() as conn:
        assert [a.id for a in attachments.of_form(conn, "f1")] == [one, two]
        assert attachments.bind(conn, [one, two], "base.order", 5, "drawing") == 2
        assert attachments.bind(conn, [one], "base.order", 6) == 0, "a file belongs to one record"
    with db.write() as conn:
        assert [a.id for a in attachments.of_record(conn, "base.order", 5)] == [one, two]
        assert attachments.of_form(conn, "f1") == []
        assert attachments.remove(conn, one, NOW)
        assert not attachments.remove(conn, one, NOW)
        assert [a.id for a in attachments.of_record(conn, "base.order", 5)] == [two]
        removed = attachments.fetch(conn, one)
        assert removed is not None
        assert (removed.removed_at, removed.field, removed.name) == (NOW, "drawing", "ёлка.pdf")
        assert set(attachments.fetch_many(conn, [one, two, three, 99])) == {one, two, three}
        assert attachments.remove_of_record(conn, "base.order", 5, NOW) == 1
    with db.write() as conn:
        assert attachments.sweep(conn, NOW) == 0
        assert attachments.sweep(conn, NOW + timedelta(days=1)) == 1
        assert attachments.fetch(conn, three) is None
        assert attachments.is_mentioned(conn, stored.sha256), "history still knows the removed ones"


def test_a_content_that_only_a_forgotten_form_mentioned_goes(install: Install, tmp_path: Path) -> None:
    db, _ = install(model())
    blobs = Blobs(tmp_path)
    stored = blobs.put(chunks())
    with db.write() as conn:
        attachments.add_file(conn, Attachment(name="x", sha256=stored.sha256, size=1, created_at=NOW))
    make_old(blobs.path(SHA))
    with db.write() as conn:
        attachments.sweep(conn, NOW + timedelta(seconds=1))
    with db.read() as conn:
        assert blobs.sweep(lambda name: attachments.is_mentioned(conn, name), yesterday()) == [SHA]
