"""Codecs by field type. A plugin registers its own the same way, before the start."""

from typing import Any

from partita.base.registry import Registry
from partita.model.field import Field
from partita.runtime.codecs.choices import BooleanCodec, ChoiceCodec, ChoicesCodec
from partita.runtime.codecs.codec import Codec
from partita.runtime.codecs.codes import CodeCodec
from partita.runtime.codecs.links import LinkCodec, LinksCodec
from partita.runtime.codecs.moments import DateCodec, DateTimeCodec, DurationCodec, TimeCodec
from partita.runtime.codecs.numbers import DecimalCodec, IntegerCodec
from partita.runtime.codecs.phone import PhoneCodec
from partita.runtime.codecs.table import TableCodec
from partita.runtime.codecs.text import EmailCodec, MultilineCodec, TextCodec, UrlCodec

CODECS: Registry[Codec] = Registry("codecs")


def codec_of(field: Field) -> Codec:
    return CODECS[field.type]


CODECS.register("text", TextCodec())
CODECS.register("person_name", TextCodec())
CODECS.register("multiline", MultilineCodec())
CODECS.register("address", MultilineCodec())
CODECS.register("email", EmailCodec())
CODECS.register("url", UrlCodec())
CODECS.register("phone", PhoneCodec())
CODECS.register("code", CodeCodec())
CODECS.register("integer", IntegerCodec())
CODECS.register("decimal", DecimalCodec())
CODECS.register("money", DecimalCodec())
CODECS.register("percent", DecimalCodec())
CODECS.register("boolean", BooleanCodec())
CODECS.register("choice", ChoiceCodec())
CODECS.register("choices", ChoicesCodec())
CODECS.register("date", DateCodec())
CODECS.register("datetime", DateTimeCodec())
CODECS.register("time", TimeCodec())
CODECS.register("duration", DurationCodec())
CODECS.register("link", LinkCodec())
CODECS.register("user", LinkCodec())
CODECS.register("file", LinkCodec())
CODECS.register("image", LinkCodec())
CODECS.register("links", LinksCodec())
CODECS.register("files", LinksCodec())
CODECS.register("table", TableCodec(codec_of))

MANY = frozenset(("choices", "links", "files", "table"))
"""Types whose empty value is an empty tuple."""
LINKS = frozenset(("link", "user", "links"))
FILES = frozenset(("file", "image", "files"))


def empty_of(field: Field) -> Any:
    return () if field.type in MANY else None


def is_empty(value: Any) -> bool:
    return value is None or value == ()
