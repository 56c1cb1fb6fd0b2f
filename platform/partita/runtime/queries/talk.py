"""Comments on a record, oldest first."""

from dataclasses import dataclass
from datetime import datetime

from partita.runtime.context import Context
from partita.runtime.queries.history import open_env
from partita.runtime.values.work import Work
from partita.storage import comments


@dataclass(frozen=True, slots=True)
class Comment:
    id: int
    at: datetime
    user_name: str
    text: str


def read_comments(ctx: Context, type_name: str, record_id: int) -> tuple[Comment, ...]:
    blueprint = ctx.blueprint(type_name)
    with ctx.runtime.db.read() as conn:
        open_env(Work(ctx, conn), blueprint, record_id)
        found = comments.read(conn, blueprint.name, record_id)
    return tuple(Comment(c.id, c.at, c.user_name, c.text) for c in found)
