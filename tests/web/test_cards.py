"""Cards: what can be done, what was done, comments, files; transitions, decisions, deletion."""

from __future__ import annotations

import re

from partita.runtime.queries.cards import read_record
from partita.runtime.records.commands import CreateRecord
from tests.web.conftest import Clients
from tests.web.html import HTMX, Page
from tests.web.site import Office

INQUIRY = "requests.purchase_inquiry"


def card(office: Office, name: str = "first") -> str:
    return f"/record/{INQUIRY}/{office.ids[name]}"


def test_the_card_shows_number_state_and_key_fields(client: Clients, office: Office) -> None:
    found = Page(client("operator").get(card(office)).text)
    assert re.fullmatch(r"З-26-\d{5}", found.h1)
    assert found.title == f"{found.h1} · Запрос на приобретение · Партита"
    assert "Принят" in found.all("span", class_="badge state open tone-info")[0].text
    assert "Впервые" in found.source
    assert found.has("a", href=f"/record/base.organization/{office.ids['orion']}")


def test_a_reader_sees_no_buttons_that_are_not_for_him(client: Clients, office: Office) -> None:
    found = Page(client("reader").get(f"/record/base.organization/{office.ids['orion']}").text)
    assert not found.has(id="act-edit")
    assert not found.has("form", id="attach-form")


def test_a_transition_is_one_post(client: Clients, office: Office) -> None:
    page = client("specialist")
    version = read_record(office.ctx("specialist"), INQUIRY, office.ids["first"]).version
    answer = page.post(f"{card(office)}/transition/take", data={"version": str(version), "key": "k1"})
    assert answer.status_code == 200
    assert "Передан в работу" in Page(answer.text).all("span", class_="badge state active tone-accent")[0].text


def test_a_transition_that_asks_is_a_dialog_and_a_page(client: Clients, office: Office) -> None:
    page = client("specialist")
    path = f"{card(office)}/transition/cancel"
    dialog = page.get(path, headers=HTMX)
    assert dialog.text.lstrip().startswith("<dialog")
    form = Page(page.get(path).text)
    assert form.h1 == "Аннулировать"
    refused = page.post(path, data=form.fields())
    assert refused.status_code == 422
    assert any(line.startswith("Причина: ") for line in Page(refused.text).errors())
    done = page.post(path, data={**form.fields(), "f.reason": "Передумали"})
    assert "Аннулирован" in done.text


def test_a_refused_dialog_answers_htmx_with_its_form_alone(client: Clients, office: Office) -> None:
    page = client("specialist")
    path = f"{card(office)}/transition/cancel"
    sent = Page(page.get(path, headers=HTMX).text).fields()
    answer = page.post(path, data=sent, headers=HTMX)
    assert answer.status_code == 422
    assert answer.headers["hx-reselect"] == "#deed-form"


def test_a_decision_asks_its_own_fields(client: Clients, office: Office) -> None:
    page = client("specialist")
    path = f"{card(office)}/decide"
    form = Page(page.get(path).text)
    assert not form.has(name="f.offer_sum")
    asked = Page(page.post(f"{path}?again=1", data={**form.fields(), "decision": "offer"}).text)
    assert asked.has("input", id="f-offer_sum")
    assert page.post(path, data=asked.fields()).status_code == 422
    done = page.post(path, data={**asked.fields(), "f.offer_sum": "1 200,50"})
    assert done.status_code == 200
    values = read_record(office.ctx("specialist"), INQUIRY, office.ids["first"]).values
    assert values["decision"] == "offer"
    assert str(values["offer_sum"]) == "1200.50"


def test_a_decision_in_free_words_needs_them(client: Clients, office: Office) -> None:
    page = client("specialist")
    path = f"{card(office)}/decide"
    sent = Page(page.get(path).text).fields()
    assert page.post(path, data={**sent, "decision": "other"}).status_code == 422
    assert page.post(path, data={**sent, "decision": "other", "text": "Ждём директора"}).status_code == 200


def test_a_decision_must_be_chosen(client: Clients, office: Office) -> None:
    page = client("specialist")
    path = f"{card(office)}/decide"
    refused = page.post(path, data=Page(page.get(path).text).fields())
    assert refused.status_code == 422
    assert Page(refused.text).errors() == ["Выберите решение."]


