"""Whatever is typed, sent or put into an address: an answer in words, soon, and never an incident."""

from contextlib import nullcontext

import pytest

from tests.attack.strings import NUMBERS, ODD, QUERIES
from tests.attack.world import INQUIRY, ORGANIZATION, World, calm, soon
from tests.web.html import HTMX

pytestmark = pytest.mark.attack
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PATHS = (
    "/record/{t}/{n}",
    "/record/{t}/{n}/edit",
    "/record/{t}/{n}/history",
    "/record/{t}/{n}/decide",
    "/file/{n}",
    "/record/{t}/{n}/transition/take",
    "/fragment/options/{t}/product?id={n}",
    "/list/{t}?f=counterparty:in:{n}",
    "/list/{t}?f=quantity:eq:{n}",
    "/list/{t}?rows={n}",
    "/list/{t}?after={n}",
    "/intake?who={n}",
    "/intake?who=1:{n}",
    "/new/{t}?f.counterparty={n}",
    "/list/{t}/count?shown={n}",
    "/intake/{t}?who={n}",
)


@pytest.mark.parametrize("path", PATHS)
def test_bad_numbers_in_addresses_are_answered_calmly(world: World, path: str) -> None:
    page = world.client("operator")
    with world.unchanged(), soon():
        for number in NUMBERS:
            calm(page.get(path.format(t=INQUIRY, n=number)))


@pytest.mark.parametrize("rest", ["/comment", "/attach", "/detach/{n}", "/delete", "/register", "/decide", "/edit"])
def test_bad_numbers_in_posts_are_answered_calmly(world: World, rest: str) -> None:
    page = world.client("operator")
    with world.unchanged(), soon():
        for number in NUMBERS:
            sent = {"text": "x", "version": "1"}
            assert calm(page.post(f"/record/{INQUIRY}/{number}{rest.format(n=number)}", data=sent)).status_code >= 400
            calm(page.post(f"/record/{INQUIRY}/{world['public']}/detach/{number}", data=sent))


@pytest.mark.parametrize(
    "name",
    [
        "nothing.here",
        "requests",
        "requests.",
        ".",
        "%2e%2e",
        "sys.user",
        "sys_user",
        "base.employee;",
        "base.__class__",
        "%00",
        "²",
        "requests.purchase_inquiry.x",
        "x" * 3000,
        "base%2eproduct%00",
    ],
)
def test_types_that_do_not_exist_are_not_found(world: World, name: str) -> None:
    page = world.client("operator")
    for path in ("/list/{}", "/new/{}", "/record/{}/1", "/fragment/options/{}/a", "/fragment/quick/{}"):
        assert calm(page.get(path.format(name))).status_code in (303, 404, 405)


@pytest.mark.parametrize("text", ODD, ids=lambda t: ascii(t)[:24])
def test_odd_words_in_every_question_are_answered_calmly(world: World, text: str) -> None:
    page = world.client("operator")
    with world.unchanged(), soon():
        for path, name in (
            ("/search", "q"),
            (f"/list/{INQUIRY}", "q"),
            (f"/list/{INQUIRY}", "f"),
            ("/fragment/identify", "q"),
            (f"/list/{INQUIRY}", "sort"),
            (f"/list/{INQUIRY}", "view"),
            (f"/list/{INQUIRY}", "after"),
            (f"/list/{INQUIRY}", "add"),
            ("/intake", "who"),
            ("/intake", "q"),
            (f"/new/{INQUIRY}", "next"),
            (f"/fragment/options/{INQUIRY}/counterparty", "q"),
            (f"/fragment/quick/{ORGANIZATION}", "text"),
            ("/fragment/identify", "who__text"),
        ):
            calm(page.get(path, params={name: text}))
        calm(page.get("/fragment/identify", params={"who__text": text}, headers=HTMX))


