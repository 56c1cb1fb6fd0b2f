"""Formulas and templates as the Model carries them: text with an address; their typed trees travel in the Program."""

from dataclasses import dataclass

from partita.base.refs import Address
from partita.base.text import Words


@dataclass(frozen=True, slots=True)
class Formula:
    """One expression; the Program finds its typed tree by (record type, address)."""

    text: str
    address: Address


@dataclass(frozen=True, slots=True)
class Template:
    """Text with holes, `"{number} от {registered_at:date}"`; its parts are in the Program."""

    text: str
    address: Address


@dataclass(frozen=True, slots=True)
class Check:
    """A rule: where `when` holds, `must` must hold, else `say` is said."""

    name: str
    must: Formula
    say: Words
    when: Formula | None = None
