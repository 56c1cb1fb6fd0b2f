"""How much a request may send, and how long it may pause."""

import asyncio
import sys

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST = 18


class BodyTooLarge(Exception):
    """The body is longer than this address takes (HTTP 413)."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} bytes")
        self.limit = limit


class BodyTooSlow(Exception):
    """The sender fell silent in the middle of the body (HTTP 408)."""


class BodyLimits:
    """Raises inside the endpoint that reads the body, so that the answer is a page like any other.

    `large` are the beginnings of addresses that take files.
    """

    def __init__(self, app: ASGIApp, limit: int, large_limit: int, large: tuple[str, ...], pause: float) -> None:
        self.app, self.limit, self.large_limit, self.large, self.pause = app, limit, large_limit, large, pause

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.large_limit if scope["path"].startswith(self.large) else self.limit
        await self.app(scope, limited(receive, declared(scope), limit, self.pause), send)


def declared(scope: Scope) -> int:
    """What the sender says it will send; a number of more digits than any body has is as good as endless."""
    text = Headers(scope=scope).get("content-length", "")
    if not (text.isascii() and text.isdigit()):
        return 0
    return int(text) if len(text) <= LONGEST else sys.maxsize


def limited(receive: Receive, length: int, limit: int, pause: float) -> Receive:
    seen = 0

    async def take() -> Message:
        nonlocal seen
        if length > limit:
            raise BodyTooLarge(limit)
        try:
            message = await asyncio.wait_for(receive(), pause) if seen < length else await receive()
        except TimeoutError:
            raise BodyTooSlow from None
        seen += len(message.get("body", b""))
        if seen > limit:
            raise BodyTooLarge(limit)
        return message

    return take
