"""Nobody reads a field, a record, a file, a comment or a history that is not for his eyes."""

import pytest

from tests.attack.world import APPEAL, CANARY, CONTACT, INQUIRY, ORGANIZATION, PRODUCT, SECRETS, World, calm
from tests.web.html import HTMX, Page

pytestmark = pytest.mark.attack
PEOPLE = ("", "reader", "specialist")
CARD = ("", "/edit", "/history", "/decide", "/delete", "/transition/take", "/transition/none")
HIDDEN = ("discount", "total", "lines", "conditions", "conditions.name", "lines.price", "lines.service.price")
OPERATORS = ("eq", "ge", "le", "between", "contains", "starts", "in", "empty", "filled", "ne", "gt", "bogus")


def listed(answer_text: str) -> list[str]:
    return [e.attributes["href"] for e in Page(answer_text).all("a", class_="row")]


@pytest.mark.parametrize("rest", CARD)
@pytest.mark.parametrize("login", PEOPLE)
def test_pages_of_a_record_that_is_not_his_tell_nothing(world: World, login: str, rest: str) -> None:
    page = world.client(login)
    answers = [calm(page.get(f"/record/{INQUIRY}/{number}{rest}")) for number in (world["secret"], 987654)]
    assert answers[0].status_code in ((303,) if not login else (403, 404, 405))
    assert answers[0].status_code == answers[1].status_code
    if login:
        strip = [a.text.replace(str(n), "N") for a, n in zip(answers, (world["secret"], 987654), strict=True)]
        assert Page(strip[0]).h1 == Page(strip[1]).h1


@pytest.mark.parametrize("short", ["secret_file", "public_file", "loose_file"])
@pytest.mark.parametrize("login", ["", "reader", "specialist", "operator"])
def test_files_go_only_to_those_who_see_their_record(world: World, login: str, short: str) -> None:
    answer = calm(world.client(login).get(f"/file/{world[short]}"))
    allowed = {"secret_file": ("operator",), "public_file": ("operator", "specialist"), "loose_file": ()}
    assert (answer.status_code == 200) is (login in allowed[short])


@pytest.mark.parametrize("type_name", [INQUIRY, APPEAL])
@pytest.mark.parametrize(
    "path",
    [
        "/list/{}",
        "/list/{}/count",
        "/list/{}/views",
        "/list/{}/export",
        "/new/{}",
        "/intake/{}",
        "/fragment/options/{}/product",
        "/fragment/quick/{}",
    ],
)
def test_a_reader_of_books_gets_nothing_of_requests(world: World, path: str, type_name: str) -> None:
    assert calm(world.client("reader").get(path.format(type_name))).status_code in (403, 404)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_hidden_fields_do_not_filter(world: World, hidden: str) -> None:
    """An unreadable condition is told or ignored: the rows are the same whatever its value."""
    page = world.client("operator")
    for op in OPERATORS:
        rows = [
            listed(calm(page.get(f"/list/{INQUIRY}", params={"f": f"{hidden}:{op}:{value}"})).text)
            for value in ("0", "20", "99")
        ]
        assert all(r == rows[0] for r in rows), op


@pytest.mark.parametrize("hidden", HIDDEN)
def test_hidden_fields_do_not_sort(world: World, hidden: str) -> None:
    page = world.client("operator")
    up, down = (
        listed(calm(page.get(f"/list/{INQUIRY}", params={"sort": f"{sign}{hidden}"})).text) for sign in ("", "-")
    )
    assert up == down


@pytest.mark.parametrize("view", ["default", "mine", "new", "in_work", "closed", "drafts", "nothing", "../x"])
@pytest.mark.parametrize("login", ["operator", "specialist"])
def test_no_view_of_a_list_shows_what_is_hidden(world: World, login: str, view: str) -> None:
    answer = calm_for(world, login, f"/list/{INQUIRY}?view={view}&rows=500")
    if login == "specialist":
        assert f"/record/{INQUIRY}/{world['secret']}" not in answer


def calm_for(world: World, login: str, path: str) -> str:
    """The specialist sees the hidden fields of his own request; the operator sees the closed request itself."""
    answer = world.client(login).get(path)
    assert answer.status_code < 500
    shown = {"operator": (), "specialist": ("23,47",)}[login]
    assert [s for s in SECRETS if s in answer.text and s not in shown] == []
    return str(answer.text)


