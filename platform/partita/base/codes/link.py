"""Messages of the family «link»."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = ()
