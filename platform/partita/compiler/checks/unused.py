"""Schemes, catalogs and numberings that no record type uses: their formulas have nothing to be typed over."""

from collections.abc import Iterator, Mapping

from partita.base.diagnostics import Diagnostic
from partita.base.frozen import FrozenMap
from partita.base.refs import Ref
from partita.base.source import Span
from partita.formulas.program import Program
from partita.model.model import Model


def check(model: Model, program: Program, origins: Mapping[str, Span]) -> Iterator[Diagnostic]:
    used = {ref for t in model.types.values() for ref in (t.states, t.decisions, t.numbering) if ref}
    for ref in _offered(model):
        if ref not in used:
            yield Diagnostic("B045", origins.get(str(ref)), FrozenMap({"name": ref.name}), address=str(ref))


def _offered(model: Model) -> Iterator[Ref]:
    for things in (model.schemes, model.catalogs, model.numberings):
        yield from (thing.ref for thing in things.values())
