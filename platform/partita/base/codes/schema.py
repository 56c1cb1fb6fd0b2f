"""Messages of the family «schema»."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = ()
