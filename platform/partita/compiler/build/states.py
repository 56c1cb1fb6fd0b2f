"""State schemes: flags of `like` are resolved, `from: any` is spelled out, effects are checked for circles."""

import re
from collections.abc import Iterator, Mapping

from partita.base.frozen import FrozenMap
from partita.compiler.build.builtin import RESERVED_STATES
from partita.compiler.build.field import check_renames
from partita.compiler.build.site import Site, Step
from partita.model.formula import Check
from partita.model.states import FLAGS, Action, State, StateScheme, Transition, Who

_WHO = re.compile(r"(?P<head>head_of\()?the\.(?P<field>\w+)\)?")
_TOGETHER = (
    {"hidden", "required"},
    {"hidden", "ask"},
    {"hidden", "must_change"},
    {"read_only", "editable"},
    {"read_only", "must_change"},
    {"read_only", "ask"},
    {"hidden", "editable"},
)
"""Pairs of flags that contradict each other."""


def build_scheme(site: Site) -> StateScheme:
    states = {name for name, _ in site.items("states")}
    for name in sorted(states & RESERVED_STATES):
        site.add("B001", site.key("states", name), name=name)
    _expect_state(site, site.get("initial"), states, "initial")
    check_renames(site, {name: state.get("renamed_from", "") for name, state in site.items("states")}, "states")
    _check_moves(site)
    return StateScheme(
        ref=site.ref,
        label=site.label(),
        initial=site.get("initial", default=""),
        states=FrozenMap({name: _build_state(site, name, states) for name, _ in site.items("states")}),
        transitions=FrozenMap({name: _build_transition(site, name, states) for name, _ in site.items("transitions")}),
    )


def _expect_state(site: Site, name: str | None, states: set[str], *path: Step) -> None:
    if name is not None and name not in states and name not in site.doubts.names:
        site.add("B011", site.place(*path), known=(name, states), name=name, scheme=site.ref.name)


def _build_state(site: Site, name: str, states: set[str]) -> State:
    path = ("states", name)
    _expect_state(site, site.get(*path, "like"), states, *path, "like")
    for field, flags in site.items(*path, "flags"):
        if clash := next((pair for pair in _TOGETHER if pair <= set(flags)), None):
            site.add("B015", site.key(*path, "flags", field), field=field, flags=tuple(sorted(clash)))
    return State(
        name=name,
        label=site.label(*path),
        category=site.get(*path, "category"),
        client_label=site.words(*path, "client_label"),
        tone=site.get(*path, "tone", default=""),
        flags=FrozenMap(_flags_of(site, name, ())),
        renamed_from=site.get(*path, "renamed_from", default=""),
    )


def _flags_of(site: Site, name: str, seen: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Flags of the state over those of the state it is like; a circle of likeness is told once, at its first member."""
    if name in seen:
        if name == min(seen) and name == seen[0]:
            site.add("B014", site.place("states", name, "like"), cycle=" → ".join((*seen, name)))
        return {}
    like = site.get("states", name, "like")
    inherited = _flags_of(site, like, (*seen, name)) if like and site.get("states", like) else {}
    own = {field: tuple(f for f in FLAGS if f in flags) for field, flags in site.items("states", name, "flags")}
    return inherited | own


def _build_transition(site: Site, name: str, states: set[str]) -> Transition:
    path = ("transitions", name)
    target: str = site.get(*path, "to")
    if target != "same":
        _expect_state(site, target, states, *path, "to")
    guard = site.check("guard", *path, "guard")
    return Transition(
        name=name,
        label=site.label(*path),
        sources=_sources(site, path, target, states),
        target=target,
        allow=tuple(_allow(site, path)),
        visible=site.formula(*path, "visible"),
        guard=guard if isinstance(guard, Check) else None,
        ask=FrozenMap(site.get(*path, "ask", default={})),
        do=build_actions(site, *path, "do"),
        fires=site.get(*path, "fires", default="by_hand"),
    )


def _sources(site: Site, path: tuple[Step, ...], target: str, states: set[str]) -> tuple[str, ...]:
    sources = site.get(*path, "from")
    if sources == "any":
        return tuple(name for name, _ in site.items("states") if name != target)
    for number, source in enumerate(sources):
        _expect_state(site, source, states, *path, "from", number)
    return tuple(sources)


def _allow(site: Site, path: tuple[Step, ...]) -> Iterator[Who]:
    for number, text in enumerate(site.get(*path, "allow", default=())):
        role = site.link(*path, "allow", number)
        if role:
            yield Who("role", role=role)
        elif found := _WHO.fullmatch(text):
            yield Who("head_of" if found["head"] else "field", field=found["field"])


def build_actions(site: Site, *path: Step) -> tuple[Action, ...]:
    return tuple(
        Action(
            name=name,
            set=FrozenMap(
                (field, formula)
                for field, _ in site.items(*path, name, "set")
                if (formula := site.formula(*path, name, "set", field))
            ),
            move=site.get(*path, name, "move", default=""),
            when=site.formula(*path, name, "when"),
        )
        for name, _ in site.items(*path)
    )


def _check_moves(site: Site) -> None:
    """A transition's effect may fire another one; a circle of them would never end."""
    known = {name for name, _ in site.items("transitions")}
    graph: dict[str, list[str]] = {}
    for name in known:
        for action, body in site.items("transitions", name, "do"):
            move = body.get("move")
            if not move:
                continue
            if move not in known:
                expect_transition(site, move, known, site.ref.name, "transitions", name, "do", action, "move")
            graph.setdefault(name, []).append(move)
    for name in sorted(graph):
        if cycle := _cycle(graph, name, (name,)):
            action = next(a for a, body in site.items("transitions", name, "do") if body.get("move") == cycle[1])
            if name == min(cycle):
                place = site.place("transitions", name, "do", action, "move")
                site.add("B017", place, cycle=" → ".join(cycle))


def _cycle(graph: Mapping[str, list[str]], start: str, path: tuple[str, ...]) -> tuple[str, ...]:
    for move in graph.get(path[-1], ()):
        if move == start:
            return (*path, move)
        if move not in path and (found := _cycle(graph, start, (*path, move))):
            return found
    return ()


def expect_transition(site: Site, name: str, known: set[str], scheme: str, *path: Step) -> bool:
    if name in known or name in site.doubts.names:
        return True
    site.add("B012", site.place(*path), known=(name, known), name=name, scheme=scheme)
    return False