FILTERED = (
    "created_at",
    "registered_at",
    "wanted_by",
    "quantity",
    "budget",
    "counterparty",
    "state",
    "number",
    "is_new",
    "channel",
    "executors",
    "delivery_address",
    "responsible",
    "counterparty.inn",
    "counterparty.phone",
    "counterparty.region.name",
    "id",
    "title",
    "version",
    "first_time",
)


@pytest.mark.parametrize("field", FILTERED)
def test_odd_values_of_conditions_are_answered_calmly(world: World, field: str) -> None:
    page = world.client("operator")
    with soon(20):
        for op in ("eq", "in", "ge", "le", "between", "contains", "starts"):
            for texts in (ODD[:20], ODD[20:40], ODD[40:]):
                page.get("/list/x")
                calm(page.get(f"/list/{INQUIRY}", params=[("f", f"{field}:{op}:{t}") for t in texts]))
        for text in ("9999-12-31", "0001-01-01", "31.12.9999", "²", "1e999999", "9" * 400, "9" * 18):
            calm(page.get(f"/list/{INQUIRY}", params={"f": f"{field}:ge:{text}"}))
            calm(page.get(f"/list/{INQUIRY}", params={"f": f"{field}:in:{text}"}))
            calm(page.get(f"/list/{INQUIRY}", params={"f": f"{field}:eq:{text}"}))


@pytest.mark.parametrize("text", QUERIES, ids=lambda t: ascii(t)[:24])
def test_the_syntax_of_search_engines_means_nothing(world: World, text: str) -> None:
    page = world.client("specialist")
    with soon():
        for path in ("/search", f"/list/{ORGANIZATION}", f"/list/{INQUIRY}", "/fragment/identify"):
            answer = page.get(path, params={"q": text, "who__text": text})
            assert answer.status_code < 500
            assert f"/record/{INQUIRY}/{world['secret']}" not in answer.text


def long_forms() -> dict[str, str]:
    return {
        "ten thousand fields": "&".join(f"f.x{n}=1" for n in range(10_000)),
        "five thousand of one field": "&".join("f.name=%D1%8F" for _ in range(4_900)),
        "four thousand rows": "&".join(f"f.lines.{n}.qty=1" for n in range(4_000)),
        "a field of a megabyte": "f.details=" + "a" * 2**20,
        "two hundred levels of dots": "f.lines." + "0." * 200 + "qty=1",
        "five thousand levels of dots": "f.lines." + "0." * 5_000 + "qty=1",
        "a name of a megabyte": "f." + "a" * 2**20 + "=1",
        "a position of five thousand digits": "f.lines." + "9" * 5_000 + ".qty=1&add_row=lines",
        "odd digits of a position": "f.lines.%C2%B2.qty=1&add_row=lines",
        "a file that is no number": "f.attachments=%C2%B2&attached.x=%C2%B2&kept.drawing=%C2%B2",
        "a file of twenty digits": "f.attachments=99999999999999999999&attached.x=99999999999999999999",
        "a file of five thousand digits": "attached.x=" + "9" * 5_000 + "&f.attachments=" + "9" * 5_000,
        "a link of twenty digits": "f.counterparty=99999999999999999999&f.product=-99999999999999999999",
        "a link that is no number": "f.counterparty=%C2%B2&f.product=%00&f.contact=1.5",
        "a row of twenty digits": "f.lines.0.id=99999999999999999999&f.lines.0.qty=1",
        "a row that is no number": "f.lines.0.id=%C2%B2&f.lines.0.qty=1",
        "a version of twenty digits": "version=99999999999999999999&f.quantity=1",
        "zeroes in names and values": "f.%00=%00&f.details=a%00b&%00=1",
        "broken utf-8": "f.details=%ff%fe%ed%a0%80",
        "lone surrogates": "f.details=%ED%A0%80&f.%ED%BF%BF=1",
        "empty names": "f.=1&=1&f..=2&f.lines.=3&f.lines.0.=4&f.lines..qty=5",
        "texts of pickers": "f.counterparty__text=%00&f.product__text=" + "%25" * 3_000,
        "a row button of nothing": "add_row=nothing.here&remove_row=lines.x",
        "a row button of a text": "add_row=details&f.details.0.x=1",
        "a key of a megabyte": "key=" + "k" * 2**20 + "&f.quantity=1",
        "odd keys of kept answers": "kept.a.b.c.0=1&was.lines.0.qty=%00&keep.x=mine&keep.details=theirs",
        "a number of a megabyte": "f.quantity=" + "9" * 2**20 + "&f.budget=" + "9" * 1000 + "." + "9" * 1000,
    }


