"""The phone call: an appeal is registered by the keyboard alone, in both languages, on any screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.support.browser import PageOpener

pytestmark = pytest.mark.browser
AxeViolations = Callable[[Page], list[str]]

SCREENS: dict[str, dict[str, Any]] = {
    "desk": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}},
}


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def register_known_caller(page: Page) -> str:
    """J1: `N`, the caller's digits, Enter, the type and the kind by digits, what he says, Ctrl+Enter."""
    page.keyboard.press("n")
    page.wait_for_url("**/intake")
    expect(page.locator("#who")).to_be_focused()
    page.keyboard.type("4417")
    expect(page.locator("#who-options [role=option]").first).to_contain_text("Орион")
    page.keyboard.press("Enter")
    expect(page.locator("#type")).to_be_focused()
    page.keyboard.press("2")
    expect(page.locator("#f-appeal_kind")).to_be_focused()
    page.keyboard.press("1")
    expect(page.locator("#f-topic")).to_be_visible()
    page.keyboard.press("Tab")
    return answer_question(page)


def answer_question(page: Page) -> str:
    """Walks by Tab to what is required and answers it."""
    for _ in range(12):
        if focused(page) == "f-topic":
            page.keyboard.press("1")
        if focused(page) == "f-essence":
            page.keyboard.type("Как промыть фильтр?")
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/record/requests\.service_appeal/\d+\?done=registered"))
    return page.locator("#registered .number").inner_text()


@pytest.mark.parametrize("screen", list(SCREENS))
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_known_caller_is_registered_by_the_keyboard_alone(
    sign_in: SignIn, axe_violations: AxeViolations, language: str, screen: str
) -> None:
    page = sign_in("operator", language, locale="ru-RU" if language == "ru" else "en-US", **SCREENS[screen])
    assert re.fullmatch(r"З-\d\d-\d{5}", register_known_caller(page))
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert axe_violations(page) == []


def test_an_unknown_caller_gets_a_card_without_leaving_the_page(sign_in: SignIn, axe_violations: AxeViolations) -> None:
    page = sign_in("operator")
    page.keyboard.press("n")
    expect(page.locator("#who")).to_be_focused()
    page.keyboard.type("+7 921 555-00-11")
    expect(page.locator("#who-options [data-create-option]")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#f-name")).to_be_focused()
    assert re.sub(r"\D", "", page.locator("#c-phone").input_value()) == "79215550011"
    assert axe_violations(page) == []
    page.keyboard.type("ООО «Ромашка»")
    page.locator("#c-name").focus()
    page.keyboard.type("Лютикова Вера")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#type")).to_be_focused()
    expect(page.locator("#who")).to_have_value("ООО «Ромашка»")
    page.keyboard.press("2")
    expect(page.locator("#f-contact")).to_have_value("Лютикова Вера")
    page.keyboard.press("1")
    expect(page.locator("#f-topic")).to_be_visible()
    answer_question(page)
    expect(page.locator(".record-head")).to_contain_text("Впервые")


def test_what_is_wrong_is_told_at_the_top_and_beside_the_questions(
    sign_in: SignIn, pages: PageOpener, axe_violations: AxeViolations
) -> None:
    page = sign_in("operator")
    page.goto("/intake/requests.service_appeal?who=1")
    page.locator("#f-essence").fill("Текст, который нельзя потерять")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-ux=error-summary]")).to_be_focused()
    expect(page).to_have_title(re.compile("^(● )?Ошибка: "))
    assert page.locator("#f-essence").input_value() == "Текст, который нельзя потерять"
    page.locator("[data-ux=error-summary] a").first.press("Enter")
    expect(page.locator("#f-appeal_kind")).to_be_focused()
    assert axe_violations(page) == []
    forget_refusals(pages, page)


def forget_refusals(pages: PageOpener, page: Page) -> None:
    """Chromium reports each 4xx answer of a fragment; those that the test provoked are not complaints."""
    complaints = pages.complaints[page]
    complaints.found = [line for line in complaints.found if "status of 4" not in line]


def test_questions_appear_without_moving_what_is_typed(sign_in: SignIn) -> None:
    page = sign_in("operator")
    page.goto("/intake/requests.service_appeal?who=1")
    page.locator("#f-essence").fill("Шумит")
    page.locator("#f-appeal_kind-2").check()
    expect(page.locator("[name='f.symptoms']").first).to_be_attached()
    expect(page.locator("#f-appeal_kind-2")).to_be_focused()
    assert page.locator("#f-essence").input_value() == "Шумит"
