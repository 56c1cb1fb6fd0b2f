"""Text in its kinds: one line, many lines, names, postal and e-mail addresses, links to pages."""

from typing import Any
from urllib.parse import urlsplit

from partita.base.errors import Problem
from partita.base.frozen import FrozenMap
from partita.model.field import Field
from partita.runtime.codecs.codec import Codec, clean, misfit

DEFAULT_LENGTH = 500
LONGEST = 100_000


class TextCodec(Codec):
    """One line: blanks inside are single, ends are trimmed, empty text is None."""

    default_length = DEFAULT_LENGTH

    def normalise(self, value: Any, field: Field) -> Any:
        if value is None:
            return None
        if not isinstance(value, str):
            return misfit(value, "не текст", "not text")
        text = self.trim(clean(value))
        return self.judge(text, field) if text else None

    def from_json(self, data: Any, field: Field) -> Any:
        text = str(data) if isinstance(data, int) and not isinstance(data, bool) else data
        return super().from_json(text, field)

    def trim(self, text: str) -> str:
        return " ".join(text.split())

    def judge(self, text: str, field: Field) -> Any:
        longest = field.length or self.default_length
        if len(text) > longest:
            return Problem("W010", params=FrozenMap({"length": len(text), "max": longest}))
        return text


class MultilineCodec(TextCodec):
    default_length = LONGEST

    def trim(self, text: str) -> str:
        return "\n".join(line.rstrip() for line in text.split("\n")).strip()


class EmailCodec(TextCodec):
    """One address: a local part, @, a domain with a dot; the domain in lower case."""

    def judge(self, text: str, field: Field) -> Any:
        local, at, domain = text.rpartition("@")
        labels = domain.split(".")
        sound = at and local and "@" not in local and len(labels) > 1 and all(labels) and " " not in text
        if not sound or len(text) > 254 or any(c in text for c in '<>,;"()'):
            return misfit(text, "не похоже на адрес почты; пример: ivanova@example.ru", "not an e-mail address")
        return super().judge(f"{local}@{domain.lower()}", field)


class UrlCodec(TextCodec):
    """http and https only: anything else in a link can run code in a browser."""

    default_length = 2000

    def judge(self, text: str, field: Field) -> Any:
        address = text if "://" in text or ":" in text.split("/")[0].split(".")[0] else f"https://{text}"
        try:
            parts = urlsplit(address)
            sound = parts.scheme.lower() in ("http", "https") and parts.hostname and " " not in address
            sound = sound and "." in (parts.hostname or "") and parts.port != 0
        except ValueError:
            sound = False
        if not sound:
            return misfit(text, "не похоже на адрес страницы; пример: https://example.ru", "not a web address")
        return super().judge(address, field)
