"""What the server is told about its surroundings."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class WebConfig:
    """`themes`: theme folders, the first that has a file wins; the last is the default theme.

    `secure`: people reach the server by https (cookies get the `__Host-` prefix, browsers are told to stay on https).
    `trusted_origins`: other origins whose forms are accepted, like `https://portal.example`.
    `demo`: sign-ins shown on the sign-in page of a demo base: login, password, words.
    `poll`: how often a new configuration is looked for; `threads`: how many requests work at once.
    """

    themes: tuple[Path, ...]
    product: str = "Партита"
    language: str = "ru"
    secure: bool = False
    trusted_origins: frozenset[str] = frozenset()
    demo: tuple[tuple[str, str, str], ...] = ()
    max_form: int = 2 * 2**20
    max_upload: int = 512 * 2**20
    poll: float = 1.0
    threads: int = 16
    body_pause: timedelta = field(default=timedelta(seconds=30))

    @property
    def session_cookie(self) -> str:
        return "__Host-sid" if self.secure else "sid"
