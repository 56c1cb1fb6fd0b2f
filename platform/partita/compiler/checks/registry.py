"""All provers in the order in which they run. They run only on a Model without errors."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from partita.base.diagnostics import Diagnostic
from partita.base.source import Span
from partita.compiler.checks import cycles, languages, questions, states, unused
from partita.formulas.program import Program
from partita.model.model import Model

Check: TypeAlias = Callable[[Model, Program, Mapping[str, Span]], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (states.check, cycles.check, questions.check, unused.check, languages.check)
