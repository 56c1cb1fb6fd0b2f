"""Malformed and hostile files of `golden/bad`, each compiled beside the small good pack of `golden/base`."""

import re
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"
BAD = sorted((GOLDEN / "bad").glob("*.yaml"))
PACK = "pack: bad\nversion: 1.0.0\nrequires: {base: '>=1,<2'}\n"

_PART = re.compile(r"^# file: (\S+)\n", re.MULTILINE)


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="surrogateescape")


def good_sources() -> dict[str, str]:
    return {f"base/{path.name}": read(path) for path in (GOLDEN / "base").glob("*.yaml")}


def sources_of(path: Path) -> dict[str, str]:
    """The good pack, a pack `bad` that requires it, and the bad file. A line `# file: NAME` begins a file of its own;
    a name without a folder lies in the pack `bad`."""
    sources = good_sources() | {"bad/pack.yaml": PACK}
    first, *parts = _PART.split(read(path))
    if not parts:
        return sources | {"bad/bad.yaml": first}
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        sources[name if "/" in name else f"bad/{name}"] = text
    return sources
