"""Through whose eyes a screen is made: the context of the request and the words of the interface."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from partita.base.codes.catalogue import MESSAGES
from partita.base.errors import NotFound, Problem
from partita.base.frozen import FrozenMap
from partita.base.text import Words, say
from partita.model.field import Field
from partita.model.model import Model
from partita.model.record_type import RecordType
from partita.runtime.codecs.registry import codec_of
from partita.runtime.context import Context


class Say(Protocol):
    """Words of the interface by key, in the language of the screen."""

    def __call__(self, key: str, /, **params: Any) -> str: ...


@dataclass(frozen=True, slots=True)
class View:
    ctx: Context
    t: Say
    language: str

    @property
    def model(self) -> Model:
        return self.ctx.runtime.model

    def words(self, text: Words | None) -> str:
        return say(text, self.language)

    def type(self, name: str) -> RecordType:
        """A type that does not exist looks like one that may not be seen."""
        found = self.model.types.get(name)
        if found is None or (not self.ctx.rights.may(name, "read") and not self.ctx.rights.may(name, "create")):
            raise NotFound(name)
        return found

    def may(self, type_name: str, action: str) -> bool:
        return self.ctx.rights.may(type_name, action)

    def show(self, value: Any, field: Field, titles: Mapping[int, str] = FrozenMap()) -> str:
        """A value for reading."""
        return codec_of(field).display(value, field, self.ctx.locale, titles)

    def label(self, field: Field) -> str:
        return self.words(field.label) or field.name

    def problem(self, problem: Problem) -> str:
        """A refusal for reading."""
        if problem.say:
            return say(FrozenMap(problem.say), self.language)
        return MESSAGES[problem.code].text(self.language, problem.params)

    def moment(self, at: datetime) -> str:
        """«09:12» today, «18.11, 09:12» this year, «18.11.2025, 09:12» otherwise."""
        local, now = at.astimezone(self.ctx.zone), self.ctx.now.astimezone(self.ctx.zone)
        if local.date() == now.date():
            return f"{local:%H:%M}"
        return f"{local:%d.%m, %H:%M}" if local.year == now.year else f"{local:%d.%m.%Y, %H:%M}"

    def short_moment(self, at: datetime) -> str:
        """The same for a narrow column: «09:12» today, «18.11» this year, «18.11.25» otherwise."""
        local, now = at.astimezone(self.ctx.zone), self.ctx.now.astimezone(self.ctx.zone)
        if local.date() == now.date():
            return f"{local:%H:%M}"
        return f"{local:%d.%m}" if local.year == now.year else f"{local:%d.%m.%y}"


def field_at(record_type: RecordType, model: Model, path: str) -> Field | None:
    """The field at the end of a path over links (`counterparty.region`), or None."""
    *steps, last = path.split(".")
    for step in steps:
        link = record_type.fields.get(step)
        if link is None or link.to is None or link.type == "links":
            return None
        record_type = model.type_of(link.to)
    return record_type.fields.get(last)
