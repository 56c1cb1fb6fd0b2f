"""Other sites, stolen and forged sessions, guessed passwords, answers that lead away."""

import re

import pytest

from partita.runtime.identity import accounts, sessions
from partita.web.address import safe_back
from partita.web.routes import ROUTES
from tests.attack.world import INQUIRY, ORGANIZATION, World, calm, soon
from tests.web.html import Page
from tests.web.site import PASSWORD

pytestmark = pytest.mark.attack
FOREIGN = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    {"Sec-Fetch-Site": "", "Origin": "http://evil.example"},
    {"Sec-Fetch-Site": "none, cross-site"},
    {"Sec-Fetch-Site": "SAME-ORIGIN"},
    {"Sec-Fetch-Site": "cross-site", "Content-Type": "text/plain"},
    {"Sec-Fetch-Site": "cross-site", "X-HTTP-Method-Override": "GET"},
)
PATHS = tuple(path for path, _ in ROUTES)
DOORS = {path for path, endpoint in ROUTES if "POST" in endpoint.methods()}


def at(world: World, path: str) -> str:
    """The address of a real place."""
    path = path.replace("{id:id}", str(world["first"])).replace("{attachment:id}", str(world["public_file"]))
    return path.replace("{type}", INQUIRY).replace("{name}", "take").replace("{field}", "product")


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("path", sorted(DOORS))
def test_no_door_takes_a_form_of_another_site(world: World, path: str, headers: dict[str, str]) -> None:
    with world.unchanged():
        sent = "f.name=Чужая&theme=dark&text=чужое&decision=accept"
        answer = world.client("admin").post(at(world, path), content=sent.encode(), headers=headers)
        assert answer.status_code == 403


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "https://testserver.evil.example",
        "http://evil.example#testserver",
        "http://testserver@evil.example",
        "testserver",
        "",
        "http://TESTSERVER:81",
    ],
)
def test_an_old_browser_is_judged_by_its_origin(world: World, origin: str) -> None:
    page = world.client("admin")
    del page.headers["Sec-Fetch-Site"]
    try:
        with world.unchanged():
            answer = page.post(f"/new/{ORGANIZATION}", data={"f.name": "Чужая"}, headers={"Origin": origin})
            assert answer.status_code == 403
    finally:
        page.headers["Sec-Fetch-Site"] = "same-origin"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "query", ["", "?f.name=Чужая&decision=accept&text=x&theme=dark&again=1&done=registered&version=1"]
)
def test_no_page_changes_anything_by_being_opened(world: World, path: str, query: str) -> None:
    with world.unchanged(), soon():
        assert world.client("admin").get(at(world, path) + query).status_code < 500


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "PROPFIND", "get", "POST\t"])
def test_other_methods_change_nothing(world: World, method: str) -> None:
    with world.unchanged():
        for path in PATHS:
            answer = world.client("admin").request(method, at(world, path), headers={"X-HTTP-Method-Override": "POST"})
            assert answer.status_code < 500


@pytest.mark.parametrize(
    "path", [p for p in PATHS if p not in ("/", "/sign-in", "/sign-out", "/look", "/healthz", "/readyz")]
)
@pytest.mark.parametrize("token", ["", "0" * 43, "%C3%A9" * 10, "' OR 1=1 --", "a" * 4000, "null", "\x7f"])
def test_a_forged_session_opens_nothing(world: World, path: str, token: str) -> None:
    page = world.client()
    answer = calm(page.get(at(world, path), headers={"Cookie": f"sid={token}"}))
    assert answer.status_code in (303, 401, 405)
    if answer.status_code == 303:
        assert answer.headers["location"].startswith("/sign-in")


def test_a_session_given_before_the_sign_in_is_not_the_one_after_it(own: World) -> None:
    page = own.client()
    page.cookies.set("sid", "planted-by-the-attacker-0000000000000000000")
    answer = page.post("/sign-in", data={"login": "operator", "password": PASSWORD})
    found = re.search(r"sid=([^;]+)", answer.headers["set-cookie"])
    assert found is not None
    assert "planted" not in found[1]
    planted = own.client()
    planted.cookies.set("sid", "planted-by-the-attacker-0000000000000000000")
    assert planted.get("/").status_code == 303


