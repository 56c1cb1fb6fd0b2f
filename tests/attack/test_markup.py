"""What people type is text: it is never markup, a header, a page, a path or a formula of a spreadsheet."""

from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from partita.runtime.files import attachments
from partita.runtime.records.commands import AddComment
from tests.attack.strings import MARKUP
from tests.attack.world import INQUIRY, ORGANIZATION, World, calm
from tests.web.html import HTMX

pytestmark = pytest.mark.attack
EVENTS = ("onerror", "onload", "onmouseover", "onfocus", "onclick")


class Seen(HTMLParser):
    """What a browser would run: inline scripts, handlers, addresses with a scheme that runs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.script = tag == "script"
        if tag in ("script", "iframe", "object", "embed", "base") and not given.get("src", "").startswith("/static/"):
            self.bad.append(f"<{tag} {given}>")
        self.bad += [f"{tag} {name}" for name in given if name.startswith("on") or name in ("style", "srcdoc")]
        self.bad += [
            f"{tag} {name}={value}"
            for name, value in given.items()
            if name in ("href", "src", "action", "formaction", "hx-get", "hx-post", "data-url")
            and value.strip().lower().startswith(("javascript:", "data:", "vbscript:", "//"))
        ]
        self.bad += [f"x {tag}" for _ in (1,) if tag == "x"]

    def handle_data(self, data: str) -> None:
        if self.script and data.strip():
            self.bad.append(f"script: {data[:80]}")
        self.script = False


def harmless(text: str) -> None:
    assert Seen(text).bad == []
    assert "1337" not in text
    assert "7*191" not in text or "{{" in text or "${" in text


@pytest.mark.parametrize("text", MARKUP)
def test_what_was_saved_is_shown_as_text_everywhere(own: World, text: str) -> None:
    number = own.office.create("evil", ORGANIZATION, "admin", name=text, full_name=text[:200])
    inquiry = own.office.create(
        "asked", INQUIRY, "admin", counterparty=number, product=own["boiler"], quantity=1, details=text
    )
    own.office.do(AddComment(INQUIRY, inquiry, text))
    attachments.upload_to(own.office.ctx("admin"), INQUIRY, inquiry, f"{text}.html", [b"<script>alert(1)</script>"])
    page = own.client("admin")
    for path in (
        f"/record/{ORGANIZATION}/{number}",
        f"/record/{ORGANIZATION}/{number}/edit",
        f"/list/{ORGANIZATION}",
        "/",
        f"/record/{ORGANIZATION}/{number}/history",
        f"/record/{INQUIRY}/{inquiry}",
        f"/record/{INQUIRY}/{inquiry}/edit",
        f"/record/{INQUIRY}/{inquiry}/history",
        f"/record/{INQUIRY}/{inquiry}/decide",
        f"/list/{INQUIRY}",
        f"/intake?who={number}",
        f"/fragment/options/{INQUIRY}/counterparty?q=",
        "/search?q=" + quote(text),
        f"/record/{ORGANIZATION}/{number}/delete",
        f"/fragment/quick/{ORGANIZATION}?text=" + quote(text),
    ):
        for headers in ({}, HTMX):
            answer = page.get(path, headers=headers)
            assert answer.status_code < 500
            harmless(answer.text)


@pytest.mark.parametrize("text", MARKUP)
def test_what_an_address_says_is_echoed_as_text(world: World, text: str) -> None:
    page, said = world.client("operator"), quote(text, safe="")
    for path in (
        "/search?q={}",
        "/list/" + INQUIRY + "?q={}",
        "/list/" + INQUIRY + "?f={}:eq:1",
        "/nowhere/{}",
        "/list/" + INQUIRY + "?f=number:eq:{}",
        "/list/" + INQUIRY + "?sort={}",
        "/list/" + INQUIRY + "?view={}",
        "/list/" + INQUIRY + "?add={}",
        "/list/" + INQUIRY + "?f=created_at:ge:{}",
        "/intake?who={}",
        "/sign-in?next={}",
        "/list/{}",
        "/record/{}/1",
        "/fragment/options/" + INQUIRY + "/{}",
        "/new/" + INQUIRY + "?f.details={}",
        "/fragment/options/" + INQUIRY + "/product?for={}&q={}&new=1",
        "/list/" + INQUIRY + "/count?shown={}",
        "/fragment/quick/" + ORGANIZATION + "?for={}&who=1&text={}",
        "/fragment/identify?who__text={}",
        "/new/{}?next={}",
        "/new/" + ORGANIZATION + "?next={}",
        "/record/" + INQUIRY + "/{id}/transition/{}",
        "/{}?{}={}",
    ):
        for headers in ({}, HTMX):
            answer = calm(page.get(path.replace("{id}", str(world["first"])).replace("{}", said), headers=headers))
            harmless(answer.text)
            assert "\n" not in "".join(answer.headers.values())


@pytest.mark.parametrize("text", MARKUP)
def test_what_a_refused_form_says_is_echoed_as_text(world: World, text: str) -> None:
    page = world.client("operator")
    with world.unchanged():
        for path in (
            f"/new/{INQUIRY}?again=1",
            f"/fragment/form/{INQUIRY}",
            f"/intake/{INQUIRY}?again=1",
            "/sign-in",
            f"/record/{INQUIRY}/{world['first']}/edit?again=1",
            f"/record/{INQUIRY}/{world['first']}/decide",
        ):
            sent = {
                "f.details": text,
                "f.quantity": text,
                "f.counterparty__text": text,
                f"f.{text}": text,
                "kept.drawing": text,
                "was.quantity": text,
                "key": text,
                "version": text,
                "next": text,
                "login": text,
                "decision": text,
                "text": text,
                "who": text,
                "who__text": text,
                "f.delivery": text,
                "add_row": text,
                f"attached.{text}": text,
            }
            answer = calm(page.post(path, data=sent))
            harmless(answer.text)


NAMES = (
    "a.html",
    "a.svg",
    "a.xhtml",
    "a.js",
    "a.xml",
    "a.pdf",
    "a.mht",
    "a.htm\x00.png",
    '";\r\nX-Evil: 1\r\n.txt',
    "../../etc/passwd",
    "..\\..\\evil.exe",
    "/etc/shadow",
    "C:\\x.txt",
    "CON",
    ".",
    "..",
    "...",
    " ",
    "a" * 300 + ".html",
    "имя «x».txt",
    "\u202egnp.exe",
    "a\u2028b.txt",
    "%0d%0aX-Evil: 1",
    "a;filename=evil.html",
    "<img src=x onerror=alert(1)>.png",
    "a\tb",
    "😀.svg",
)


@pytest.mark.parametrize("name", NAMES, ids=lambda n: ascii(n)[:24])
def test_a_file_leaves_as_an_attachment_under_a_harmless_name(own: World, name: str) -> None:
    page = own.client("operator")
    content = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    answer = calm(page.post(f"/record/{INQUIRY}/{own['first']}/attach", files={"u.": (name, content, "text/html")}))
    assert answer.status_code in (303, 422)
    for stored in attachments.read_attachments(own.office.ctx("operator"), INQUIRY, own["first"]):
        assert not set(stored.name) & set('/\\\r\n\x00"<>')
        assert stored.name.strip(". ") == stored.name
        got = page.get(f"/file/{stored.id}")
        assert got.status_code == 200
        assert got.content == content
        assert got.headers["content-disposition"].startswith("attachment;")
        assert got.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in got.headers["content-security-policy"]
        assert "x-evil" not in got.headers


PLACES = (
    "../partita/web/app.py",
    "%2e%2e/%2e%2e/etc/passwd",
    "..%2f..%2f..%2fetc/passwd",
    "....//....//etc/passwd",
    "vendor/../../templates/base.html",
    "/etc/passwd",
    "%00",
    "vendor/%00",
    "@x/../../config",
    "vendor\\..\\..\\x",
    "vendor/",
    "",
    "templates/base.html",
    "vendor/manifest.json%00.css",
    "%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
    "file:///etc/passwd",
    ".git/config",
    "~root/.bashrc",
    "x" * 10_000,
)


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p[:24])
def test_no_path_leads_out_of_the_folder_of_assets(world: World, place: str) -> None:
    for prefix in ("/static/", "/static//", "/file/", "/file/1/", "/list/"):
        answer = calm(world.client("operator").get(prefix + place))
        assert answer.status_code in (303, 307, 404, 405, 403, 200 if prefix == "/file/" and not place else 404)
        assert "root:" not in answer.text


CELLS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", " =1+1", "\uff1d1+1", '"=1', "x\n=1")


@pytest.mark.parametrize("cell", CELLS, ids=ascii)
def test_an_exported_cell_is_no_formula(own: World, cell: str) -> None:
    own.office.create("cell", ORGANIZATION, "admin", name=f"{cell}я", full_name=cell)
    answer = own.client("admin").get(f"/list/{ORGANIZATION}/export")
    assert answer.status_code == 200
    for line in answer.content.decode("utf-8-sig").splitlines():
        assert [
            c
            for c in line.split(";")
            if c.strip('"').lstrip()[:1] in set("=+-@\uff1d") and not c.strip('"')[1:2].isdigit()
        ] == []
