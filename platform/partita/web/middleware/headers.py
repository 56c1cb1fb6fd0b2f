"""Headers that every answer carries, and the number by which a request is found in the log."""

import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
FIXED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
STAY_ON_HTTPS = "max-age=31536000; includeSubDomains"


class SecureHeaders:
    """`Referrer-Policy: same-origin` and not `no-referrer`: the latter makes browsers post with `Origin: null`."""

    def __init__(self, app: ASGIApp, secure: bool = False) -> None:
        self.app = app
        self.fixed = FIXED | ({"Strict-Transport-Security": STAY_ON_HTTPS} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        number = scope.setdefault("state", {})["request_id"] = secrets.token_hex(6)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.fixed.items():
                    headers.setdefault(name, value)
                headers["X-Request-Id"] = number
            await send(message)

        await self.app(scope, receive, send_with_headers)