def test_a_session_hash_read_from_the_database_is_no_token(world: World) -> None:
    page = world.client()
    page.cookies.set("sid", sessions.hash_token(world.office.tokens["admin"]))
    assert page.get("/").status_code == 303


def test_a_revoked_session_and_a_switched_off_person_are_out(own: World) -> None:
    user = own.office.people["operator"].user_id
    found = sessions.list_sessions(own.office.engine, user)
    assert not sessions.revoke(own.office.engine, own.office.people["reader"].user_id, found[0].id)
    assert own.client("operator").get("/").status_code == 200
    assert sessions.revoke(own.office.engine, user, found[0].id)
    assert own.client("operator").get("/").status_code == 303
    accounts.set_active(own.office.engine, "specialist", False)
    assert own.client("specialist").get("/").status_code == 303
    off = own.client().post("/sign-in", data={"login": "specialist", "password": PASSWORD})
    wrong = own.client().post("/sign-in", data={"login": "nobody", "password": PASSWORD})
    assert (off.status_code, Page(off.text).errors()) == (401, Page(wrong.text).errors())


def test_a_new_password_ends_the_sessions_made_with_the_old(own: World) -> None:
    accounts.set_password(own.office.engine, "operator", "совсем другой длинный пароль")
    assert own.client("operator").get("/").status_code == 303


def test_nobody_learns_from_the_lock_which_logins_exist(own: World) -> None:
    told: list[list[str]] = []
    for login in ("operator", "no-such-person"):
        page = own.client()
        for _ in range(7):
            answer = page.post("/sign-in", data={"login": login, "password": "не тот"})
        told.append([re.sub(r"\d+", "N", e) for e in Page(answer.text).errors()])
    assert told[0] == told[1]


def test_the_lock_is_not_passed_by_other_spellings_of_the_login(own: World) -> None:
    page = own.client()
    for login in ("operator", "OPERATOR", " operator ", "Operator", "oPerator", "operator\t", "operator"):
        page.post("/sign-in", data={"login": login, "password": "не тот"})
    assert page.post("/sign-in", data={"login": "operator", "password": PASSWORD}).status_code == 401


@pytest.mark.parametrize("field", ["login", "password"])
@pytest.mark.parametrize(
    "text", ["", "\x00", "a" * 100_000, "' OR 1=1 --", "operator\x00", "é", "%", "*", "\ud7ff"], ids=ascii
)
def test_odd_logins_and_passwords_do_not_open(own: World, field: str, text: str) -> None:
    sent = {"login": "operator", "password": PASSWORD} | {field: text}
    with soon():
        answer = calm(own.client().post("/sign-in", data=sent))
    assert answer.status_code == 401
    assert PASSWORD not in answer.text


BACKS = (
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    "///evil.example",
    "/%0d%0aSet-Cookie:x=1\r\n",
    "\x00//evil.example",
    " //evil.example",
    "/\x7f/evil.example",
    "data:text/html,x",
    "evil.example",
    "/\u2028/evil.example",
    "/。/evil",
    "//\u3002evil.example",
)


@pytest.mark.parametrize("back", BACKS, ids=ascii)
def test_no_answer_leads_to_another_site(own: World, back: str) -> None:
    page = own.client()
    answers = [page.post("/sign-in", data={"login": "operator", "password": PASSWORD, "next": back})]
    page = own.client("operator")
    answers.append(page.get("/sign-in", params={"next": back}))
    answers.append(page.post("/look", data={"theme": "dark", "back": back}, headers={"Accept": "text/html"}))
    answers.append(page.post(f"/new/{ORGANIZATION}", data={"f.name": "Х", "next": back}))
    answers.append(page.get(f"/new/{ORGANIZATION}", params={"next": back}))
    for answer in answers:
        calm(answer)
        location = answer.headers.get("location", "/")
        assert location.startswith("/")
        assert not location.startswith(("//", "/\\"))
        assert "x" not in answer.cookies
    shown = [e.attributes["href"] for e in Page(answers[-1].text).all("a")]
    assert [h for h in shown if "evil" in h and safe_back(h, "") != h] == []
