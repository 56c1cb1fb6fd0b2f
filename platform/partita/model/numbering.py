"""How registered records get their numbers."""

from dataclasses import dataclass

from partita.base.refs import Ref
from partita.base.text import Words
from partita.model.formula import Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """`counter` evaluates to a key; a different key is a different counter. `{seq}` stands only in `template`."""

    ref: Ref
    label: Words
    template: Template
    counter: Template | None = None
