"""Rows that come with a pack, and scenarios: tests written as tables."""

from dataclasses import dataclass
from typing import Any

from partita.base.frozen import FrozenMap
from partita.base.refs import Ref
from partita.base.text import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """`rows`: row name → field → plain value; a link names a row of a data set or the key value of the book."""

    ref: Ref
    label: Words = FrozenMap()
    into: Ref
    data_class: str
    rows: FrozenMap[str, FrozenMap[str, Any]]
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: exactly one of create, change, transition, decide, wait is set.

    `on` names the step that made the record; without it, the record made last.

    `expect`: field → plain value after the step; `refused`: field (or `record`) → message code expected instead.
    """

    name: str
    actor: str = ""
    create: Ref | None = None
    change: bool = False
    transition: str = ""
    decide: str = ""
    wait: str = ""
    on: str = ""
    text: str = ""
    values: FrozenMap[str, Any] = FrozenMap()
    expect: FrozenMap[str, Any] = FrozenMap()
    refused: FrozenMap[str, str] = FrozenMap()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`people`: name → roles; `at`: where the virtual clock starts, ISO with zone."""

    ref: Ref
    label: Words
    at: str
    people: FrozenMap[str, tuple[Ref, ...]]
    steps: tuple[Step, ...]
