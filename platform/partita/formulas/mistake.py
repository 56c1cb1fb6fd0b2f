"""One mistake in a formula's text, on its way to become a finding. It never leaves this floor."""

from typing import Any

from partita.base.diagnostics import Diagnostic
from partita.base.frozen import FrozenMap
from partita.base.source import Span


class Mistake(Exception):
    """A message code and the stretch of the text, counted in characters from 0, where the mistake stands."""

    def __init__(self, code: str, start: int, end: int, *, nearest: tuple[str, ...] = (), **params: Any) -> None:
        super().__init__(code)
        self.code, self.start, self.end = code, start, end
        self.nearest, self.params = nearest, params

    def moved(self, by: int) -> "Mistake":
        """The same mistake in a longer text (a hole of a template)."""
        return Mistake(self.code, self.start + by, self.end + by, nearest=self.nearest, **self.params)

    def finding(self, text: str, span: Span | None, address: str) -> Diagnostic:
        place = span and span.inside(*(at + quotes(text, span) for at in (self.start, self.end)))
        params = FrozenMap({"text": text[self.start : self.end][:60], **self.params})
        return Diagnostic(self.code, place, params, self.nearest, address=address)


def quotes(text: str, span: Span | None) -> int:
    """1 if the span holds more than the text, so that the text begins after an opening quote; else 0."""
    return int(span is not None and span.line == span.end_line and span.end_column - span.column >= len(text) + 2)
