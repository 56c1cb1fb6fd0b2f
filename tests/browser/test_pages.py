"""Pages in Chromium: what people do with lists, cards and dialogs; Back; life without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import Served, SignIn
from tests.browser.test_intake import forget_refusals
from tests.support.browser import PageOpener

pytestmark = pytest.mark.browser
AxeViolations = Callable[[Page], list[str]]
INQUIRY = "requests.purchase_inquiry"
PATHS = [
    "/", f"/list/{INQUIRY}", "/list/base.organization?f=is_client:eq:1&q=орион", f"/new/{INQUIRY}",
    f"/record/{INQUIRY}/1", f"/record/{INQUIRY}/1/edit", f"/record/{INQUIRY}/1/decide", f"/record/{INQUIRY}/1/history",
    "/record/base.organization/1?tab=related-base_contact_organization", "/search?q=орион", "/intake?who=1",
]  # fmt: skip
LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True},
}
SPILLS = """() => {
  const wide = document.documentElement
  const bad = wide.scrollWidth > wide.clientWidth + 1 ? [`the page is ${wide.scrollWidth} wide`] : []
  for (const e of document.querySelectorAll("button, .btn, .badge, h1, h2, label")) {
    const box = e.getBoundingClientRect()
    if (!e.checkVisibility() || box.width < 2 || e.closest(".vh, .tablebox, .views, .chips, .tabs")) continue
    if (box.right > wide.clientWidth + 1) bad.push(`out: ${e.id || e.className} ${e.textContent.trim().slice(0, 40)}`)
  }
  return bad
}"""


@pytest.mark.parametrize("look", list(LOOKS))
def test_every_page_is_accessible_and_fits(sign_in: SignIn, axe_violations: AxeViolations, look: str) -> None:
    page = sign_in("specialist", **LOOKS[look])
    wrong: list[str] = []
    for path in PATHS:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        wrong += [f"{path}: {line}" for line in [*axe_violations(page), *page.evaluate(SPILLS), *structure(page)]]
    assert wrong == []


def structure(page: Page) -> list[str]:
    """One h1, one main, ids that do not repeat, nothing that leaked from the server."""
    found = []
    if page.locator("h1").count() != 1 or page.locator("main").count() != 1:
        found.append("h1 or main")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    found += sorted({f"repeated id {name}" for name in ids if ids.count(name) > 1})
    unnamed = page.evaluate(
        "[...document.querySelectorAll('input:not([type=hidden]),select,textarea')].filter(e => !e.id).map(e => e.name)"
    )
    found += [f"no id: {name}" for name in unnamed]
    text = page.locator("body").inner_text()
    return found + [word for word in ("None", "undefined", "{{", "NaN", "Traceback") if word in text]


def test_typing_in_the_search_keeps_the_caret_and_the_address(sign_in: SignIn) -> None:
    page = sign_in("operator")
    page.goto("/list/base.organization")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("вектор")
    expect(page.locator("a.row")).to_have_count(1)
    expect(page.locator("#q")).to_be_focused()
    expect(page).to_have_url(re.compile(r"q=%D0%B2%D0%B5%D0%BA"))
    page.keyboard.press("Control+a")
    page.keyboard.type("нет такого")
    expect(page.locator(".empty")).to_be_visible()
    page.locator("#reset").click()
    expect(page.locator("a.row")).to_have_count(2)


def test_back_brings_a_whole_page_with_its_conditions(sign_in: SignIn) -> None:
    page = sign_in("operator")
    page.goto("/list/base.organization")
    page.locator("#q").fill("орион")
    expect(page.locator("a.row")).to_have_count(1)
    page.locator("a.row").first.click()
    expect(page.locator("h1")).to_contain_text("Орион")
    page.go_back()
    expect(page.locator("header.top")).to_be_visible()
    expect(page.locator("a.row")).to_have_count(1)
    expect(page.locator("#q")).to_have_value("орион")


def test_a_condition_is_set_in_its_popover(sign_in: SignIn) -> None:
    page = sign_in("operator")
    page.goto(f"/list/{INQUIRY}")
    page.get_by_text("Состояние", exact=True).first.click()
    page.locator("#v-0").check()
    expect(page).to_have_url(re.compile("f=state:in:accepted"))
    expect(page.locator(".chip.set")).to_contain_text("Принят")
    page.locator(".chip-x").first.click()
    expect(page.locator(".chip.set")).to_have_count(0)


def test_the_palette_opens_a_record_from_anywhere(sign_in: SignIn) -> None:
    page = sign_in("operator")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_focused()
    page.keyboard.type("орион")
    expect(page.locator("#palette-options [role=option]").first).to_contain_text("Орион")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Орион")


def test_a_decision_is_taken_by_digits_and_asks_what_it_needs(
    sign_in: SignIn, pages: PageOpener, axe_violations: AxeViolations, served: Served
) -> None:
    record = served.office.create("decided", INQUIRY, "operator", counterparty=1, product=1, quantity=1)
    page = sign_in("specialist")
    page.goto(f"/record/{INQUIRY}/{record}")
    page.locator("#act-decide").press("Enter")
    expect(page.locator("#decision")).to_be_focused()
    page.keyboard.press("2")
    expect(page.locator("#f-offer_sum")).to_be_visible()
    assert axe_violations(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.locator("#deed-errors")).to_be_focused()
    page.locator("#f-offer_sum").fill("1 200,50")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("Решение принято")
    expect(page.locator("#feed")).to_contain_text("Направлено коммерческое предложение")
    forget_refusals(pages, page)


def test_a_conflict_is_settled_field_by_field_in_a_dialog(sign_in: SignIn, pages: PageOpener) -> None:
    anna, olga = sign_in("operator"), sign_in("specialist")
    for page in (anna, olga):
        page.goto("/record/base.organization/2/edit")
    olga.locator("#f-notes").fill("Написала Ольга")
    olga.locator("#save").click()
    olga.wait_for_url("**/record/base.organization/2")
    anna.locator("#f-notes").fill("Написала Анна")
    anna.locator("#save").click()
    dialog = anna.locator("dialog[open]")
    expect(dialog).to_contain_text("Написала Ольга")
    expect(dialog).to_contain_text("Написала Анна")
    dialog.locator("#conflict-save").click()
    anna.wait_for_url("**/record/base.organization/2")
    expect(anna.locator("#v-notes")).to_contain_text("Написала Анна")
    forget_refusals(pages, anna)


def test_a_comment_appears_without_reloading(sign_in: SignIn) -> None:
    page = sign_in("operator")
    page.goto(f"/record/{INQUIRY}/1")
    page.locator("#comment").fill("Перезвонить утром")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#feed")).to_contain_text("Перезвонить утром")
    expect(page.locator("#comment")).to_have_value("")


def test_rows_are_added_in_place_and_totals_follow(sign_in: SignIn) -> None:
    page = sign_in("specialist")
    page.goto(f"/record/{INQUIRY}/1/edit")
    page.locator("#f-conditions-add").click()
    expect(page.locator("#f-conditions-0-name")).to_be_focused()
    page.keyboard.type("Отсрочка")
    page.locator("#f-conditions-add").click()
    expect(page.locator("#f-conditions-1-name")).to_be_visible()
    assert page.locator("#f-conditions-0-name").input_value() == "Отсрочка"
    page.locator("#f-conditions-1-remove").click()
    expect(page.locator("#f-conditions-1-name")).to_have_count(0)


def test_two_quick_clicks_make_one_record(sign_in: SignIn, served: Served) -> None:
    page = sign_in("operator")
    page.goto("/new/base.organization")
    page.locator("#f-name").fill("Дважды нажатая")
    page.evaluate("() => { const b = document.querySelector('#save'); b.click(); b.click() }")
    page.wait_for_url(re.compile(r"/record/base\.organization/\d+"))
    page.goto("/list/base.organization?q=дважды")
    expect(page.locator("a.row")).to_have_count(1)


def test_leaving_with_unsaved_words_asks_first(sign_in: SignIn) -> None:
    page = sign_in("operator")
    page.goto("/record/base.organization/1/edit")
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.locator("#f-notes").fill("Не сохранено")
    expect(page).to_have_title(re.compile("^● "))
    page.goto("/")
    assert asked == ["beforeunload"]


def test_theme_and_language_change_where_the_person_is(sign_in: SignIn) -> None:
    page = sign_in("head")
    page.goto(f"/record/{INQUIRY}/1")
    page.locator("#user-menu-button").click()
    page.locator("#user-menu button[name=theme][value=dark]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator("#user-menu button[name=language][value=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url(re.compile(f"/record/{INQUIRY}/1$"))
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_request_is_registered_without_scripts(sign_in: SignIn) -> None:
    page = sign_in("operator", java_script_enabled=False)
    page.goto("/intake")
    page.locator("#who").fill("орион")
    page.get_by_role("button", name="Найти", exact=True).click()
    page.get_by_role("button", name="ООО «Орион»").click()
    page.locator("#type-2").check()
    page.get_by_role("button", name="Обновить вопросы").click()
    page.locator("#f-appeal_kind").check()
    page.get_by_role("button", name="Обновить вопросы").click()
    page.locator("#f-topic").check()
    page.locator("#f-essence").fill("Как промыть фильтр?")
    page.locator("#register").click()
    expect(page.locator("#registered .number")).to_have_text(re.compile(r"З-\d\d-\d{5}"))


def test_a_session_that_ended_leaves_the_form_as_it_was(sign_in: SignIn, pages: PageOpener) -> None:
    page = sign_in("operator")
    page.goto("/record/base.organization/1/edit")
    page.locator("#f-notes").fill("Это нельзя потерять")
    page.context.clear_cookies()
    page.locator("#save").click()
    expect(page.locator(".toast")).to_contain_text("Сеанс завершён")
    expect(page.locator("#f-notes")).to_have_value("Это нельзя потерять")
    forget_refusals(pages, page)
