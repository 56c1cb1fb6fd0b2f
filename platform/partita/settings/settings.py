"""The settings of one installation, checked and complete."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Paths are absolute; `packs` are folders that are a pack or hold packs."""

    database_url: str
    storage_dir: Path
    packs: tuple[Path, ...]
    host: str
    port: int
    base_url: str
    language: str
    timezone: str
    session_idle: timedelta
    session_lifetime: timedelta
    workers: int
    log_format: str
