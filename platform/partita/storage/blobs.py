"""Contents of files, kept by their SHA-256: written aside, made durable, then named; a name is never half a file.

A file goes in before the transaction that mentions it commits; what no row mentions is swept when it is old.
"""

import hashlib
import os
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class Stored:
    sha256: str
    size: int


class TooLarge(ValueError):
    """The content passed the limit; nothing of it is kept."""


class Blobs:
    """Contents under one folder: `ab/cd/abcd…`, and `tmp/` for what is being written. `step` is called between the
    steps of writing (tests stop there)."""

    def __init__(self, folder: Path, step: Callable[[str], None] = lambda name: None) -> None:
        self.folder = folder
        self._step = step
        self._temporary = folder / "tmp"
        self._temporary.mkdir(parents=True, exist_ok=True, mode=0o700)

    def put(self, chunks: Iterable[bytes], limit: int | None = None) -> Stored:
        """Write a stream in constant memory; equal contents are kept once."""
        aside = self._temporary / uuid.uuid4().hex
        try:
            stored = self._write(aside, chunks, limit)
            self._step("written")
            self._name(aside, self.path(stored.sha256))
        finally:
            aside.unlink(missing_ok=True)
        return stored

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def exists(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def open(self, sha256: str, block: int = BLOCK) -> Iterator[bytes]:
        """The content by blocks. FileNotFoundError comes at once, not at the first block."""
        file = self.path(sha256).open("rb")

        def blocks() -> Iterator[bytes]:
            with file:
                while chunk := file.read(block):
                    yield chunk

        return blocks()

    def names(self) -> Iterator[str]:
        """SHA-256 of everything kept."""
        for path in self.folder.glob("??/??/*"):
            yield path.name

    def age(self, sha256: str, now: datetime) -> float:
        """Seconds since the content was last put in."""
        return now.timestamp() - self.path(sha256).stat().st_mtime

    def sweep(self, mentioned: Callable[[str], bool], before: datetime) -> list[str]:
        """Remove contents put in before the moment that no row mentions, and unfinished writings as old."""
        for leftover in self._temporary.iterdir():
            with suppress(FileNotFoundError):
                if leftover.stat().st_mtime < before.timestamp():
                    leftover.unlink()
        return [name for name in self.names() if self._sweep_one(name, mentioned, before)]

    def _sweep_one(self, name: str, mentioned: Callable[[str], bool], before: datetime) -> bool:
        """The content is taken aside before the last look: who puts it in meanwhile either touched it in time, or finds
        it gone and writes it anew."""
        path, aside = self.path(name), self._temporary / f"swept-{name}"
        with suppress(FileNotFoundError):
            if path.stat().st_mtime >= before.timestamp() or mentioned(name):
                return False
            path.rename(aside)
            self._step("aside")
            if aside.stat().st_mtime >= before.timestamp() or mentioned(name):
                self._name(aside, path)
                return False
            aside.unlink()
            return True
        return False

    def _write(self, aside: Path, chunks: Iterable[bytes], limit: int | None) -> Stored:
        digest, size = hashlib.sha256(), 0
        with aside.open("xb") as file:
            os.fchmod(file.fileno(), 0o600)
            for chunk in chunks:
                size += len(chunk)
                if limit is not None and size > limit:
                    raise TooLarge(f"more than {limit} bytes")
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        return Stored(digest.hexdigest(), size)

    def _name(self, aside: Path, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            os.utime(path)
            return
        except FileNotFoundError:
            pass
        aside.rename(path)
        self._step("named")
        for folder in (path.parent, path.parent.parent, self.folder):
            _fsync(folder)


def _fsync(folder: Path) -> None:
    """A new name survives a power failure only when its folder is written too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
