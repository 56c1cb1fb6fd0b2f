"""A small server on which the theme is tried without the floors below: a list, a form, their fragments."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace as Given
from typing import Any

import uvicorn
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from partita.web.assets import Assets, StaticFiles
from partita.web.middleware.headers import POLICY
from partita.web.words.say import speaker
from tests.support.checkout import ROOT

THEME = ROOT / "themes" / "default"
HEADERS = {"Vary": "HX-Request", "Cache-Control": "private, no-cache", "Content-Security-Policy": POLICY}


class Stage:
    """Pages of one browser test; `posts` keeps what the server has heard."""

    def __init__(self) -> None:
        self.assets = Assets([THEME])
        self.posts: list[tuple[str, dict[str, Any]]] = []
        folders = [ROOT / "tests" / "theme" / "pages", THEME / "templates"]
        self.environment = Environment(
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals.update(t=speaker("ru"), asset=self.assets.url)

    def draw(self, name: str, **given: Any) -> str:
        return self.environment.get_template(name).render(**given)

    def answer(self, request: Request, name: str, status: int = 200, /, **given: Any) -> Response:
        """The fragment alone for htmx, the fragment in the shell for everyone else."""
        fragment = self.draw(name, **given)
        if "hx-request" in request.headers:
            return HTMLResponse(given.get("head", "") + fragment + given.get("tail", ""), status, HEADERS)
        page = self.draw(
            "page.html", shell=shell(), body=Markup(fragment), language="ru", theme="light", density="regular"
        )
        return HTMLResponse(page, status, HEADERS)

    def list(self, request: Request) -> Response:
        asked = request.query_params
        text = asked.get("q", "")
        rows = [n for n in range(100) if text in ("окна" if n % 3 else "двери")]
        return self.answer(request, "list.html", rows=rows, q=text, chosen=asked.getlist("state"))

    def record(self, request: Request) -> Response:
        return self.answer(request, "record.html", number=request.path_params["number"])

    async def form(self, request: Request) -> Response:
        if request.method == "GET":
            return self.answer(request, "form.html", values={}, errors=[])
        values = await self.hear("form", request)
        told = values.get("f.text", "")
        if told in {"401", "500"}:
            return HTMLResponse("", int(told), HEADERS)
        if told == "409":
            tail = (
                f'<hx-partial hx-target="#dialog-place" hx-swap="innerHTML">{self.draw("conflict.html")}</hx-partial>'
            )
            return self.answer(request, "form.html", 409, values=values, errors=[], tail=tail)
        if not values.get("f.sum", "").isdigit():
            errors = [("Введите сумму числом", "f-sum")]
            return self.answer(
                request, "form.html", 422, values=values, errors=errors, head="<title>Ошибка: форма</title>"
            )
        if "hx-request" in request.headers:
            return Response(status_code=204, headers={**HEADERS, "HX-Redirect": "/list"})
        return RedirectResponse("/list", 303)

    async def refresh(self, request: Request) -> Response:
        values = await self.hear("refresh", request)
        await asyncio.sleep(0.4 if values.get("f.text") == "slow" else 0)
        return self.answer(request, "form.html", values=values, errors=[])

    async def create(self, request: Request) -> Response:
        if request.method == "GET":
            asked = request.query_params
            return self.answer(request, "create.html", text=asked["text"], place=asked["for"], errors=[])
        values = await self.hear("create", request)
        if not values["name"]:
            return self.answer(
                request, "create.html", 422, text="", place=values["for"], errors=[("Назовите", "q-name")]
            )
        made = {"partita:created": {"for": values["for"], "id": "99", "text": values["name"]}}
        return Response("", headers={**HEADERS, "HX-Trigger": json.dumps(made)})

    def options(self, request: Request) -> Response:
        text = request.query_params["q"]
        found = [option(n, f"ООО «Орион {n}»") for n in range(4)] if "ор" in text else []
        return self.answer(request, "options.html", id="f-firm", items=found, create=text and f"Создать «{text}»")

    def search(self, request: Request) -> Response:
        found = [option(n, f"З-{n}", f"/record/{n}") for n in range(6)]
        return self.answer(request, "options.html", id="palette", items=found, create="")

    async def look(self, request: Request) -> Response:
        await self.hear("look", request)
        return Response(status_code=204)

    async def hear(self, name: str, request: Request) -> dict[str, Any]:
        async with request.form() as form:
            self.posts.append((name, {key: getattr(value, "filename", value) for key, value in form.multi_items()}))
            return {key: value for key, value in form.items() if isinstance(value, str)}

    def app(self) -> Starlette:
        both = ["GET", "POST"]
        return Starlette(
            routes=[
                Route("/list", self.list),
                Route("/record/{number}", self.record),
                Route("/form", self.form, methods=both),
                Route("/refresh", self.refresh, methods=["POST"]),
                Route("/create", self.create, methods=both),
                Route("/options", self.options),
                Route("/search", self.search),
                Route("/look", self.look, methods=["POST"]),
                Mount("/static", routes=[Route("/{path:path}", StaticFiles(self.assets))]),
            ]
        )


def option(number: int, text: str, url: str = "") -> Given:
    return Given(value=str(number), text=text, sub="Москва", note="+7 495", url=url, icon="")


def shell() -> Given:
    items = [Given(label="Запросы", url="/list", icon="inbox", count=100, hot=False, current=True)]
    return Given(
        product="Партита",
        user=Given(name="Иванова Анна", initials="ИА"),
        menu=[Given(label="", items=items)],
        bottom=items,
        create=[Given(label="Новый запрос", url="/form")],
        search_url="/search",
        look_url="/look",
        sign_out_url="/out",
        languages=[Given(code="ru", name="Русский")],
        toasts=[],
        banner=None,
        here="/",
    )


@contextmanager
def serve(app: Starlette) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()
