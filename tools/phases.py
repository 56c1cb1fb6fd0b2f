"""Prints what is being prepared and how many seconds it took."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopped(Exception):
    """Work cannot go on; the message says what the person can do about it."""


@contextmanager
def phase(title: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    print(f"{time.monotonic() - started:7.1f} s  {title}", flush=True)


def fail(error: Stopped) -> int:
    print(f"\n{error}", file=sys.stderr)
    return 1
