"""Messages of the family «write»."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = ()
