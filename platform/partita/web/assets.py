"""Files of the themes: addresses that never grow old, contents kept in memory."""

import gzip
import hashlib
import json
import mimetypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

FOREVER = "public, max-age=31536000, immutable"
PACKED = frozenset(("text/css", "text/javascript", "image/svg+xml", "application/json", "text/plain"))
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")


@dataclass(frozen=True, slots=True)
class Asset:
    content: bytes
    packed: bytes | None
    type: str


class Assets:
    """`url("vendor/partita.css")` goes by the manifest of built files; other files stand under a name of the whole set,
    so that modules which import each other by relative names are cached for ever too."""

    def __init__(self, themes: Sequence[Path]) -> None:
        self.files = {name: path for theme in reversed(themes) for name, path in _files(theme / "static")}
        self.built = {k: v for theme in reversed(themes) for k, v in _manifest(theme / "static" / "vendor").items()}
        self.version = _digest(self.files)
        self.kept: dict[str, Asset] = {}

    def url(self, name: str) -> str:
        if name in self.built:
            return f"/static/{self.built[name]}"
        if name not in self.files:
            raise LookupError(f"no theme has the file static/{name}")
        return f"/static/@{self.version}/{name}"

    def find(self, path: str) -> Asset | None:
        """The file behind an address made by `url`."""
        prefix, slash, rest = path.partition("/")
        name = rest if slash and prefix == f"@{self.version}" else path if prefix == "vendor" else ""
        if name not in self.kept and name in self.files:
            self.kept[name] = load(self.files[name])
        return self.kept.get(name)


def load(path: Path) -> Asset:
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = gzip.compress(content, 9, mtime=0) if kind in PACKED and len(content) > 500 else None
    return Asset(content, packed, kind)


class StaticFiles:
    """Answers from memory; knows only files that were there at the start, so no path can lead outside."""

    def __init__(self, assets: Assets) -> None:
        self.assets = assets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asset = self.assets.find(scope["path_params"]["path"])
        response = self.answer(asset, Headers(scope=scope)) if asset else PlainTextResponse("Not found", 404)
        await response(scope, receive, send)

    def answer(self, asset: Asset, headers: Headers) -> Response:
        packed = asset.packed if "gzip" in headers.get("accept-encoding", "") else None
        response = Response(packed or asset.content, media_type=asset.type)
        response.headers["Cache-Control"] = FOREVER
        if asset.packed:
            response.headers["Vary"] = "Accept-Encoding"
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        return response


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix not in {".gz", ""} and not path.name.startswith("."):
            yield path.relative_to(root).as_posix(), path


def _manifest(vendor: Path) -> dict[str, str]:
    path = vendor / "manifest.json"
    listed = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {f"vendor/{name}": f"vendor/{entry['file']}" for name, entry in listed.items()}


def _digest(files: dict[str, Path]) -> str:
    digest = hashlib.sha256()
    for name, path in sorted(files.items()):
        if not name.startswith("vendor/"):
            digest.update(name.encode() + path.read_bytes())
    return digest.hexdigest()[:10]