@pytest.mark.parametrize("name", long_forms())
@pytest.mark.parametrize(
    "where", ["/new/{}", "/fragment/form/{}", "/intake/{}", "/record/{}/{n}/edit", "/record/{}/{n}/decide"]
)
def test_odd_forms_are_answered_calmly(world: World, where: str, name: str) -> None:
    page, path = world.client("operator"), where.format(INQUIRY, n=world["public"])
    saved = where.endswith("/edit") and name == "broken utf-8"
    with nullcontext() if saved else world.unchanged(), soon(10):
        calm(page.post(path, content=long_forms()[name], headers=FORM))


BODIES = {
    "no boundary": ("multipart/form-data", b"--x\r\n"),
    "an empty boundary": ("multipart/form-data; boundary=", b"--\r\n"),
    "never ends": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="f.name"\r\n\r\nabc',
    ),
    "no name": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n"),
    "a bad header": ("multipart/form-data; boundary=x", b"--x\r\n\x00\xff: 1\r\n\r\na\r\n--x--\r\n"),
    "an unknown charset": (
        "multipart/form-data; boundary=x; charset=utf-99",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\na\r\n--x--\r\n',
    ),
    "a codec that is no charset": (
        "multipart/form-data; boundary=x; charset=rot13",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\na\r\n--x--\r\n',
    ),
    "a thousand parts": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\na\r\n' * 1000 + b"--x--\r\n",
    ),
    "json": ("application/json", b'{"f.name": "x"}'),
    "bytes": ("application/octet-stream", b"\xff" * 1000),
    "nothing": ("", b""),
}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("path", ["/new/base.organization", "/sign-in", "/look", "/fragment/form/base.organization"])
def test_broken_bodies_are_answered_calmly(world: World, path: str, name: str) -> None:
    kind, content = BODIES[name]
    with world.unchanged(), soon():
        calm(world.client("operator").post(path, content=content, headers={"Content-Type": kind}))


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "sid=" + "x" * 5000},
        {"Cookie": "sid=\"a; flash=<script>; theme=../../x; language=zz; density='"},
        {"Accept-Language": "a" * 5000},
        {"Accept-Language": ";;;,,,q=,ru;q=x"},
        {"Referer": "http://testserver//evil.example"},
        {"Referer": "%00" * 1000},
        {"HX-Request": "true", "HX-Current-URL": "javascript:1"},
        {"Content-Length": "-5"},
        {"Content-Length": "9" * 5000},
        {"Host": "evil.example"},
        {"Host": "[::1"},
        {"Host": "a b/c?d"},
        {"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "1.1.1.1"},
        {"Accept-Encoding": "gzip;q=x,\x7f"},
        {"User-Agent": "x" * 10_000},
    ],
    ids=lambda h: ascii(h)[:40],
)
def test_odd_headers_are_answered_calmly(world: World, headers: dict[str, str]) -> None:
    page = world.client("operator")
    with soon():
        for path in ("/", "/sign-in", f"/list/{INQUIRY}", "/nowhere"):
            answer = calm(page.get(path, headers=headers))
            assert "evil.example" not in answer.headers.get("location", "") + answer.text
        calm(
            page.post(
                "/look", data={"theme": "dark"}, headers={k: v for k, v in headers.items() if k != "Content-Length"}
            )
        )
