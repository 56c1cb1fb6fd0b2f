"""Messages of the family «exchange»."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = ()
