"""Packs: named, versioned bundles of declarations with settings that an administrator changes at work."""

from dataclasses import dataclass

from partita.base.frozen import FrozenMap
from partita.base.text import Words
from partita.model.field import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """`requires`: pack → version range; `settings`: typed values read in formulas as `settings.NAME`."""

    name: str
    version: str
    label: Words
    requires: FrozenMap[str, str] = FrozenMap()
    languages: tuple[str, ...] = ("ru",)
    settings: FrozenMap[str, Field] = FrozenMap()
