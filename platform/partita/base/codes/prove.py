"""Messages of the family «prove»."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = ()
