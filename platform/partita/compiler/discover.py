"""Folders of packs into sources: file name (pack folder first) → text."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from partita.sources.characters import MAX_SIZE

PACK_FILE = "pack.yaml"


def read_packs(folders: Iterable[Path | str]) -> dict[str, str]:
    """All YAML of the packs in `folders`, each being a pack or holding packs. Names begin with the pack's folder:
    `requests/pack.yaml`. Bytes that are no UTF-8 are kept as surrogates, for the reader to point at."""
    return {name: _read(path) for name, path in locate(folders).items()}


def locate(folders: Iterable[Path | str]) -> dict[str, Path]:
    """Source name → the file on disk, sorted by name."""
    found: dict[str, Path] = {}
    taken: set[str] = set()
    for root in sorted({pack.resolve() for folder in folders for pack in _packs(Path(folder))}):
        prefix = _free(root.name, taken)
        taken.add(prefix)
        found |= {f"{prefix}/{path.relative_to(root).as_posix()}": path for path in _files(root)}
    return dict(sorted(found.items()))


def _packs(folder: Path) -> list[Path]:
    """A folder among packs that holds YAML without pack.yaml is taken for a pack too: it is told, not passed over."""
    if (folder / PACK_FILE).is_file() or not folder.is_dir():
        return [folder]
    inside = [child for child in sorted(folder.iterdir()) if child.is_dir() and not child.name.startswith(".")]
    if not any((child / PACK_FILE).is_file() for child in inside):
        return [folder]
    return [child for child in inside if any(_files(child))]


def _files(root: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            path = Path(folder, name)
            if name.endswith(".yaml") and not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield path


def _free(name: str, taken: set[str]) -> str:
    return next(n for n in (name, *(f"{name}~{number}" for number in range(2, 1000))) if n not in taken)


def _read(path: Path) -> str:
    """No more than the reader takes: what is larger is refused by its size anyway."""
    with path.open("rb") as file:
        return file.read(MAX_SIZE * 4 + 4).decode("utf-8", errors="surrogateescape")
