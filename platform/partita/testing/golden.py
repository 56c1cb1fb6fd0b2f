"""Golden files: what a pass gave yesterday, kept beside the test and compared to the letter."""

import difflib
import os
from pathlib import Path

RENEW = "PARTITA_RENEW_GOLDEN"
"""Set it to anything to write the golden files anew; then read the difference in version control."""


def assert_golden(text: str, path: Path) -> None:
    """Fails with a difference unless `path` holds `text`."""
    if os.environ.get(RENEW):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return
    assert path.is_file(), f"{path} does not exist; write it by running with {RENEW}=1"
    difference = compare_text(path.read_text(encoding="utf-8"), text, path.name)
    assert not difference, f"{difference}\n(renew with {RENEW}=1)"


def compare_text(golden: str, now: str, name: str = "golden") -> str:
    """A unified difference; empty when the texts are equal."""
    was, became = golden.splitlines(), now.splitlines()
    return "\n".join(difflib.unified_diff(was, became, f"{name} (golden)", f"{name} (now)", lineterm=""))
