"""New records and changes, posted as a browser without scripts posts them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from partita.runtime.queries.cards import read_record
from tests.web.conftest import Clients
from tests.web.html import Page
from tests.web.site import Office

INQUIRY = "requests.purchase_inquiry"
APPEAL = "requests.service_appeal"


def open_form(page: TestClient, path: str) -> tuple[Page, dict[str, Any]]:
    found = Page(page.get(path).text)
    return found, found.fields()


def test_a_request_is_registered_and_its_number_is_shown_large(client: Clients, office: Office) -> None:
    page = client("operator")
    _, sent = open_form(page, f"/new/{INQUIRY}")
    sent |= {"f.counterparty": str(office.ids["orion"]), "f.product": str(office.ids["boiler"])}
    answer = page.post(f"/new/{INQUIRY}", data=sent)
    found = Page(answer.text)
    assert answer.status_code == 200
    number = found.one("p", class_="number").text
    assert re.fullmatch(r"З-26-\d{5}", number)
    assert number in found.title


def test_a_refused_form_keeps_everything_and_names_every_mistake(client: Clients, office: Office) -> None:
    page = client("operator")
    _, sent = open_form(page, f"/new/{INQUIRY}")
    sent |= {"f.details": "Нельзя потерять", "f.quantity": "много"}
    answer = page.post(f"/new/{INQUIRY}", data=sent)
    found = Page(answer.text)
    assert answer.status_code == 422
    assert found.title.startswith("Ошибка: ")
    assert found.one("textarea", id="f-details").text == "Нельзя потерять"
    assert found.one("input", id="f-quantity").attributes["value"] == "много"
    assert found.one("input", id="f-quantity").attributes["aria-invalid"] == "true"
    assert any(line.startswith("Контрагент: ") for line in found.errors())
    assert any(line.startswith("Количество: ") for line in found.errors())


def test_lines_of_the_summary_lead_to_their_controls_in_their_order(client: Clients) -> None:
    page = client("operator")
    _, sent = open_form(page, f"/new/{INQUIRY}")
    answer = page.post(f"/new/{INQUIRY}", data=sent)
    start = answer.text.index('data-ux="error-summary"')
    targets = re.findall(r'href="#([^"]+)"', answer.text[start : answer.text.index("</ul>", start)])
    positions = [answer.text.index(f'id="{target}"') for target in targets]
    assert targets
    assert positions == sorted(positions)


def test_without_scripts_questions_follow_the_answers_and_nothing_is_lost(client: Clients, office: Office) -> None:
    page = client("operator")
    form, sent = open_form(page, f"/new/{APPEAL}")
    assert not form.has(id="f-serial_number")
    sent |= {"f.counterparty": str(office.ids["orion"]), "f.appeal_kind": "complaint", "f.essence": "Шумит"}
    asked = Page(page.post(f"/fragment/form/{APPEAL}", data={**sent, "refresh": "1"}).text)
    assert asked.has("h1")
    assert asked.has(name="f.symptoms")
    assert asked.one("textarea", id="f-essence").text == "Шумит"


def test_answers_of_a_hidden_branch_come_back_with_their_question(client: Clients, office: Office) -> None:
    page = client("operator")
    _, sent = open_form(page, f"/new/{APPEAL}")
    sent |= {"f.appeal_kind": "complaint", "refresh": "1"}
    asked = Page(page.post(f"/fragment/form/{APPEAL}", data=sent).text).fields()
    asked |= {"f.how_often": "always", "f.appeal_kind": "question", "refresh": "1"}
    hidden = Page(page.post(f"/fragment/form/{APPEAL}", data=asked).text)
    assert not hidden.has(name="f.how_often")
    assert hidden.one("input", name="kept.how_often").attributes["value"] == "always"
    back = Page(page.post(f"/fragment/form/{APPEAL}", data={**hidden.fields(), "f.appeal_kind": "complaint"}).text)
    assert back.fields()["f.how_often"] == ["", "always"]


def test_kept_answers_are_never_saved(client: Clients, office: Office) -> None:
    page = client("operator")
    _, sent = open_form(page, f"/new/{INQUIRY}")
    sent |= {"f.counterparty": str(office.ids["orion"]), "f.product": str(office.ids["boiler"])}
    answer = page.post(
        f"/new/{INQUIRY}", data={**sent, "kept.delivery_address": "Тайная улица"}, follow_redirects=False
    )
    record_id = int(re.findall(r"/(\d+)\?", answer.headers["location"])[0])
    assert not read_record(office.ctx("admin"), INQUIRY, record_id).values.get("delivery_address")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("f.number", "З-1", "Номер"),
        ("f.delivery_address", "Невидимая улица", "Адрес"),
        ("f.no_such_field", "1", "no_such_field"),
        ("f.priority", "никогда", "Срочность"),
        ("f.product", "999999", "Изделие"),
    ],
)
def test_forged_answers_are_refused(client: Clients, office: Office, name: str, value: str, words: str) -> None:
    page = client("operator")
    _, sent = open_form(page, f"/new/{INQUIRY}")
    sent |= {"f.counterparty": str(office.ids["orion"]), "f.product": str(office.ids["boiler"]), name: value}
    answer = page.post(f"/new/{INQUIRY}", data=sent)
    assert answer.status_code == 422
    assert Page(answer.text).errors()


def test_the_same_form_sent_twice_makes_one_record(client: Clients, office: Office) -> None:
    page = client("operator")
    _, sent = open_form(page, f"/new/{INQUIRY}")
    sent |= {"f.counterparty": str(office.ids["orion"]), "f.product": str(office.ids["boiler"])}
    first = page.post(f"/new/{INQUIRY}", data=sent, follow_redirects=False)
    second = page.post(f"/new/{INQUIRY}", data=sent, follow_redirects=False)
    assert first.headers["location"] == second.headers["location"]


def test_rows_are_added_and_removed_without_scripts(client: Clients, office: Office) -> None:
    page = client("specialist")
    path = f"/record/{INQUIRY}/{office.ids['first']}/edit"
    _, sent = open_form(page, path)
    one = Page(page.post(f"{path}?again=1", data={**sent, "add_row": "conditions"}).text)
    two = Page(page.post(f"{path}?again=1", data={**one.fields(), "add_row": "conditions"}).text)
    assert two.has("input", id="f-conditions-1-name")
    filled = {**two.fields(), "f.conditions.0.name": "Отсрочка", "f.conditions.1.name": "Доставка"}
    left = Page(page.post(f"{path}?again=1", data={**filled, "remove_row": "conditions.0"}).text)
    assert left.one("input", id="f-conditions-0-name").attributes["value"] == "Доставка"
    assert not left.has("input", id="f-conditions-1-name")


def test_a_mistake_in_a_row_is_named_with_its_row_and_column(client: Clients, office: Office) -> None:
    page = client("specialist")
    path = f"/record/{INQUIRY}/{office.ids['first']}/edit"
    _, sent = open_form(page, path)
    rows = {"f.lines.0.id": "", "f.lines.0.qty": "три"}
    answer = page.post(path, data={**sent, **rows})
    found = Page(answer.text)
    assert answer.status_code == 422
    assert any(re.match(r"Услуги, строка 1, Количество: ", line) for line in found.errors())


def test_two_people_who_changed_one_field_choose_whose_value_stays(client: Clients, office: Office) -> None:
    path = f"/record/base.organization/{office.ids['vector']}/edit"
    anna, olga = client("operator"), client("specialist")
    (_, mine), (_, theirs) = open_form(anna, path), open_form(olga, path)
    assert olga.post(path, data={**theirs, "f.notes": "Написала Ольга"}, follow_redirects=False).status_code == 303
    clash = anna.post(path, data={**mine, "f.notes": "Написала Анна", "f.site": "vector.example"})
    found = Page(clash.text)
    assert clash.status_code == 409
    assert "Написала Ольга" in clash.text
    assert "Написала Анна" in clash.text
    chosen = {**found.fields(), "keep.notes": "theirs"}
    assert anna.post(path, data=chosen, follow_redirects=False).status_code == 303
    values = read_record(office.ctx("admin"), "base.organization", office.ids["vector"]).values
    assert values["notes"] == "Написала Ольга"
    assert values["site"] == "https://vector.example"


def test_changes_of_different_fields_are_merged_and_told(client: Clients, office: Office) -> None:
    path = f"/record/base.organization/{office.ids['vector']}/edit"
    anna, olga = client("operator"), client("specialist")
    (_, mine), (_, theirs) = open_form(anna, path), open_form(olga, path)
    olga.post(path, data={**theirs, "f.notes": "Написала Ольга"})
    answer = anna.post(path, data={**mine, "f.site": "vector.example"})
    assert answer.status_code == 200
    assert "изменил кто-то ещё" in answer.text


def test_a_draft_waits_without_a_number(client: Clients, office: Office) -> None:
    page = client("operator")
    _, sent = open_form(page, f"/new/{INQUIRY}")
    answer = page.post(f"/new/{INQUIRY}", data={**sent, "f.counterparty": str(office.ids["orion"]), "draft": "1"})
    assert "Черновик" in answer.text
    assert "Незарегистрированные" in page.get("/").text


def test_plus_of_a_related_tab_carries_the_parent(client: Clients, office: Office) -> None:
    page = client("operator")
    card = Page(page.get(f"/record/base.organization/{office.ids['orion']}?tab=related-base_contact_organization").text)
    add = card.one("a", id="related-add").attributes["href"]
    form = Page(page.get(add).text)
    assert form.fields()["f.organization"] == str(office.ids["orion"])
    assert form.one("input", id="f-organization").attributes["value"] == "ООО «Орион»"


def test_a_picker_without_scripts_takes_the_only_record_that_fits(client: Clients, office: Office) -> None:
    page = client("operator")
    _, sent = open_form(page, f"/new/{INQUIRY}")
    sent |= {"f.counterparty__text": "орион", "f.product__text": "котёл"}
    assert page.post(f"/new/{INQUIRY}", data=sent, follow_redirects=False).status_code == 303


def test_who_may_not_create_is_refused_with_the_missing_right(client: Clients) -> None:
    answer = client("reader").get("/new/base.organization")
    assert answer.status_code == 403
    assert Page(answer.text).has("p", class_="why")