def test_the_operator_sees_the_card_without_its_hidden_fields(world: World) -> None:
    page = world.client("operator")
    for rest in ("", "/edit", "/history"):
        assert calm(page.get(f"/record/{INQUIRY}/{world['public']}{rest}")).status_code == 200


@pytest.mark.parametrize("text", [CANARY, CANARY[:6], CANARY.upper(), "тайна", f'"{CANARY}"', "канар*", "23,47"])
@pytest.mark.parametrize("path", ["/search?q={}", "/list/" + INQUIRY + "?q={}", "/list/" + INQUIRY + "/count?q={}"])
def test_a_search_finds_no_words_of_hidden_places(world: World, path: str, text: str) -> None:
    for login in ("reader", "specialist"):
        answer = world.client(login).get(path.format(text))
        assert answer.status_code in (200, 403, 404)
        assert f"/record/{INQUIRY}/{world['secret']}" not in answer.text


@pytest.mark.parametrize("text", ["КП-100", "Орион", "00002", "Запрос"])
def test_a_search_does_not_find_the_closed_request(world: World, text: str) -> None:
    for login in ("reader", "specialist"):
        found = calm(world.client(login).get("/search", params={"q": text})).text
        assert f"/record/{INQUIRY}/{world['secret']}" not in found


@pytest.mark.parametrize("login", ["reader", "specialist"])
def test_related_counts_count_only_what_he_may_read(world: World, login: str) -> None:
    answer = world.client(login).get(f"/record/{ORGANIZATION}/{world['orion']}")
    assert answer.status_code == 200
    tabs = [e.text for e in Page(answer.text).all("a") if "Запросы на приобретение" in e.text and e.text[-1:].isdigit()]
    assert all(not t.endswith("3") for t in tabs) if login == "specialist" else tabs == []


@pytest.mark.parametrize(
    "field", ["discount", "conditions.name", "lines.service", "nothing", "id", "__class__", "state"]
)
def test_options_of_fields_that_are_no_pickers_for_him_are_refused(world: World, field: str) -> None:
    answer = calm(world.client("operator").get(f"/fragment/options/{INQUIRY}/{field}?q=а"))
    assert Page(answer.text).all("li", role="option") == []


def test_options_do_not_read_the_values_of_a_foreign_record(world: World) -> None:
    answer = calm(world.client("specialist").get(f"/fragment/options/{INQUIRY}/contact?id={world['secret']}"))
    assert answer.status_code in (403, 404)


@pytest.mark.parametrize(
    "path",
    [
        f"/list/{INQUIRY}?f=state:in:done&f=duplicate_of:in:{{}}",
        f"/new/{INQUIRY}?f.duplicate_of={{}}",
        "/intake?who={}",
        "/intake?who={}:{}",
        f"/intake/{INQUIRY}?who={{}}",
    ],
)
def test_a_foreign_record_named_in_an_address_shows_no_title(world: World, path: str) -> None:
    number = next(
        e.text for e in Page(world.client("admin").get(f"/record/{INQUIRY}/{world['secret']}").text).all("h1")
    )
    answer = calm(world.client("specialist").get(path.format(world["secret"], world["secret"])))
    assert number.split()[0] not in answer.text


@pytest.mark.parametrize("name", ["lost", "secret_file", "loose_file", "public_file"])
def test_ids_of_foreign_files_in_a_form_show_no_names(world: World, name: str) -> None:
    number = str(world.office.ids.get(name, 98765))
    sent = {
        "f.attachments": number,
        "kept.drawing": number,
        "attached.": number,
        "attached.x": number,
        "refresh": "1",
        "key": "key-of-the-admin",
    }
    page = world.client("specialist")
    answer = calm(page.post(f"/fragment/form/{INQUIRY}", data=sent, headers=HTMX))
    assert "secret.txt" not in answer.text


@pytest.mark.parametrize("path", ["/", f"/list/{CONTACT}", f"/list/{PRODUCT}", "/search?q=о", "/intake"])
def test_nobody_is_sent_to_the_sign_in(world: World, path: str) -> None:
    answer = calm(world.client().get(path))
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")
