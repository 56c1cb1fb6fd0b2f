"""Prover of state schemes: every state can be reached and left for good, every transition can be fired by somebody."""

from collections.abc import Iterator, Mapping

from partita.base.diagnostics import Diagnostic
from partita.base.frozen import FrozenMap
from partita.base.refs import Address, Ref
from partita.base.source import Span
from partita.formulas.program import Program
from partita.model.model import Model
from partita.model.record_type import RecordType
from partita.model.states import StateScheme, Transition

Steps = dict[str, set[str]]
FINAL = ("done", "cancelled")


def check(model: Model, program: Program, origins: Mapping[str, Span]) -> Iterator[Diagnostic]:
    for scheme in model.schemes.values():
        yield from _check_reachable(scheme, origins)
        yield from _check_exits(scheme, origins)
        yield from _check_actions(scheme, model, origins)
        yield from _check_flags(scheme, origins)


def steps(scheme: StateScheme) -> Steps:
    """State → states that a transition can lead to."""
    found: Steps = {name: set() for name in scheme.states}
    for transition in scheme.transitions.values():
        for source in transition.sources:
            if transition.target != "same":
                found[source].add(transition.target)
    return found


def paths_from(start: str, graph: Steps) -> dict[str, tuple[str, ...]]:
    """Every state that can be reached from `start`, with a shortest path to it."""
    paths: dict[str, tuple[str, ...]] = {start: (start,)}
    waiting = [start]
    while waiting:
        here = waiting.pop(0)
        for there in sorted(graph[here]):
            if there not in paths:
                paths[there] = (*paths[here], there)
                waiting.append(there)
    return paths


def _finding(
    code: str, scheme: StateScheme, path: tuple[str, ...], origins: Mapping[str, Span], **params: object
) -> Diagnostic:
    address = str(Address(scheme.ref, path))
    span = origins.get(address) or origins.get(str(scheme.ref))
    return Diagnostic(code, span, FrozenMap({"scheme": scheme.ref.name, **params}), address=address)


def _check_reachable(scheme: StateScheme, origins: Mapping[str, Span]) -> Iterator[Diagnostic]:
    reached = paths_from(scheme.initial, steps(scheme))
    for name in scheme.states:
        if name not in reached:
            yield _finding(
                "P001",
                scheme,
                ("states", name),
                origins,
                state=name,
                initial=scheme.initial,
                reached=", ".join(reached),
            )


def _check_exits(scheme: StateScheme, origins: Mapping[str, Span]) -> Iterator[Diagnostic]:
    graph = steps(scheme)
    reached = paths_from(scheme.initial, graph)
    final = {name for name, state in scheme.states.items() if state.category in FINAL}
    for name, state in scheme.states.items():
        if name in final or name not in reached:
            continue
        way = " → ".join(reached[name])
        onward = paths_from(name, graph)
        if len(onward) == 1:
            yield _finding("P002", scheme, ("states", name), origins, state=name, category=state.category, way=way)
        elif final and not final & onward.keys():
            trapped = ", ".join(sorted(onward))
            yield _finding("P003", scheme, ("states", name), origins, state=name, way=way, trapped=trapped)


def _check_flags(scheme: StateScheme, origins: Mapping[str, Span]) -> Iterator[Diagnostic]:
    for state in scheme.states.values():
        for field, flags in state.flags.items():
            demands = [flag for flag in ("required", "ask", "must_change") if flag in flags]
            if "hidden" in flags and demands:
                reason = f"[hidden, {', '.join(demands)}]"
                path = ("states", state.name, "flags", field)
                yield _finding("P013", scheme, path, origins, field=field, state=state.name, reason=reason)


def _check_actions(scheme: StateScheme, model: Model, origins: Mapping[str, Span]) -> Iterator[Diagnostic]:
    moved = {action.move for t in scheme.transitions.values() for action in t.do} | _moved_by_decisions(scheme, model)
    for name, transition in scheme.transitions.items():
        if transition.fires == "only_by_action" and name not in moved:
            yield _finding("P005", scheme, ("transitions", name), origins, transition=name)
        elif transition.fires == "by_hand":
            yield from _check_people(scheme, transition, model, origins)


def _moved_by_decisions(scheme: StateScheme, model: Model) -> set[str]:
    catalogs = [
        catalog
        for record_type in model.types.values()
        if record_type.states == scheme.ref and (catalog := model.catalog_of(record_type))
    ]
    return {a.move for catalog in catalogs for decision in catalog.decisions.values() for a in decision.do}


def _check_people(
    scheme: StateScheme, transition: Transition, model: Model, origins: Mapping[str, Span]
) -> Iterator[Diagnostic]:
    for record_type in model.types.values():
        if record_type.states != scheme.ref:
            continue
        granted = {
            role.ref
            for role in model.roles.values()
            for grant in role.grants
            if grant.type == record_type.ref and transition.name in grant.transitions
        }
        if not granted:
            yield _nobody("P004", scheme, transition, record_type, origins)
        elif transition.allow and not _somebody(transition, granted):
            allowed = ", ".join(sorted(who.role.name for who in transition.allow if who.role))
            names = ", ".join(sorted(ref.name for ref in granted))
            yield _nobody("P006", scheme, transition, record_type, origins, granted=names, allowed=allowed)


def _nobody(
    code: str,
    scheme: StateScheme,
    transition: Transition,
    record_type: RecordType,
    origins: Mapping[str, Span],
    **params: str,
) -> Diagnostic:
    path = ("transitions", transition.name)
    return _finding(code, scheme, path, origins, transition=transition.name, type=record_type.name, **params)


def _somebody(transition: Transition, granted: set[Ref]) -> bool:
    """A person named by a field may hold any role, so only a list of nothing but other roles excludes everybody."""
    return any(who.kind != "role" or who.role in granted for who in transition.allow)
