"""What the Model carries is read by a floor that runs: no attribute ends in the compiler."""

import re
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

import pytest

from partita.model import access, data, decisions, field, formula, layout, model, numbering, pack, record_type, states

PRODUCT = Path(__file__).parents[2] / "platform" / "partita"
RUNNING = ("storage", "runtime", "screens", "web", "testing", "cli", "bootstrap")
MODULES = (access, data, decisions, field, formula, layout, model, numbering, pack, record_type, states)
CLASSES = sorted(
    {cls for module in MODULES for cls in vars(module).values() if isinstance(cls, type) and is_dataclass(cls)},
    key=lambda cls: cls.__name__,
)
ATTRIBUTES = [
    (cls.__name__, attribute.name)
    for cls in CLASSES
    if cls.__module__.startswith("partita.model")
    for attribute in fields(cls)
]


IN_THE_COMPILER = {("Field", "priority"), ("Pack", "requires")}
"""Read by the build: the columns of the generated list, the packs whose names are seen."""
NOT_YET: set[tuple[str, str]] = set()
"""Strictly expected to fail: whoever reads them takes them out of here."""


@cache
def running_code() -> str:
    files = [path for floor in RUNNING for path in (PRODUCT / floor).rglob("*.py")]
    templates = PRODUCT.parents[1].glob("themes/default/templates/**/*.html")
    compare = PRODUCT / "model" / "compare.py"
    return "\n".join(path.read_text(encoding="utf-8") for path in (*files, *templates, compare) if path.is_file())


@pytest.mark.parametrize(("owner", "attribute"), ATTRIBUTES, ids=lambda part: str(part))
def test_the_attribute_is_read_where_the_system_runs(
    owner: str, attribute: str, request: pytest.FixtureRequest
) -> None:
    if (owner, attribute) in NOT_YET:
        request.applymarker(pytest.mark.xfail(strict=True, reason="read by nothing yet"))
    if (owner, attribute) in IN_THE_COMPILER:
        return
    assert re.search(rf"\.{attribute}\b|[\"']{attribute}[\"']", running_code()), (
        f"{owner}.{attribute} is read by nothing"
    )
