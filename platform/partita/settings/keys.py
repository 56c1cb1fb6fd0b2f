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
    expected_ru: str
    expected_en: str
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
        "адрес sqlite:///путь или postgresql://…",
        "an address sqlite:///path or postgresql://…",
        secret=True,
    ),
    Key("storage.dir", "storage_dir", "var/files", values.path, "путь к папке", "a path to a folder"),
    Key(
        "packs",
        "packs",
        [str(shipped("metadata")), str(shipped("vertical_solutions"))],
        values.packs,
        "список папок или имён пакетов",
        "a list of folders or names of packs",
    ),
    Key("host", "host", "127.0.0.1", values.text, "имя или адрес узла", "a host name or address"),
    Key("port", "port", 8000, values.integer(1, 65535), "число от 1 до 65535", "a number from 1 to 65535"),
    Key(
        "base_url",
        "base_url",
        "",
        values.web_address,
        "адрес вида https://partita.example.org",
        "an address like https://partita.example.org",
    ),
    Key("language", "language", "ru", values.one_of(*LANGUAGES), "ru, en или kk", "ru, en or kk"),
    Key(
        "timezone",
        "timezone",
        "Europe/Moscow",
        values.zone,
        "часовой пояс вида Asia/Almaty",
        "a time zone like Asia/Almaty",
    ),
    Key("session.idle_minutes", "session_idle", 480, values.minutes, "целое число минут", "a whole number of minutes"),
    Key(
        "session.lifetime_minutes",
        "session_lifetime",
        20160,
        values.minutes,
        "целое число минут",
        "a whole number of minutes",
    ),
    Key("workers", "workers", 1, values.integer(1, 64), "число от 1 до 64", "a number from 1 to 64"),
    Key("log_format", "log_format", "text", values.one_of("text", "json"), "text или json", "text or json"),
)
BY_KEY = {key.key: key for key in KEYS}
SECTIONS = {key.key.split(".")[0] for key in KEYS if "." in key.key}
