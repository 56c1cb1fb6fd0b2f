"""How long and how much a connection may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that a statement may run and a lock may be waited for; connections kept per kind of use."""

    statement_seconds: float = 15.0
    lock_seconds: float = 5.0
    connections: int = 16
    spare_connections: int = 24
