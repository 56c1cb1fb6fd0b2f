"""Lists in the browser: the address, Back, keys on any layout, marks, the palette."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest

from tests.support.browser import PageOpener
from tests.theme.conftest import Scene

pytestmark = pytest.mark.browser
FOCUS = "() => document.activeElement.id"
SCROLL = "() => document.querySelector('[data-scroller]').scrollTop"


@pytest.fixture
def page(pages: PageOpener, scene: Scene) -> Any:
    page = pages.open(viewport={"width": 1280, "height": 720})
    page.goto(f"{scene.base}/list")
    return page


def press_cyrillic(page: Any, key: str, code: str, **more: bool) -> None:
    given = {"key": key, "code": code, "bubbles": True, "cancelable": True, **more}
    page.evaluate("given => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', given))", given)


def search(page: Any, text: str, shown: int) -> None:
    page.click("#q")
    page.keyboard.type(text, delay=20)
    page.wait_for_function(f"() => document.querySelectorAll('a.row').length === {shown}")


def test_typing_in_the_search_keeps_the_caret_and_moves_the_address(page: Any) -> None:
    search(page, "окна", 66)
    assert page.evaluate(FOCUS) == "q"
    assert unquote(page.url).endswith("/list?q=окна")
    assert page.inner_text("#list-count") == "Показано 66"


def test_back_returns_a_full_page_to_the_same_row(page: Any) -> None:
    search(page, "окна", 66)
    address = page.url
    page.locator("a.row").nth(50).scroll_into_view_if_needed()
    scrolled = page.evaluate(SCROLL)
    page.locator("a.row").nth(50).click()
    page.wait_for_url("**/record/*")
    page.go_back()
    page.wait_for_url(address)
    page.wait_for_function("() => document.activeElement.matches('a.row')")
    assert page.locator("nav").count() == 2
    assert page.input_value("#q") == "окна"
    assert abs(page.evaluate(SCROLL) - scrolled) < 60


def test_back_within_the_list_takes_the_last_search_away(page: Any) -> None:
    search(page, "дв", 34)
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('a.row').length === 100")
    assert page.input_value("#q") == ""
    assert page.locator("h1").count() == 1


def test_a_filter_stays_open_while_its_choices_are_made(page: Any) -> None:
    page.click("#c-state-button")
    page.check("#c-state-v")
    page.wait_for_url("**state=a**")
    assert page.locator("#c-state[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("#c-state[open]").count() == 0
    assert page.evaluate(FOCUS) == "c-state-button"


def test_rows_are_walked_by_keys_on_any_layout(page: Any) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate(FOCUS) == "l1"
    press_cyrillic(page, "о", "KeyJ")
    assert page.evaluate(FOCUS) == "l2"
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/record/1")


def test_rows_are_marked_and_counted(page: Any) -> None:
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.locator("#ck4").click(modifiers=["Shift"])
    assert page.inner_text("[data-bulk-count]") == "Выбрано 5"
    page.click("[data-bulk-clear]")
    assert not page.locator("[data-bulk]").is_visible()


def test_a_row_opens_where_there_is_no_link(page: Any) -> None:
    page.mouse.click(900, 300)
    page.wait_for_url("**/record/*")


def test_keys_of_one_letter_are_silent_in_a_field(page: Any) -> None:
    page.click("#q")
    page.keyboard.type("n?jx")
    page.wait_for_selector(".empty")
    assert page.input_value("#q") == "n?jx"
    assert page.locator("dialog[open]").count() == 0


def test_the_sheet_of_keys_opens_and_gives_the_focus_back(page: Any) -> None:
    page.keyboard.press("j")
    page.keyboard.press("Shift+?")
    page.wait_for_selector("#help[open]")
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUS) == "l0"


def test_the_palette_opens_on_a_cyrillic_layout_and_leads_to_a_record(page: Any) -> None:
    press_cyrillic(page, "л", "KeyK", ctrlKey=True)
    page.wait_for_selector("#palette-options [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/record/1")


def test_new_and_edit_are_one_key_away(page: Any, scene: Scene) -> None:
    press_cyrillic(page, "т", "KeyN")
    page.wait_for_url("**/form")
    page.goto(f"{scene.base}/record/7")
    page.keyboard.press("e")
    page.wait_for_url("**/form")


def test_a_lost_connection_is_told_and_the_rows_stay(page: Any, pages: PageOpener) -> None:
    page.route("**/list?**", lambda route: route.abort())
    page.click("#q")
    page.keyboard.type("о")
    page.wait_for_selector(".toast[role=alert]")
    assert page.locator("a.row").count() == 100
    pages.complaints[page].found.clear()


def test_the_theme_changes_in_place(page: Any, scene: Scene) -> None:
    page.click("#user-menu-button")
    page.click("[name=theme][value=dark]")
    assert page.evaluate("() => document.documentElement.dataset.theme") == "dark"
    page.wait_for_function("() => getComputedStyle(document.body).backgroundColor === 'rgb(16, 19, 23)'")
    assert scene.posts("look")[-1]["theme"] == "dark"
