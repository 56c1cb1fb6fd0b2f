"""The shape of one message of the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Message:
    """`ru`/`en` end with a full stop; `{name}` are holes filled from the finding's params; `fix_*` say what to do."""

    code: str
    ru: str
    en: str
    fix_ru: str = ""
    fix_en: str = ""
    severity: Literal["error", "warning", "hint"] = "error"

    def text(self, language: str, params: Mapping[str, Any]) -> str:
        return _fill(self.ru if language != "en" else self.en, params)

    def remedy(self, language: str, params: Mapping[str, Any]) -> str:
        return _fill(self.fix_ru if language != "en" else self.fix_en, params)


def _fill(template: str, params: Mapping[str, Any]) -> str:
    return template.format_map({name: _short(value) for name, value in params.items()})


def _short(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, tuple | list | frozenset | set) else str(value)
    text = "".join(c if c.isprintable() else " " for c in text)
    return text if len(text) <= 200 else text[:197] + "…"
