"""What a compilation yields."""

from collections.abc import Mapping
from dataclasses import dataclass

from partita.base.diagnostics import Diagnostic, source_lines
from partita.base.source import Span
from partita.formulas.program import Program
from partita.model.model import Model


@dataclass(frozen=True, slots=True)
class Compiled:
    """`model` and `program` are None when there are errors. `origins`: address → where it is declared.
    `sources`: the texts that were compiled, kept with the revision."""

    model: Model | None
    program: Program | None
    origins: Mapping[str, Span]
    findings: tuple[Diagnostic, ...]
    sources: Mapping[str, str]

    def lines_of(self, file: str) -> list[str]:
        """The lines of a source, for rendering findings."""
        return source_lines(self.sources.get(file, ""))
