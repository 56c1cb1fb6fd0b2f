"""Other sites cannot act in the name of a person."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from partita.web.middleware.guard import came_from_here
from tests.web.conftest import Clients


@pytest.mark.parametrize(
    ("headers", "accepted"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site", "origin": "http://desk.local"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "http://desk.local", "cookie": "sid=1"}, True),
        ({"origin": "http://evil.example", "cookie": "sid=1"}, False),
        ({"origin": "null", "cookie": "sid=1"}, False),
        ({"cookie": "sid=1"}, False),
        ({}, True),
        ({"origin": "https://portal.example", "sec-fetch-site": "cross-site"}, True),
    ],
)
def test_a_post_is_accepted_only_from_here(headers: dict[str, str], accepted: bool) -> None:
    given = Headers({"host": "desk.local", **headers})
    assert came_from_here(given, frozenset(("https://portal.example",))) is accepted


def test_a_post_of_another_site_is_refused_before_anything_is_read(client: Clients) -> None:
    page = client("operator")
    answer = page.post("/new/base.organization", data={"f.name": "Чужая"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "Чужая" not in page.get("/list/base.organization").text


def test_files_are_not_given_to_pages_of_other_sites(client: Clients) -> None:
    assert client("operator").get("/file/1", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("path", ["/", "/sign-in", "/static/nothing.css", "/nowhere", "/healthz", "/search?q=а"])
def test_every_answer_carries_the_headers_of_safety(client: Clients, path: str) -> None:
    headers = client("operator").get(path, follow_redirects=False).headers
    assert headers["content-security-policy"] == (
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["x-request-id"]
    assert "strict-transport-security" not in headers


def test_over_https_the_cookie_is_bound_to_the_host_and_browsers_stay(client: Clients) -> None:
    answer = client(secure=True).get("/sign-in")
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")


def test_a_body_over_the_limit_is_told_in_words(client: Clients) -> None:
    answer = client("operator", max_form=1000).post("/look", data={"back": "x" * 2000})
    assert answer.status_code == 413
    assert "больше допустимого" in answer.text or "МБ" in answer.text


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_away_after_the_sign_in(client: Clients, back: str) -> None:
    page = client("operator")
    answer = page.post(
        "/look", data={"theme": "dark", "back": back}, headers={"Accept": "text/html"}, follow_redirects=False
    )
    assert answer.headers["location"] == "/"
