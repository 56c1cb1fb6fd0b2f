"""Every setting there is: its key in config.yaml, its default, how it is read and what is expected of it."""

from dataclasses import dataclass
from typing import Any

from partita.base.text import LANGUAGES
from partita.settings import values
from partita.settings.places import shipped


@dataclass(frozen=True, slots=True)
class Key:
    """`field` is the attribute of Settings; a secret may also come in a file named by `PARTITA_…_FILE`."""

    key: str
    field: str
    default: Any
    read: values.Read
    expected: str
    secret: bool = False

    @property
    def variable(self) -> str:
        return "PARTITA_" + self.key.replace(".", "_").upper()


KEYS = (
    Key(
        "database.url",
        "database_url",
        "sqlite:///var/partita.db",
        values.database,
        "sqlite:///… | postgresql://…",
        secret=True,
    ),
    Key("storage.dir", "storage_dir", "var/files", values.path, "var/files"),
    Key(
        "packs",
        "packs",
        [str(shipped("metadata")), str(shipped("vertical_solutions"))],
        values.packs,
        "[base, requests, ./our_pack]",
    ),
    Key("host", "host", "127.0.0.1", values.text, "127.0.0.1"),
    Key("port", "port", 8000, values.integer(1, 65535), "1…65535"),
    Key("base_url", "base_url", "", values.web_address, "https://partita.example.org"),
    Key("language", "language", "ru", values.one_of(*LANGUAGES), " | ".join(LANGUAGES)),
    Key("timezone", "timezone", "Europe/Moscow", values.zone, "Asia/Almaty"),
    Key("session.idle_minutes", "session_idle", 480, values.minutes, "1…525600"),
    Key("session.lifetime_minutes", "session_lifetime", 20160, values.minutes, "1…525600"),
    Key("workers", "workers", 1, values.integer(1, 64), "1…64"),
    Key("log_format", "log_format", "text", values.one_of("text", "json"), "text | json"),
)
BY_KEY = {key.key: key for key in KEYS}
SECTIONS = {key.key.split(".")[0] for key in KEYS if "." in key.key}
