"""Coming in, going out, sessions that end, and how pages look."""

from __future__ import annotations

from datetime import timedelta

from partita.base.clock import VirtualClock
from partita.runtime.identity import accounts
from tests.web.conftest import Clients
from tests.web.html import HTMX, Page
from tests.web.site import PASSWORD, Office


def test_a_page_without_a_session_leads_to_the_sign_in_and_back_to_itself(client: Clients) -> None:
    page = client()
    answer = page.get("/list/base.organization?q=орион&f=is_client:eq:1", follow_redirects=False)
    assert answer.status_code == 303
    form = Page(page.get(answer.headers["location"]).text)
    sent = {**form.fields(), "login": "operator", "password": PASSWORD}
    back = page.post("/sign-in", data=sent, follow_redirects=False)
    assert back.headers["location"] == "/list/base.organization?q=%D0%BE%D1%80%D0%B8%D0%BE%D0%BD&f=is_client:eq:1"


def test_a_wrong_password_and_an_unknown_login_are_told_the_same(client: Clients) -> None:
    page = client()
    told = []
    for login in ("operator", "nobody-at-all"):
        answer = page.post("/sign-in", data={"login": login, "password": "не тот"})
        assert answer.status_code == 401
        told.append(Page(answer.text).errors())
    assert told[0] == told[1] != []


def test_after_many_wrong_passwords_the_page_says_when_to_come_again(client: Clients, office: Office) -> None:
    page = client()
    assert isinstance(office.clock, VirtualClock)
    office.clock.move(timedelta(hours=1))
    for _ in range(12):
        answer = page.post("/sign-in", data={"login": "operator", "password": "не тот"})
    right = page.post("/sign-in", data={"login": "operator", "password": PASSWORD})
    assert right.status_code == 401
    assert any(character.isdigit() for character in " ".join(Page(answer.text).errors()))


def test_the_session_cookie_is_closed_to_scripts_and_new_at_each_sign_in(client: Clients) -> None:
    page = client()
    sent = {"login": "operator", "password": PASSWORD}
    cookies = [page.post("/sign-in", data=sent, follow_redirects=False).headers["set-cookie"] for _ in range(2)]
    assert all("HttpOnly" in cookie and "SameSite=lax" in cookie for cookie in cookies)
    assert cookies[0].split(";")[0] != cookies[1].split(";")[0]


def test_signing_out_ends_the_session_on_the_server(client: Clients) -> None:
    page = client("operator")
    token = page.cookies["sid"]
    page.post("/sign-out")
    other = client()
    other.cookies.set("sid", token)
    assert other.get("/", follow_redirects=False).status_code == 303


def test_a_person_who_was_switched_off_is_out_with_the_next_request(client: Clients, office: Office) -> None:
    page = client("operator")
    accounts.set_active(office.engine, "operator", False)
    assert page.get("/", follow_redirects=False).status_code == 303


def test_a_form_sent_after_the_session_ended_is_told_so(client: Clients) -> None:
    page = client("operator")
    page.cookies.clear()
    page.cookies.set("sid", "0" * 43)
    answer = page.post("/new/base.organization", data={"f.name": "Потом"}, headers=HTMX)
    assert answer.status_code == 401
    plain = page.post(
        "/new/base.organization",
        data={"f.name": "Потом"},
        headers={"Referer": "http://testserver/new/base.organization"},
    )
    assert plain.status_code == 401
    assert Page(plain.text).one("input", name="next").attributes["value"] == "/new/base.organization"


def test_language_theme_and_density_stay_with_the_person(client: Clients) -> None:
    page = client("operator")
    for name, value in (("language", "en"), ("theme", "dark"), ("density", "compact")):
        page.post("/look", data={name: value, "back": "/"}, headers={"Accept": "text/html"})
    again = client("operator").get("/")
    assert 'lang="en"' in again.text
    assert 'data-theme="dark"' in again.text
    assert 'data-density="compact"' in again.text
    assert Page(again.text).h1 == "Workplace"


def test_before_the_sign_in_the_browser_says_the_language(client: Clients) -> None:
    assert "Sign in" in client().get("/sign-in", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    assert "Вход" in client().get("/sign-in", headers={"Accept-Language": "fr-FR"}).text
