"""Builds what the browser gets from others' packages and from several files of ours: `themes/*/static/vendor`.

Files are named by their content and kept for ever by browsers; `manifest.json` gives the name and the integrity hash.
Nothing of it is committed: each vendor folder ignores itself.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools import font, node
from tools.phases import Stopped, fail, phase
from tools.places import NODE_MODULES, ROOT, fingerprint, read_stamp

THEMES = ROOT / "themes"
DEFAULT_THEME = "default"
PACKED = {".css", ".js", ".svg", ".json"}


def main() -> int:
    try:
        ensure(with_tests="--with-tests" in sys.argv[1:])
    except Stopped as error:
        return fail(error)
    return 0


def ensure(with_tests: bool = False) -> None:
    node.install(with_tests)
    for theme in sorted(path for path in THEMES.glob("*") if (path / "static").is_dir()):
        ensure_theme(theme)


def ensure_theme(theme: Path) -> None:
    digest = fingerprint(_sources(theme))
    vendor = theme / "static" / "vendor"
    stamp = vendor / ".stamp"
    if read_stamp(stamp) == digest:
        return
    with phase(f"browser assets of theme {theme.name}"):
        fresh = vendor.with_name("vendor.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        (fresh / ".gitignore").write_text("*\n", encoding="utf-8")
        build(theme, Folder(fresh))
        (fresh / stamp.name).write_text(digest, encoding="utf-8")
        shutil.rmtree(vendor, ignore_errors=True)
        fresh.rename(vendor)


def _sources(theme: Path) -> list[Path]:
    own = [*_styles(theme), *theme.glob("icons.txt")]
    tools = [ROOT / "tools" / "assets.py", ROOT / "tools" / "font.py"]
    return [*own, *tools, ROOT / "package.json", ROOT / "package-lock.json"]


def _styles(theme: Path) -> list[Path]:
    return sorted((theme / "static" / "css").glob("*.css"))


@dataclass
class Folder:
    """The vendor folder being filled: every file under a name that holds the hash of its content."""

    path: Path
    manifest: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, name: str, content: bytes) -> str:
        stem, extension = name.rsplit(".", 1)
        hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{extension}"
        (self.path / hashed).write_bytes(content)
        if f".{extension}" in PACKED:
            (self.path / f"{hashed}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
        integrity = "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()
        self.manifest[name] = {"file": hashed, "integrity": integrity}
        return hashed

    def finish(self, licences: str) -> None:
        text = json.dumps(dict(sorted(self.manifest.items())), indent=2)
        (self.path / "manifest.json").write_text(text + "\n", encoding="utf-8")
        if licences:
            (self.path / "LICENSES.txt").write_text(licences, encoding="utf-8")


def build(theme: Path, folder: Folder) -> None:
    """The default theme carries the packages; another theme adds its own styles and icons."""
    listed = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["assets"]
    carries = theme.name == DEFAULT_THEME
    if carries:
        for name, source in listed["copy"].items():
            folder.add(name, _package_file(source).read_bytes())
        for name, source in listed["font"].items():
            folder.add(name, font.subset(_package_file(source)))
    if (theme / "icons.txt").is_file():
        for name, source in listed["icons"].items():
            folder.add(name, sprite(_icon_names(theme / "icons.txt"), NODE_MODULES / source))
    if _styles(theme):
        folder.add("partita.css", style_sheet(_styles(theme), folder.manifest))
    folder.finish(_licences(listed["licences"]) if carries else "")


def _package_file(source: str) -> Path:
    path = NODE_MODULES / source
    if not path.is_file():
        raise Stopped(f"package.json lists {source}, and the package has no such file")
    return path


def _icon_names(path: Path) -> list[str]:
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return sorted({line for line in lines if line})


def sprite(names: list[str], icons: Path) -> bytes:
    """One file of `<symbol id="name">`; stroke and size belong to the style sheet."""
    absent = [name for name in names if not (icons / f"{name}.svg").is_file()]
    if absent:
        raise Stopped(f"icons.txt names icons that Lucide does not have: {', '.join(absent)}")
    symbols = "".join(_symbol(name, (icons / f"{name}.svg").read_text(encoding="utf-8")) for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'.encode()


def _symbol(name: str, svg: str) -> str:
    inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)
    if inner is None:
        raise Stopped(f"the icon {name} is not an SVG file")
    children = re.sub(r"\s*\n\s*", "", inner[1])
    return f'<symbol id="{name}" viewBox="0 0 24 24">{children}</symbol>'


def style_sheet(styles: list[Path], manifest: Mapping[str, Mapping[str, str]]) -> bytes:
    """All style files in the order of their names, without comments, with vendor files under their hashed names."""
    text = "".join(path.read_text(encoding="utf-8") for path in styles)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\n\s*\n+", "\n", text)

    def hashed(match: re.Match[str]) -> str:
        known: Any = manifest.get(match[1])
        return f'url("{known["file"]}")' if known else match[0]

    return re.sub(r"url\([\"']?([^\"')]+)[\"']?\)", hashed, text).encode()


def _licences(listed: Mapping[str, str]) -> str:
    return "\n".join(_licence_parts(listed))


def _licence_parts(listed: Mapping[str, str]) -> Iterator[str]:
    for name, source in listed.items():
        yield f"{name}\n{'=' * len(name)}\n\n{_package_file(source).read_text(encoding='utf-8').strip()}\n\n"


if __name__ == "__main__":
    sys.exit(main())
