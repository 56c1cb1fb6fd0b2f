"""The operator's page, step by step without scripts; and the search everywhere."""

from __future__ import annotations

import json
import re

import pytest

from partita.runtime.queries.cards import read_record
from tests.web.conftest import Clients
from tests.web.html import HTMX, Page
from tests.web.site import Office

APPEAL = "requests.service_appeal"


@pytest.mark.parametrize("text", ["орион", "120-44-17", "8 495 120 44 17", "jhbjy", "+79161234567"])
def test_the_caller_is_found_by_whatever_he_says(client: Clients, office: Office, text: str) -> None:
    answer = client("operator").get("/fragment/identify", params={"q": text}, headers=HTMX)
    first = Page(answer.text).all("div", role="option")[0]
    assert first.attributes["data-value"].split(":")[0] == str(office.ids["orion"])


def test_a_caller_found_by_a_person_brings_the_person_along(client: Clients, office: Office) -> None:
    page = client("operator")
    found = page.get("/fragment/identify", params={"q": "916 123-45-67"}, headers=HTMX)
    value = Page(found.text).all("div", role="option")[0].attributes["data-value"]
    assert value == f"{office.ids['orion']}:{office.ids['petr']}"
    form = Page(page.get("/intake", params={"who": value, "type": APPEAL}).text)
    assert form.fields()["f.contact"] == str(office.ids["petr"])


def test_an_appeal_is_taken_without_scripts(client: Clients, office: Office) -> None:
    page = client("operator")
    start = Page(page.get("/intake").text).fields()
    found = Page(page.post("/intake", data={**start, "who__text": "орион", "refresh": "1"}).text)
    pick = next(e for e in found.all("button", name="who"))
    chosen = Page(page.post("/intake?again=1", data={**found.fields(), "who": pick.attributes["value"]}).text)
    assert "З-26-00001" in chosen.one("section", id="caller-open").text
    asked = Page(page.post("/intake", data={**chosen.fields(), "type": APPEAL, "refresh": "1"}).text)
    sent = {**asked.fields(), "f.appeal_kind": "question", "f.topic": "usage", "f.essence": "Как промыть?"}
    done = page.post("/intake", data=sent)
    if done.status_code == 422:
        sent |= {**Page(done.text).fields(), "f.topic": first_option(done.text, "f.topic"), "f.essence": "Как?"}
        done = page.post("/intake", data=sent)
    assert done.status_code == 200, Page(done.text).errors()
    assert re.fullmatch(r"З-26-\d{5}", Page(done.text).one("p", class_="number").text)


def first_option(text: str, name: str) -> str:
    values = (e.attributes["value"] for e in Page(text).all("input", name=name) if e.attributes.get("value"))
    return next(values)


def test_the_stage_that_has_just_opened_takes_the_focus(client: Clients, office: Office) -> None:
    page = client("operator")
    who = {"who": str(office.ids["orion"]), "stage": "who", "key": "k"}
    types = page.post("/intake?again=1", data=who, headers=HTMX)
    assert focused(types.text)[:1] == ["type"]
    asked = page.post("/intake?again=1", data={**who, "stage": "type", "type": APPEAL}, headers=HTMX)
    assert focused(asked.text)[:1] == ["f.appeal_kind"]
    answered = {**who, "stage": "form", "type": APPEAL, "f.appeal_kind": "complaint"}
    assert focused(page.post("/intake?again=1", data=answered, headers=HTMX).text) == []


def focused(text: str) -> list[str]:
    """Names of the controls that ask for the focus."""
    return [e.attributes["name"] for e in Page(text).elements if "autofocus" in e.attributes]


def test_an_unknown_caller_gets_a_card_with_what_was_typed(client: Clients) -> None:
    page = client("operator")
    path = "/fragment/quick/base.organization?who=1&for=who"
    by_phone = Page(page.get(f"{path}&text=8 921 555-00-11").text).fields()
    assert re.sub(r"\D", "", by_phone["c.phone"]) == "79215550011"
    assert by_phone["f.name"] == ""
    by_name = Page(page.get(f"{path}&text=Ромашка").text).fields()
    assert by_name["f.name"] == "Ромашка"
    by_mail = Page(page.get(f"{path}&text=info@romashka.example").text).fields()
    assert by_mail["c.email"] == "info@romashka.example"


