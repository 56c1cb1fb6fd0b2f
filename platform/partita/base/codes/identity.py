"""Messages of the family «identity»."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = ()
