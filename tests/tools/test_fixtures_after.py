"""A file of browser tests leaves no event loop behind for the files after it (this one runs right after such a file)."""

from __future__ import annotations

import asyncio


def test_asyncio_runs_after_a_file_with_a_browser() -> None:
    async def answer() -> int:
        return 42

    assert asyncio.run(answer()) == 42
