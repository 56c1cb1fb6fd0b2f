"""What a command answers when it will not do a thing. Exceptions carry data; text is made at the edge."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as slot
from typing import Any

from partita.base.frozen import FrozenMap


@dataclass(frozen=True, slots=True)
class Problem:
    """One refused thing: a code of the catalogue, its parameters, and where on the record it stands.

    `field` is a path on the form: `wanted_by`, `lines.3.qty` (row by its position), or empty for the whole record.
    `level` is `error` (blocks) or `warn` (blocks until confirmed) or `info`.
    """

    code: str
    field: str = ""
    params: Mapping[str, Any] = slot(default_factory=FrozenMap)
    level: str = "error"
    say: Mapping[str, str] | None = None


class PartitaError(Exception):
    """The root of errors that an edge turns into an answer."""


class Refused(PartitaError):
    """The record's rules refuse the command (HTTP 422): hidden, required, read-only, checks, guards, types."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.code} {p.field}".strip() for p in problems))
        self.problems = problems


class Denied(PartitaError):
    """The actor has no right (HTTP 403); `what` names it for the «why» page."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.problem = Problem(code, params=FrozenMap(params))


class NotFound(PartitaError):
    """No such record for this actor (HTTP 404): absent and unreadable look the same."""


class Conflict(PartitaError):
    """The record was changed meanwhile (HTTP 409).

    `theirs`: field → value now; `changed`: fields that both sides touched.
    """

    def __init__(self, version: int, changed: tuple[str, ...], theirs: Mapping[str, Any], by: str, at: Any) -> None:
        super().__init__(f"changed to version {version}")
        self.version, self.changed, self.theirs, self.by, self.at = version, changed, theirs, by, at


class StaleRevision(PartitaError):
    """The configuration was replaced during the request; the edge replays it on the new one."""


class Unavailable(PartitaError):
    """The store cannot serve just now (HTTP 503): busy, disk full, database gone."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.problem = Problem(code, params=FrozenMap(params))
