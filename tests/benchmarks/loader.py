"""A browser's worth of requests on one kept connection, and the processor time they cost the server."""

from __future__ import annotations

import http.client
import os
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: str


@dataclass
class Visitor:
    """Keeps cookies as a browser does, and says that its requests come from the site itself."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str) -> Answer:
        return self._send("GET", path, None)

    def post(self, path: str, form: Mapping[str, str]) -> Answer:
        return self._send("POST", path, urlencode(form))

    def _send(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Sec-Fetch-Site": "same-origin", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return Answer(response.status, dict(response.getheaders()), text)


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds per request: processor of the server, processor of the database, and the wait of the visitor."""

    server: float
    database: float
    wait: float


def cpu_seconds(pids: list[int]) -> float:
    return sum(_one(pid) for pid in pids)


def _one(pid: int) -> float:
    try:
        parts = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    # utime, stime and, for those whose children ended (backends of PostgreSQL), cutime and cstime
    return sum(map(int, parts[11:15])) / TICK


def children(pid: int) -> list[int]:
    """The process and all its descendants."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    below = [int(word) for file in tasks for word in file.read_text(encoding="utf-8").split()]
    return [pid, *(deeper for child in below for deeper in children(child))]


def measure(
    operation: Callable[[int], None], times: int, server: Callable[[], list[int]], database: Callable[[], list[int]]
) -> Cost:
    for n in range(max(5, times // 20)):
        operation(n)
    servers, databases, waits = server(), database(), []
    before = cpu_seconds(servers), cpu_seconds(databases)
    for n in range(times):
        started = time.perf_counter()
        operation(n + times)
        waits.append(time.perf_counter() - started)
    after = cpu_seconds(servers), cpu_seconds(databases)
    each = 1000 / times
    return Cost((after[0] - before[0]) * each, (after[1] - before[1]) * each, statistics.median(waits) * 1000)
