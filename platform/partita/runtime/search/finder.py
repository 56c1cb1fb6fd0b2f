"""Search over all records that the reader may see, best first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from partita.base.text import say
from partita.formulas.python import Env
from partita.runtime.access.rights import READ
from partita.runtime.access.rules import holds
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.context import Context
from partita.runtime.queries import gate
from partita.runtime.values.work import Work
from partita.runtime.words.body import readable_words
from partita.runtime.words.stems import other_layout, readings, words_of
from partita.storage import journal, rows, search_index

BATCH = 200
DEEPEST = 2000


@dataclass(frozen=True, slots=True)
class Hit:
    """`excerpt`: what kind of thing it is, in the reader's language."""

    type: str
    id: int
    title: str
    excerpt: str


def search(ctx: Context, text: str, types: Sequence[str] = (), limit: int = 50) -> tuple[Hit, ...]:
    """Records that hold all the words, the last of which may be only begun; what is typed in the wrong layout is found
    when nothing else is."""
    wanted = [name for name in types or ctx.rights.types() if name in ctx.runtime.model.types]
    open_types = [name for name in wanted if ctx.rights.may(name, READ)]
    with ctx.runtime.db.read() as conn:
        work = Work(ctx, conn)
        found = find_text(work, text, open_types, limit)
        return found or find_text(work, other_layout(text), open_types, limit)


def find_text(work: Work, text: str, types: Sequence[str], limit: int) -> tuple[Hit, ...]:
    """By every reading of the text, each record once."""
    hits = (hit for words in readings(text) for hit in find_words(work, words, types, limit))
    return tuple(dict.fromkeys(hits))[:limit]


def find_words(work: Work, words: tuple[str, ...], types: Sequence[str], limit: int) -> tuple[Hit, ...]:
    hits: list[Hit] = []
    if not words or not types:
        return ()
    for offset in range(0, DEEPEST, BATCH):
        found = search_index.find(work.conn, words, types=types, limit=BATCH, offset=offset)
        hits += _seen(work, words, [(f.type, f.id) for f in found])
        if len(hits) >= limit or len(found) < BATCH:
            break
    return tuple(hits[:limit])


def recent(ctx: Context, limit: int = 8) -> tuple[Hit, ...]:
    """Records that this user touched last, those that he still sees."""
    with ctx.runtime.db.read() as conn:
        work = Work(ctx, conn)
        touched = journal.recent(conn, ctx.actor.user_id, limit * 3)
        return tuple(_seen(work, (), touched))[:limit]


def _seen(work: Work, words: Sequence[str], places: Sequence[tuple[str, int]]) -> Iterator[Hit]:
    """In the given order, without what the reader may not see or could only have found by what is hidden from him."""
    titles: dict[tuple[str, int], str] = {}
    for name in dict.fromkeys(name for name, _ in places):
        if name in work.runtime.model.types and work.rights.may(name, READ):
            blueprint = work.runtime.blueprint(name)
            ids = tuple(i for n, i in places if n == name)
            seen = gate.titles(work, name, ids)
            titles.update({(name, i): t for i, t in seen.items() if _honest(work, blueprint, i, words)})
    for place in places:
        if place in titles:
            label = say(work.runtime.model.types[place[0]].label, work.ctx.language, place[0])
            yield Hit(*place, titles[place], label)


def _honest(work: Work, blueprint: Blueprint, record_id: int, words: Sequence[str]) -> bool:
    """The words stand in what this reader may see of the record."""
    if not words or not hides(work.ctx, blueprint):
        return True
    record = rows.fetch(work.conn, work.runtime.tables, blueprint.name, record_id) or {}
    env = work.env(blueprint, record, record)
    seen = [f for f in blueprint.searched if _holds(work, blueprint, f.name, env)]
    known = set(readable_words(work, seen, record))
    if holds(work.rights.title(blueprint.name, blueprint.title.reads), env):
        known.update(words_of(record.get("title") or ""))
    return _all_in(words, known)


def _holds(work: Work, blueprint: Blueprint, field: str, env: Env) -> bool:
    return holds(work.rights.field(blueprint.name, field, READ), env)


def _all_in(words: Sequence[str], known: Iterable[str]) -> bool:
    held = set(known)
    return all(w in held for w in words[:-1]) and any(w.startswith(words[-1]) for w in held)


def hides(ctx: Context, blueprint: Blueprint) -> bool:
    """Whether some of what the index holds of this type may be hidden from the reader."""
    rights, name = ctx.rights, blueprint.name
    fields = any(rights.field(name, f.name, READ) is not True for f in blueprint.searched)
    return fields or rights.title(name, blueprint.title.reads) is not True
