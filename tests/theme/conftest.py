"""One stage per file of tests, with built assets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.support.left_out import require
from tests.theme.stage import THEME, Stage, serve


@dataclass
class Scene:
    base: str
    stage: Stage

    def posts(self, name: str) -> list[dict[str, object]]:
        return [values for kind, values in self.stage.posts if kind == name]


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    require("browser", (THEME / "static" / "vendor" / "manifest.json").exists(), "built assets (tools.assets)")
    stage = Stage()
    with serve(stage.app()) as base:
        yield Scene(base, stage)
