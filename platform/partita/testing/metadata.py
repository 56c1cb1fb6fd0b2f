"""Packs for tests: read from folders, or from texts of the test itself, and compiled."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from partita.base.diagnostics import Diagnostic, ordered, render_text, source_lines
from partita.compiler.discover import read_packs
from partita.compiler.pipeline import Compiled, compile_sources
from partita.formulas.program import Program
from partita.model.model import Model


@dataclass(frozen=True, slots=True)
class Built:
    """Sources and what the compiler made of them."""

    sources: Mapping[str, str]
    compiled: Compiled

    @property
    def model(self) -> Model:
        assert self.compiled.model is not None, self.explain()
        return self.compiled.model

    @property
    def program(self) -> Program:
        assert self.compiled.program is not None, self.explain()
        return self.compiled.program

    @property
    def findings(self) -> list[Diagnostic]:
        return ordered(self.compiled.findings)

    def explain(self, language: str = "en") -> str:
        """All findings as a person reads them; empty when there are none."""
        return "\n\n".join(render_text(f, language, self._lines) for f in self.findings)

    def _lines(self, file: str) -> list[str]:
        return source_lines(self.sources.get(file, ""))


def build_sources(sources: Mapping[str, str], language: str = "ru") -> Built:
    """Compile texts by file name; names begin with the pack's folder: `clinic/pack.yaml`."""
    return Built(sources, compile_sources(sources, language))


def build_packs(*folders: Path, language: str = "ru") -> Built:
    """Compile the packs in `folders`; give the required packs too."""
    return build_sources(read_packs(folders), language)
