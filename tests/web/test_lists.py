"""Lists: the address says everything, counts are honest, empty lists show a way out."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from partita.runtime.records.commands import CreateRecord
from tests.web.conftest import Clients
from tests.web.html import HTMX, Page
from tests.web.site import Office

INQUIRY = "requests.purchase_inquiry"
ORGANIZATION = "base.organization"


def rows(page: Page) -> list[str]:
    return [e.text for e in page.all("a", class_="row")]


def read(client: TestClient, path: str) -> Page:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return Page(answer.text)


def fill(office: Office, count: int) -> None:
    for number in range(count):
        office.do(CreateRecord(ORGANIZATION, {"name": f"Фирма {number:03}", "is_client": number % 2 == 0}))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("f=name:contains:орион", ["ООО «Орион»"]),
        ("f=manager:filled", ["ООО «Орион»"]),
        ("f=manager:empty", ["АО «Вектор»"]),
        ("f=is_client:eq:1", ["АО «Вектор»", "ООО «Орион»"]),
        ("f=created_at:ge:today", ["АО «Вектор»", "ООО «Орион»"]),
        ("f=created_at:le:-1д", []),
        ("q=вектор", ["АО «Вектор»"]),
        ("q=4417", ["ООО «Орион»"]),
        ("sort=-name", ["ООО «Орион»", "АО «Вектор»"]),
    ],
)
def test_conditions_of_the_address_choose_the_rows(client: Clients, query: str, expected: list[str]) -> None:
    assert rows(read(client("operator"), f"/list/{ORGANIZATION}?{query}")) == expected


def test_a_link_is_chosen_by_the_record_and_shown_by_its_title(client: Clients, office: Office) -> None:
    found = read(client("operator"), f"/list/{INQUIRY}?f=counterparty:in:{office.ids['orion']}")
    assert len(rows(found)) == 1
    assert "ООО «Орион»" in found.one("div", class_="chip set").text


def test_me_is_the_person_who_looks(client: Clients) -> None:
    assert len(rows(read(client("specialist"), f"/list/{INQUIRY}?f=responsible:in:me"))) == 1
    assert rows(read(client("head"), f"/list/{INQUIRY}?f=responsible:in:me")) == []


def test_conditions_that_cannot_be_read_are_told_and_do_not_break_the_list(client: Clients) -> None:
    found = read(client("operator"), f"/list/{ORGANIZATION}?f=nothing:eq:1&f=created_at:ge:когда-нибудь&f=broken")
    assert len(rows(found)) == 2
    assert len(found.all("div", class_="notice tone-warning")) == 2


def test_the_filter_form_leads_to_a_readable_address(client: Clients) -> None:
    sent = {
        "w.0": "state",
        "o.0": "in",
        "v.0": ["accepted", "in_work"],
        "w.1": "responsible",
        "o.1": "in",
        "q": "котёл",
    }
    answer = client("operator").get(f"/list/{INQUIRY}", params=sent, follow_redirects=False)
    assert answer.status_code == 303
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    assert query == {"f": ["state:in:accepted,in_work"], "q": ["котёл"]}


def test_htmx_gets_the_region_alone_and_the_address_to_remember(client: Clients) -> None:
    page = client("operator")
    answer = page.get(f"/list/{INQUIRY}?w.0=state&o.0=in&v.0=done", headers=HTMX)
    assert answer.headers["hx-push-url"] == f"/list/{INQUIRY}?f=state:in:done"
    assert "<html" not in answer.text
    assert answer.headers["vary"] == "HX-Request" or "HX-Request" in answer.headers["vary"]
    assert answer.headers["cache-control"] == "private, no-cache"


def test_conditions_are_removed_one_by_one_and_all_at_once(client: Clients) -> None:
    page = client("operator")
    found = read(page, f"/list/{ORGANIZATION}?f=is_client:eq:1&f=name:contains:орион")
    hrefs = [e.attributes["href"] for e in found.all("a", class_="chip-x")]
    assert len(rows(read(page, hrefs[1]))) == 2
    assert len(rows(read(page, found.one("a", class_="btn link reset").attributes["href"]))) == 2


def test_a_long_list_grows_by_hundreds_and_turns_its_pages(client: Clients, office: Office) -> None:
    fill(office, 130)
    page = client("operator")
    first = read(page, f"/list/{ORGANIZATION}?sort=name")
    assert len(rows(first)) == 100
    assert "Показано 100 из 132" in first.source
    assert len(rows(read(page, first.one("a", id="more").attributes["href"]))) == 132
    second = read(page, first.one("a", id="page-next").attributes["href"])
    assert len(rows(second)) == 32
    assert rows(read(page, second.one("a", id="page-prev").attributes["href"])) == rows(first)


def test_nothing_matches_and_nothing_yet_are_different(client: Clients) -> None:
    page = client("operator")
    assert "Ничего не подходит" in read(page, f"/list/{ORGANIZATION}?q=нетникого").source
    assert "пока ничего" in read(page, "/list/requests.service_appeal").source


def test_views_are_tabs_with_counts(client: Clients) -> None:
    page = client("operator")
    counted = Page(page.get(f"/list/{INQUIRY}/views?view=default").text)
    by_name = {e.text: e.attributes["href"] for e in counted.all("a")}
    assert "Новые 1" in by_name
    assert len(rows(read(page, by_name["Новые 1"]))) == 1


def test_a_tile_of_the_workplace_shows_as_many_as_its_list(client: Clients) -> None:
    page = client("operator")
    tile = read(page, "/").one("a", id="tile-requests-purchase_inquiry-accepted")
    number = re.findall(r"\d+$", tile.text)[0]
    assert len(rows(read(page, tile.attributes["href"]))) == int(number) == 1


def test_what_people_wrote_is_shown_as_text(client: Clients, office: Office) -> None:
    office.do(CreateRecord(ORGANIZATION, {"name": "<script>alert(1)</script>&\"'"}))
    text = client("operator").get(f"/list/{ORGANIZATION}").text
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in text


def test_the_export_holds_the_same_rows_and_harmless_cells(client: Clients, office: Office) -> None:
    office.do(CreateRecord(ORGANIZATION, {"name": "=cmd|' /C calc'!A0"}))
    answer = client("admin").get(f"/list/{ORGANIZATION}/export?f=name:contains:cmd")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert len(lines) == 2
    assert lines[1].startswith("\"'=cmd") or lines[1].startswith("'=cmd")


def test_the_export_needs_its_right(client: Clients) -> None:
    assert client("operator").get(f"/list/{ORGANIZATION}/export").status_code == 403


@pytest.mark.parametrize("path", ["/list/nothing.here", "/list/", "/record/nothing.here/1", "/new/nothing.here"])
def test_types_that_do_not_exist_are_pages_that_do_not_exist(client: Clients, path: str) -> None:
    assert client("operator").get(path).status_code == 404


def test_a_condition_is_added_from_the_list_of_fields(client: Clients) -> None:
    page = client("operator")
    answer = page.get(f"/list/{ORGANIZATION}?w.0=manager&o.0=in&add=created_at", headers=HTMX)
    opened = Page(answer.text).one("details", id="chip-2")
    assert "open" in opened.attributes
    assert "Создано" in opened.text
    assert answer.headers["hx-push-url"] == f"/list/{ORGANIZATION}"
    assert Page(page.get(f"/list/{ORGANIZATION}?add=created_at").text).has("details", open="", id="chip-2")