def test_a_deed_on_a_changed_record_is_told_and_nothing_is_done(client: Clients, office: Office) -> None:
    olga, head = client("specialist"), client("head")
    path = f"{card(office)}/transition/cancel"
    sent = {**Page(olga.get(path).text).fields(), "f.reason": "Передумали"}
    take = {"version": sent["version"], "key": "k2"}
    assert head.post(f"{card(office)}/transition/take", data=take, follow_redirects=False).status_code == 303
    answer = olga.post(path, data=sent)
    assert answer.status_code == 422
    assert "Морозов" in " ".join(Page(answer.text).errors())


def test_comments_and_changes_stand_in_one_line_of_time(client: Clients, office: Office) -> None:
    page = client("operator")
    part = page.post(
        f"{card(office)}/comment",
        data={"text": "Перезвонить <b>утром</b>", "key": "k3"},
        headers=HTMX,
    )
    assert part.text.lstrip().startswith("<div")
    found = Page(page.get(card(office)).text)
    feed = found.one("ol", id="feed").text
    assert "Перезвонить <b>утром</b>" in feed
    assert "Соколова Анна" in feed
    assert page.post(f"{card(office)}/comment", data={"text": "  "}).status_code == 422


def test_files_are_attached_downloaded_and_removed(client: Clients, office: Office) -> None:
    page = client("operator")
    page.post(
        f"{card(office)}/attach", files={"files": ("Договор № 1.html", b"<script>alert(1)</script>", "text/html")}
    )
    found = Page(page.get(card(office)).text)
    link = next(e for e in found.all("a") if e.text == "Договор № 1.html")
    got = page.get(link.attributes["href"])
    assert got.content == b"<script>alert(1)</script>"
    assert got.headers["content-disposition"].startswith("attachment;")
    assert "%D0%94%D0%BE%D0%B3%D0%BE%D0%B2%D0%BE%D1%80" in got.headers["content-disposition"]
    assert "sandbox" in got.headers["content-security-policy"]
    assert got.headers["x-content-type-options"] == "nosniff"
    detach = next(f for f in found.all("form") if "/detach/" in f.attributes.get("action", ""))
    page.post(detach.attributes["action"])
    assert page.get(link.attributes["href"]).status_code == 404


def test_files_of_a_record_that_is_not_seen_do_not_exist(client: Clients, office: Office) -> None:
    page = client("operator")
    page.post(f"{card(office)}/attach", files={"files": ("тайна.txt", b"1", "text/plain")})
    link = next(e for e in Page(page.get(card(office)).text).all("a") if e.text == "тайна.txt").attributes["href"]
    assert client("reader").get(link).status_code == 404


def test_a_card_is_deleted_after_a_question(client: Clients, office: Office) -> None:
    office.ids["spare"] = office.do(CreateRecord("base.organization", {"name": "Лишняя"})).id
    page = client("admin")
    path = f"/record/base.organization/{office.ids['spare']}/delete"
    form = Page(page.get(path).text)
    assert form.h1 == "Удалить «Лишняя»?"
    assert page.post(path, data=form.fields(), follow_redirects=False).status_code == 303
    assert page.get(f"/record/base.organization/{office.ids['spare']}").status_code == 404


def test_a_card_in_use_is_not_deleted_and_the_page_says_why(client: Clients, office: Office) -> None:
    page = client("admin")
    path = f"/record/base.organization/{office.ids['orion']}/delete"
    answer = page.post(path, data=Page(page.get(path).text).fields())
    assert answer.status_code == 422
    assert Page(answer.text).errors()


def test_values_of_the_card_lead_further(client: Clients, office: Office) -> None:
    found = Page(client("operator").get(f"/record/base.organization/{office.ids['orion']}").text)
    assert found.has("a", href="tel:+74951204417")


def test_the_whole_history_is_a_page(client: Clients, office: Office) -> None:
    found = Page(client("operator").get(f"{card(office)}/history").text)
    assert found.h1 == "История изменений"
    assert found.all("li", class_="entry")
