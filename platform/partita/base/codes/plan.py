"""Messages of the family «plan»."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = ()
