"""Forms in the browser: questions, pickers, dates, files, mistakes, drafts; nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from tests.support.browser import PageOpener
from tests.theme.conftest import Scene

pytestmark = pytest.mark.browser
FOCUS = "() => document.activeElement.id"


@pytest.fixture
def page(pages: PageOpener, scene: Scene) -> Iterator[Any]:
    page = pages.open(viewport={"width": 1280, "height": 900})
    page.clock.set_fixed_time(datetime(2026, 11, 21, 12))
    page.goto(f"{scene.base}/form")
    yield page
    refused = re.compile(r"status of (401|409|422|500)|response:error")
    pages.complaints[page].found[:] = [line for line in pages.complaints[page].found if not refused.search(line)]


def submit(page: Any, **values: str) -> None:
    for name, value in values.items():
        page.fill(f"#f-{name}", value)
    page.keyboard.press("Control+Enter")


def pick_firm(page: Any) -> None:
    page.click("#f-firm")
    page.keyboard.type("ор")
    page.wait_for_selector("#f-firm-options [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def test_the_picker_takes_the_chosen_option_and_asks_for_new_questions(page: Any, scene: Scene) -> None:
    page.click("#f-firm")
    page.keyboard.type("ор")
    page.wait_for_selector("#f-firm-options [role=option]")
    assert page.get_attribute("#f-firm", "aria-expanded") == "true"
    assert page.get_attribute("#f-firm", "aria-activedescendant") == "f-firm-o1"
    page.keyboard.press("ArrowDown")
    with page.expect_response("**/refresh"):
        page.keyboard.press("Enter")
    assert page.input_value("#f-firm-value") == "1"
    assert page.input_value("#f-firm") == "ООО «Орион 1»"
    assert page.evaluate(FOCUS) == "f-firm"
    assert scene.posts("refresh")[-1]["f.firm"] == "1"


def test_text_that_was_not_taken_drops_the_old_value(page: Any) -> None:
    pick_firm(page)
    page.fill("#f-firm", "что-то другое")
    page.keyboard.press("Tab")
    assert page.input_value("#f-firm-value") == ""
    assert page.input_value("#f-firm") == "что-то другое"


def test_a_digit_chooses_and_the_new_question_is_announced_without_moving_the_focus(page: Any) -> None:
    page.focus("#f-kind")
    page.keyboard.press("2")
    page.wait_for_selector("#f-what")
    assert page.is_checked("#f-kind-2")
    assert page.evaluate(FOCUS) == "f-kind-2"
    page.wait_for_function("() => document.getElementById('said').textContent.includes('1')")
    page.keyboard.press("1")
    page.wait_for_selector("#f-what", state="detached")


DATES = {
    "завтра": "22.11.2026",
    "+3д": "24.11.2026",
    "-1н": "14.11.2026",
    "+1м": "21.12.2026",
    "24.11": "24.11.2026",
    "1.2.27": "01.02.2027",
    "2026-12-31": "31.12.2026",
    "010126": "01.01.2026",
    "пн": "23.11.2026",
    "сб": "28.11.2026",
    "31.02": "31.02",
    "чушь": "чушь",
}
MOMENTS = {"пт 15:00": "27.11.2026 15:00", "9:05": "21.11.2026 09:05", "завтра в 8:30": "22.11.2026 08:30"}


@pytest.mark.parametrize(("control", "table"), [("day", DATES), ("due", MOMENTS)])
def test_dates_are_typed_as_they_are_said(page: Any, control: str, table: dict[str, str]) -> None:
    shown = {}
    for typed in table:
        page.fill(f"#f-{control}", typed)
        page.keyboard.press("Tab")
        shown[typed] = page.input_value(f"#f-{control}")
    assert shown == table


def test_the_day_of_the_week_is_echoed(page: Any) -> None:
    page.fill("#f-day", "24.11")
    page.keyboard.press("Tab")
    assert page.inner_text("#f-day-echo") == "вт"


def test_chosen_files_add_up_can_be_taken_back_and_survive_a_refusal(page: Any, scene: Scene) -> None:
    page.set_input_files(
        "#f-files", [{"name": name, "mimeType": "text/plain", "buffer": b"x"} for name in ("a.txt", "b.txt")]
    )
    page.set_input_files("#f-files", [{"name": "c.txt", "mimeType": "text/plain", "buffer": b"z"}])
    page.locator("[data-chosen] button").nth(1).click()
    page.set_input_files("#f-files", [{"name": "big.bin", "mimeType": "text/plain", "buffer": b"z" * 2000}])
    page.wait_for_selector(".toast:has-text('big.bin')")
    submit(page, sum="много")
    page.wait_for_selector("[data-ux=error-summary]")
    names = page.locator("[data-chosen] .file-name").all_inner_texts()
    assert names == ["a.txt", "c.txt"]
    assert page.evaluate("() => document.getElementById('f-files').files.length") == 2


def test_a_refused_form_keeps_what_was_typed_and_puts_the_focus_on_the_summary(page: Any) -> None:
    submit(page, sum="много", text="Важные слова")
    page.wait_for_selector("[data-ux=error-summary]")
    page.wait_for_function("() => document.activeElement.dataset.ux === 'error-summary'")
    page.wait_for_timeout(500)
    assert page.title().startswith("Ошибка")
    assert page.input_value("#f-text") == "Важные слова"
    assert page.get_attribute("#f-sum", "aria-invalid") == "true"
    assert page.get_attribute("#save", "aria-busy") is None
    page.click("[data-ux=error-summary] a")
    assert page.evaluate(FOCUS) == "f-sum"


def test_a_late_answer_of_the_questions_does_not_wipe_the_mistakes(page: Any) -> None:
    page.fill("#f-text", "slow")
    page.check("#f-kind")
    submit(page, sum="много")
    page.wait_for_selector("[data-ux=error-summary]")
    page.wait_for_timeout(600)
    assert page.locator("[data-ux=error-summary]").count() == 1


def test_a_conflict_opens_its_dialog_over_the_kept_form(page: Any) -> None:
    submit(page, text="409")
    page.wait_for_selector("#conflict[open]")
    assert page.evaluate("() => Boolean(document.activeElement.closest('dialog'))")
    page.keyboard.press("Escape")
    page.wait_for_selector("#conflict", state="detached")
    assert page.input_value("#f-text") == "409"
    assert page.evaluate("() => document.activeElement !== document.body")


@pytest.mark.parametrize(("told", "words"), [("500", "500"), ("401", "Сеанс")])
def test_a_failure_is_told_and_the_form_stays(page: Any, told: str, words: str) -> None:
    submit(page, text=told)
    page.wait_for_selector(f".toast[role=alert]:has-text('{words}')")
    assert page.input_value("#f-text") == told


def test_quick_creation_carries_the_typed_text_and_returns_to_the_picker(page: Any) -> None:
    page.click("#f-firm")
    page.keyboard.type("ори")
    page.wait_for_selector("[data-create-option]")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_selector("#create[open]")
    assert page.input_value("#q-name") == "ори"
    assert page.evaluate(FOCUS) == "q-name"
    page.fill("#q-name", "")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#create[open] #create-errors")
    page.fill("#q-name", "ООО «Новая»")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#create", state="detached")
    assert page.input_value("#f-firm-value") == "99"
    assert page.evaluate(FOCUS) == "f-firm"


def test_a_dialog_gives_the_focus_back_to_its_opener(page: Any) -> None:
    page.click("#quick")
    page.wait_for_selector("#create[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("#create", state="detached")
    assert page.evaluate(FOCUS) == "quick"


def test_a_closed_tab_leaves_a_draft_that_is_offered_and_never_put_in_by_itself(page: Any, scene: Scene) -> None:
    page.focus("#f-kind")
    page.keyboard.press("2")
    page.fill("#f-what", "Течёт рама")
    page.wait_for_function("() => Object.keys(localStorage).length === 1 && document.title.startsWith('●')")
    page.wait_for_function("() => Object.values(localStorage)[0].includes('Течёт')")
    again = page.context.new_page()
    again.goto(f"{scene.base}/form")
    again.wait_for_selector(".draft")
    assert again.locator("#f-what").count() == 0
    again.click(".draft button >> nth=0")
    again.wait_for_function("() => document.getElementById('f-what')?.value === 'Течёт рама'")


def test_leaving_with_unsaved_words_is_asked_about(page: Any) -> None:
    asked: list[str] = []

    def agree(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)
    page.fill("#f-text", "x")
    page.click("nav a")
    page.wait_for_url("**/list")
    assert asked == ["beforeunload"]


def test_saving_once_sends_once_and_leaves_no_draft(page: Any, scene: Scene) -> None:
    before = len(scene.posts("form"))
    page.fill("#f-text", "дважды")
    page.fill("#f-sum", "5")
    page.evaluate("() => { for (const _ of [1, 2]) document.getElementById('save').click() }")
    page.wait_for_url("**/list")
    assert len(scene.posts("form")) == before + 1
    assert page.evaluate(FOCUS) == "main"
    assert page.evaluate("() => Object.keys(localStorage).filter(key => key.startsWith('draft:')).length") == 0


def test_the_form_is_saved_without_scripts(pages: PageOpener, scene: Scene) -> None:
    page = pages.open(java_script_enabled=False)
    page.goto(f"{scene.base}/form")
    page.fill("#f-sum", "5")
    page.click("#save")
    page.wait_for_url("**/list")
