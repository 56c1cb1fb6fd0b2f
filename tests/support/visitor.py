"""A browser without a screen: keeps cookies, one connection, posts forms and files as a page of the site would."""

from __future__ import annotations

import http.client
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str
    body: str

    @property
    def record(self) -> int:
        """The id of the record that the answer leads to."""
        found = re.match(r"/record/[\w.]+/(\d+)", self.location)
        if found is None:
            raise AssertionError(f"{self.status} leads to {self.location!r}: {self.body[:2000]}")
        return int(found[1])

    def hidden(self, name: str) -> str:
        """The value of a hidden input of the page."""
        found = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*value="([^"]*)"', self.body)
        if found is None:
            raise AssertionError(f"no input {name} on the page ({self.status}): {self.body[:2000]}")
        return found[1]


@dataclass
class Visitor:
    """A lost connection raises OSError or http.client.HTTPException; the next request makes a new one."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def sign_in(self, login: str, password: str) -> None:
        answer = self.post("/sign-in", {"login": login, "password": password})
        if answer.status != 303:
            raise AssertionError(f"sign-in of {login}: {answer.status} {answer.body[:2000]}")

    def get(self, path: str) -> Answer:
        return self._send("GET", path, None, "")

    def post(self, path: str, form: Mapping[str, str], files: Mapping[str, tuple[str, bytes]] | None = None) -> Answer:
        if not files:
            return self._send("POST", path, urlencode(form).encode(), "application/x-www-form-urlencoded")
        boundary = secrets.token_hex(16)
        return self._send("POST", path, multipart(form, files, boundary), f"multipart/form-data; boundary={boundary}")

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _send(self, method: str, path: str, body: bytes | None, kind: str) -> Answer:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Sec-Fetch-Site": "same-origin", "Cookie": cookies} | ({"Content-Type": kind} if kind else {})
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            text = response.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        self._keep_cookies(response)
        return Answer(response.status, response.getheader("location") or "", text)

    def _keep_cookies(self, response: http.client.HTTPResponse) -> None:
        for header in response.headers.get_all("set-cookie") or ():
            name, _, rest = header.partition("=")
            self.cookies[name] = rest.split(";")[0]


def multipart(form: Mapping[str, str], files: Mapping[str, tuple[str, bytes]], boundary: str) -> bytes:
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in form.items()
    ]
    for name, (file_name, content) in files.items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
        parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{boundary}--\r\n".encode()
