"""Messages of the family «build»."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = ()
