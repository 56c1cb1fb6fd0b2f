"""Messages of the family «yaml»."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = ()
