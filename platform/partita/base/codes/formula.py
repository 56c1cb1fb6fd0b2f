"""Messages of the family «formula»."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = ()