def test_a_quick_card_tells_the_picker_about_itself_and_its_contact(client: Clients, office: Office) -> None:
    page = client("operator")
    path = "/fragment/quick/base.organization?who=1&for=who"
    sent = Page(page.get(path).text).fields()
    sent |= {"f.name": "ООО «Ромашка»", "c.name": "Лютикова Вера", "c.phone": "+7 921 555-00-11"}
    answer = page.post(path, data=sent, headers=HTMX)
    told = json.loads(answer.headers["hx-trigger"])["partita:created"]
    organization, contact = (int(part) for part in told["id"].split(":"))
    assert told == {"for": "who", "id": f"{organization}:{contact}", "text": "ООО «Ромашка»"}
    assert read_record(office.ctx("admin"), "base.contact", contact).values["organization"] == organization


def test_a_quick_card_without_a_person_keeps_the_phone_itself(client: Clients, office: Office) -> None:
    page = client("operator")
    path = "/fragment/quick/base.organization?who=1"
    sent = {**Page(page.get(path).text).fields(), "f.name": "ИП Новый", "c.phone": "+7 921 555-00-12"}
    answer = page.post(path, data=sent, follow_redirects=False)
    card = int(re.findall(r"who=(\d+)", answer.headers["location"])[0])
    assert read_record(office.ctx("admin"), "base.organization", card).values["phone"] == "+79215550012"


def test_a_wrong_contact_leaves_no_half_made_card(client: Clients, office: Office) -> None:
    page = client("operator")
    path = "/fragment/quick/base.organization?who=1"
    sent = {**Page(page.get(path).text).fields(), "f.name": "ООО «Полдела»", "c.name": "Вера", "c.email": "не почта"}
    answer = page.post(path, data=sent)
    assert answer.status_code == 422
    assert "Полдела" not in page.get("/list/base.organization").text


def test_the_search_finds_records_and_pages(client: Clients) -> None:
    page = client("operator")
    found = Page(page.get("/search", params={"q": "орион"}).text)
    assert "ООО «Орион»" in found.one("ul", data_ux="list").text
    commands = Page(page.get("/search", params={"q": ">обращение"}).text)
    assert "Создать: Обращение по сервису" in commands.source
    palette = page.get("/search", params={"q": "орион"}, headers=HTMX)
    assert (
        Page(palette.text).all("div", role="option")[0].attributes["data-url"].startswith("/record/base.organization/")
    )


def test_the_search_shows_only_what_may_be_seen(client: Clients) -> None:
    wanted = {"q": "З-26-00001"}
    assert Page(client("operator").get("/search", params=wanted).text).has("ul", data_ux="list")
    assert not Page(client("reader").get("/search", params=wanted).text).has("ul", data_ux="list")


def test_files_of_an_intake_survive_a_refusal_and_belong_to_the_request(client: Clients, office: Office) -> None:
    page = client("operator")
    form = Page(page.get("/intake", params={"who": str(office.ids["orion"]), "type": "requests.purchase_inquiry"}).text)
    files = {"u.attachments": ("план.pdf", b"%PDF-1.4", "application/pdf")}
    refused = page.post("/intake", data=form.fields(), files=files)
    assert refused.status_code == 422
    kept = Page(refused.text)
    assert "план.pdf" in kept.source
    done = page.post("/intake", data={**kept.fields(), "f.product": str(office.ids["boiler"])})
    assert done.status_code == 200, Page(done.text).errors()
    assert "план.pdf" in done.text


def test_an_empty_search_offers_what_was_touched_last(client: Clients, office: Office) -> None:
    found = Page(client("operator").get("/search").text)
    assert "З-26-00001" in found.one("ul", data_ux="list").text
