"""What can be done with a record now: transitions, decision, edit, registration, deletion, by weight."""

from dataclasses import dataclass

from partita.model.record_type import RecordType
from partita.model.states import StateScheme
from partita.runtime.queries.cards import RecordView
from partita.screens.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """`kind`: transition, decide, edit, register, delete. `asks`: needs a dialog before it is done.
    `why`: what to do first, when it cannot be done now. `tone`: primary, danger, plain (never the main one)
    or empty."""

    kind: str
    label: str
    name: str = ""
    asks: bool = False
    why: str = ""
    tone: str = ""


def arrange_actions(view: View, record_type: RecordType, record: RecordView) -> tuple[Action, ...]:
    """The first is the main one; impossible ones follow the possible."""
    t = view.t
    made: list[Action] = []
    if record.can.register:
        made.append(Action(kind="register", label=t("action.register"), tone="primary"))
    if record.can.decide and record.decisions:
        made.append(Action(kind="decide", label=t("action.decide"), asks=True))
    made.extend(_transitions(view, record_type, record))
    if record.values.get("decision"):
        made = [_again(view, action) if action.kind == "decide" else action for action in made]
    made = sorted(_with_main(made), key=lambda action: (action.tone != "primary", action.tone == "plain"))
    if record.can.change:
        made.append(Action(kind="edit", label=t("action.edit")))
    if record.can.delete:
        made.append(Action(kind="delete", label=t("action.delete"), asks=True, tone="danger"))
    return tuple(made)


def _transitions(view: View, record_type: RecordType, record: RecordView) -> list[Action]:
    scheme = view.model.scheme_of(record_type)
    offers = sorted(record.transitions, key=lambda o: (not o.enabled, o.category == "cancelled", o.category != "done"))
    return [
        Action(
            kind="transition",
            name=offer.name,
            label=offer.label,
            asks=asks_fields(scheme, offer.name, offer.target),
            why="" if offer.enabled else "; ".join(offer.why) or view.t("action.not_now"),
            tone="danger" if offer.category == "cancelled" else "",
        )
        for offer in offers
    ]


def asks_fields(scheme: StateScheme | None, name: str, target: str) -> bool:
    """Whether the transition, or the state it leads to, asks for values."""
    if scheme is None:
        return False
    state = scheme.states.get(target)
    flags = {flag for given in state.flags.values() for flag in given} if state else set()
    return bool(scheme.transitions[name].ask) or bool(flags & {"ask", "must_change", "required"})


def _with_main(actions: list[Action]) -> list[Action]:
    """One primary button: the decision or the first possible transition that does not cancel."""
    main = next((a for a in actions if not a.why and not a.tone), None)
    return [_as_main(a) if a is main else a for a in actions]


def _again(view: View, action: Action) -> Action:
    """A decision that was taken may be taken anew, but it is not what the record waits for."""
    return Action(kind=action.kind, label=view.t("action.decide_again"), asks=True, tone="plain")


def _as_main(action: Action) -> Action:
    return Action(kind=action.kind, name=action.name, label=action.label, asks=action.asks, tone="primary")
