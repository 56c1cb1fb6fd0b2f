"""The Model as plain JSON and back; its digest names a revision."""

import hashlib
import json
from typing import Any

from partita.base.plain import from_plain, to_plain
from partita.model.model import Model


def dump(model: Model) -> dict[str, Any]:
    """Plain JSON data, the same for the same declarations whatever the order of files."""
    plain: dict[str, Any] = to_plain(model)
    return plain


def load(plain: dict[str, Any]) -> Model:
    """The Model that `dump` wrote."""
    loaded: Model = from_plain(Model, plain)
    return loaded


def text(model: Model) -> str:
    """The dump as one canonical text; keys are not sorted, since the order of fields and columns carries meaning."""
    return json.dumps(dump(model), ensure_ascii=False, separators=(",", ":"))


def digest(model: Model) -> str:
    """SHA-256 of the canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(text(model).encode()).hexdigest()
