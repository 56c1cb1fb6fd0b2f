"""Opens everything that roles may open: lists, cards with tabs and dialogs, forms of new records, choices of links.

Each function yields what failed, in words; nothing is written.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from partita.model.record_type import RecordType
from partita.runtime.context import Actor, Context
from partita.runtime.queries import cards, history, links, lists, related, talk
from partita.runtime.queries.cards import RecordView
from partita.runtime.records import forms
from partita.testing.bench import Bench

SOME = 3
"""Records of each type that are opened for each role."""


def failed_lists(bench: Bench, pack: str) -> Iterator[str]:
    """Every list of every type, for every role of `pack` that may read the type."""
    for ctx, record_type in open_types(bench, pack, "read"):
        for view in record_type.lists:
            request = lists.ListRequest(view=view, limit=5)
            place = f"{ctx.actor.login}: {record_type.name}, list {view}"
            yield from _failure(place, partial(_open_list, ctx, record_type, request))


def failed_forms(bench: Bench, pack: str) -> Iterator[str]:
    """The form of a new record of every type, for every role of `pack` that may create one; and its choices."""
    for ctx, record_type in open_types(bench, pack, "create"):
        place = f"{ctx.actor.login}: {record_type.name}, a new record"
        yield from _failure(place, partial(_open_form, ctx, record_type))


def failed_cards(bench: Bench, pack: str) -> Iterator[str]:
    """Some records of every type as every role of `pack` sees them: card, tabs, history, and each dialog offered."""
    for ctx, record_type in open_types(bench, pack, "read"):
        for row in lists.list_records(ctx, record_type.name, lists.ListRequest(limit=SOME)).rows:
            place = f"{ctx.actor.login}: {record_type.name} «{row['title']}»"
            yield from _failure(place, partial(_open_card, ctx, record_type, row["id"]))


def open_types(bench: Bench, pack: str, command: str) -> Iterator[tuple[Context, RecordType]]:
    """Every role of `pack` with every record type on which it may do `command`."""
    model = bench.runtime.model
    for role in model.roles.values():
        if role.ref.pack == pack:
            actor = Actor(1, role.ref.name, role.ref.name, None, frozenset((role.ref.qualified,)))
            ctx = bench.engine.context(actor)
            yield from ((ctx, t) for t in model.types.values() if lists.may(ctx, t.name, command))


def _failure(place: str, act: Callable[[], Any]) -> Iterator[str]:
    """Whatever goes wrong is a finding: the check tells all of them at once."""
    try:
        act()
    except Exception as error:
        yield f"{place}: {error!r}"


def _open_list(ctx: Context, record_type: RecordType, request: lists.ListRequest) -> None:
    lists.list_records(ctx, record_type.name, request)
    lists.count_records(ctx, record_type.name, request)


def _open_form(ctx: Context, record_type: RecordType) -> None:
    state = forms.evaluate(ctx, record_type.name, {})
    for field in state.fields.values():
        stuck = field.visible and field.required and field.read_only and field.value is None
        assert not stuck, f"{field.name} is required, read-only and empty"
        if field.visible and not field.read_only and field.field.type in ("link", "links", "user"):
            links.link_options(ctx, record_type.name, field.name, state.values, limit=SOME)


def _open_card(ctx: Context, record_type: RecordType, record_id: int) -> None:
    card = cards.read_record(ctx, record_type.name, record_id)
    related.count_related(ctx, record_type.name, record_id)
    history.read_history(ctx, record_type.name, record_id)
    talk.read_comments(ctx, record_type.name, record_id)
    for purpose in _purposes(card):
        forms.evaluate(ctx, record_type.name, {}, record=card, purpose=purpose)


def _purposes(card: RecordView) -> Iterator[str]:
    yield "read"
    if card.can.change:
        yield "change"
    yield from (f"transition:{offer.name}" for offer in card.transitions if offer.enabled)
    if card.can.decide:
        yield from (f"decide:{offer.name}" for offer in card.decisions)
