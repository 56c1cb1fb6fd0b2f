"""Messages of the family «overlay»."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = ()
