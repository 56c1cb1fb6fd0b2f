"""How much of a configuration its scenarios touch: what no scenario performs is unproved."""

from dataclasses import dataclass, field

from partita.model.data import Step
from partita.model.model import Model
from partita.model.record_type import RecordType
from partita.runtime.context import Actor
from partita.testing.scenarios.steps import Answer


@dataclass(slots=True)
class Coverage:
    """Listens to scenarios; every set holds `pack.type#what`."""

    filled: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    transitions: set[str] = field(default_factory=set)
    decisions: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)

    def watch(self, type_name: str, step: Step, actor: Actor, answer: Answer) -> None:
        """One step as it went; what was refused counts as a refusal only, and proves the role as well."""
        self.roles |= actor.roles
        if answer.outcome is None:
            self.refused |= {f"{type_name}#{place}" for place in answer.refusals}
            return
        self.filled |= {f"{type_name}#{name}" for name in (*step.values, *step.expect)}
        if step.transition:
            self.transitions.add(f"{type_name}#{step.transition}")
        if step.decide:
            self.decisions.add(f"{type_name}#{step.decide}")


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing: how many there are, and which of them nothing touches."""

    name: str
    known: frozenset[str]
    untouched: tuple[str, ...]

    def __str__(self) -> str:
        touched = len(self.known) - len(self.untouched)
        share = f"{touched}/{len(self.known)}"
        return f"{self.name:<12} {share:>9}" + (f"  untouched: {', '.join(self.untouched)}" if self.untouched else "")


def measure(model: Model, pack: str, seen: Coverage) -> tuple[Part, ...]:
    """What the request types and roles of `pack` hold, against what scenarios did with them."""
    types = [t for t in model.types.values() if t.ref.pack == pack and t.kind == "request_type"]
    roles = {r.ref.qualified for r in model.roles.values() if r.ref.pack == pack}
    return (
        _part("fields", {f"{t.name}#{f.name}" for t in types for f in t.own_fields()}, seen.filled),
        _part("transitions", {f"{t.name}#{name}" for t in types for name in _by_hand(model, t)}, seen.transitions),
        _part("decisions", {f"{t.name}#{name}" for t in types for name in _decisions(model, t)}, seen.decisions),
        _part("roles", roles, seen.roles),
    )


def _part(name: str, known: set[str], touched: set[str]) -> Part:
    return Part(name, frozenset(known), tuple(sorted(known - touched)))


def _by_hand(model: Model, record_type: RecordType) -> tuple[str, ...]:
    scheme = model.scheme_of(record_type)
    return tuple(t.name for t in scheme.transitions.values() if t.fires == "by_hand") if scheme else ()


def _decisions(model: Model, record_type: RecordType) -> tuple[str, ...]:
    catalog = model.catalog_of(record_type)
    return tuple(catalog.decisions) if catalog else ()
