"""Who is calling: the counterparty's card by phone in any spelling, e-mail, tax number, or part of a name.

Its people are looked through as well: cards of books that belong to it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from partita.base.frozen import FrozenMap
from partita.base.text import fold
from partita.model.layout import SortKey
from partita.runtime.access.rights import READ
from partita.runtime.codecs.phone import digits, read_phone
from partita.runtime.compiled.blueprint import Blueprint
from partita.runtime.context import Context
from partita.runtime.queries import gate
from partita.runtime.queries.gate import Filter
from partita.runtime.queries.lists import is_seen
from partita.runtime.queries.shown import show_value
from partita.runtime.search.finder import Hit, find_text
from partita.runtime.values.work import Work
from partita.runtime.words.stems import other_layout, readings, words_of, words_of_phone

DETAILS = ("region", "phone", "email", "inn", "bin")
MATCHED = frozenset(("phone", "email", "code"))
ALIKE = 70
MOST_TITLES = 100_000
"""How many names a misspelt one is compared with, and how like it must be (of 100)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """`matched`: the phone, e-mail or code that was recognised. `via…`: the person through whom it was found.
    `details`: field → text. `open_requests`: registered, not done and not cancelled, as far as the reader sees them."""

    id: int
    title: str
    matched: str = ""
    via: str = ""
    via_id: int | None = None
    via_type: str = ""
    details: Mapping[str, str] = FrozenMap()
    open_requests: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    id: int
    matched: str = ""
    via: Hit | None = None


def identify(ctx: Context, counterparty_type: str, text: str, limit: int = 10) -> tuple[Candidate, ...]:
    """Best first; each counterparty once."""
    blueprint = ctx.blueprint(counterparty_type)
    if not text.strip() or not ctx.rights.may(counterparty_type, READ):
        return ()
    with ctx.runtime.db.read() as conn:
        work = Work(ctx, conn)
        found = _by_words(work, blueprint, text, limit) or _by_words(work, blueprint, other_layout(text), limit)
        found = found or _alike(work, blueprint, text, limit)
        return tuple(_candidates(work, blueprint, found))


def _by_words(work: Work, blueprint: Blueprint, text: str, limit: int) -> list[_Found]:
    """The counterparty's own words first, then those of its people."""
    through, asked = people_of(work.ctx, blueprint), readings(text)
    own = find_text(work, text, (blueprint.name,), limit)
    found = {hit.id: _Found(hit.id, _matched(work, blueprint, hit.id, asked)) for hit in own}
    for hit in find_text(work, text, tuple(through), limit * 3):
        owner = work.lookup.read(hit.type, hit.id, through[hit.type])
        if owner is not None and owner not in found:
            person = work.runtime.blueprint(hit.type)
            found[owner] = _Found(owner, _matched(work, person, hit.id, asked), hit)
    return list(found.values())[:limit]


def people_of(ctx: Context, blueprint: Blueprint) -> dict[str, str]:
    """Books whose cards belong to a counterparty: type → the link field that says whose."""
    tabs = blueprint.type.related.values()
    books = {t.type.qualified: t.by for t in tabs if ctx.runtime.model.type_of(t.type).kind == "reference_book"}
    return {name: by for name, by in books.items() if ctx.rights.may(name, READ) and is_seen(ctx, name, by)}


def _matched(work: Work, blueprint: Blueprint, record_id: int, asked: tuple[tuple[str, ...], ...]) -> str:
    """The phone, e-mail or code by which it was found, as people read it."""
    for name, plan in blueprint.fields.items():
        if plan.field.type in MATCHED and plan.field.own and is_seen(work.ctx, blueprint.name, name):
            value = work.lookup.read(blueprint.name, record_id, name)
            held = set(words_of_phone(value) if plan.field.type == "phone" else words_of(value)) if value else set()
            if held and any(_all_begin(words, held) for words in asked):
                return plan.codec.display(value, plan.field, work.ctx.locale)
    return ""


def _all_begin(words: tuple[str, ...], held: set[str]) -> bool:
    return all(any(h.startswith(word) for h in held) for word in words)


def _alike(work: Work, blueprint: Blueprint, text: str, limit: int) -> list[_Found]:
    """Misspelt names: the most alike titles."""
    if _is_dialled(text):
        return []
    question = gate.ask(work, blueprint.name, columns=("title",), sort=(SortKey("id"),), limit=MOST_TITLES)
    titles = {row["id"]: fold(row.get("title") or "") for row in gate.select(work, question).rows}
    best = process.extract(fold(text), titles, scorer=fuzz.WRatio, limit=limit, score_cutoff=ALIKE)
    return [_Found(record_id) for _, _, record_id in best]


def _candidates(work: Work, blueprint: Blueprint, found: Iterable[_Found]) -> Iterator[Candidate]:
    found = list(found)
    titles = gate.titles(work, blueprint.name, (f.id for f in found))
    for one in (f for f in found if f.id in titles):
        yield Candidate(
            id=one.id, title=titles[one.id], matched=one.matched, via=one.via.title if one.via else "",
            via_id=one.via.id if one.via else None, via_type=one.via.type if one.via else "",
            details=FrozenMap(_details(work, blueprint, one.id)), open_requests=count_open(work, blueprint, one.id),
        )  # fmt: skip


def _details(work: Work, blueprint: Blueprint, record_id: int) -> Iterator[tuple[str, str]]:
    asked = tuple(n for n in DETAILS if n in blueprint.fields and is_seen(work.ctx, blueprint.name, n))
    question = gate.ask(work, blueprint.name, columns=asked, conditions=(Filter("id", "eq", (record_id,)),), limit=1)
    for row in gate.select(work, question).rows:
        for name in asked:
            if row.get(name) not in (None, ()):
                yield name, row.get(f"{name}.title") or show_value(work, blueprint.fields[name], row[name])


def count_open(work: Work, blueprint: Blueprint, record_id: int) -> int:
    """Requests of all types about this counterparty that are not at their end."""
    return sum(
        _count(work, name, record_id)
        for name, record_type in work.runtime.model.types.items()
        if record_type.counterparty is not None and record_type.counterparty.qualified == blueprint.name
    )


def _count(work: Work, type_name: str, counterparty: int) -> int:
    if not work.rights.may(type_name, READ) or not is_seen(work.ctx, type_name, "counterparty"):
        return 0
    scheme = work.runtime.blueprint(type_name).scheme
    states = tuple(s.name for s in scheme.states.values() if s.category not in ("done", "cancelled")) if scheme else ()
    mine, going = Filter("counterparty", "eq", (counterparty,)), Filter("state", "in", states)
    conditions = (mine, going) if is_seen(work.ctx, type_name, "state") else (mine,)
    return gate.count(work, gate.ask(work, type_name, conditions=conditions), 100).value


def prefill(ctx: Context, type_name: str, text: str) -> Mapping[str, Any]:
    """Values for a new card out of what was typed: a phone, an e-mail, a tax number, else the name."""
    blueprint, typed = ctx.blueprint(type_name), text.strip()
    kind = "phone" if read_phone(typed) else "email" if "@" in typed else "code" if typed.isdigit() else ""
    for name, plan in blueprint.fields.items() if kind else ():
        checked = kind != "code" or plan.field.format not in ("", "none")
        value = plan.codec.normalise(typed, plan.field) if plan.field.type == kind and checked else None
        if isinstance(value, str):
            return FrozenMap({name: value})
    return FrozenMap({} if _is_dialled(typed) else _name(blueprint, typed))


def _is_dialled(text: str) -> bool:
    return len(digits(text)) > len(text) // 2


def _name(blueprint: Blueprint, typed: str) -> dict[str, str]:
    texts = [f.name for f in blueprint.type.own_fields() if f.type in ("text", "person_name")]
    name = "name" if "name" in texts else texts[0] if texts else ""
    return {name: typed} if name and typed else {}
