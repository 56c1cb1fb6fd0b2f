"""An implementer changes the configuration while people work (B-02, B-03, B-05): a field, a type with three conditional
questions, a state and a decision appear in the browser without a restart; they are removed; what was written stays
readable in history; the first revision comes back."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PageOpener
from tests.support.service import served
from tests.support.terminal import Terminal

PASSWORD = "a quiet workshop by the river"
TOOK_UP = 4_000
"""The promise is two seconds; the rest is for a busy machine."""
FIRST = """kind: request_type
name: repair
label: {ru: Заявка, en: Repair}
plural: {ru: Заявки, en: Repairs}
numbering: repair_number
states: repair_cycle
decisions: repair_decisions
fields:
  fault: {type: text, label: {ru: Неисправность, en: Fault}, required: true}
---
kind: numbering
name: repair_number
label: {ru: Номера, en: Numbers}
template: "R-{seq:04}"
---
kind: state_scheme
name: repair_cycle
label: {ru: Ход, en: Course}
initial: accepted
states:
  accepted: {label: {ru: Принят, en: Accepted}, category: open}
  done: {label: {ru: Выполнен, en: Done}, category: done}
transitions:
  finish: {label: {ru: Выполнить, en: Finish}, from: [accepted], to: done}
---
kind: decision_catalog
name: repair_decisions
label: {ru: Решения, en: Decisions}
decisions:
  repair: {label: {ru: Ремонтируем, en: Repair it}, class: accept}
---
kind: role
name: foreman
label: {ru: Мастер, en: Foreman}
grants: {all: {read: true, create: true, change: true, commands: all, transitions: all}}
"""
FIELD = "  colour: {type: text, label: {ru: Цвет, en: Colour of the case}}\n"
STATE = "  checked: {label: {ru: Проверен, en: Checked twice}, category: active}\n"
MOVES = (
    "  check: {label: {ru: Проверить, en: Check twice}, from: [accepted], to: checked}\n"
    "  leave: {label: {ru: Сдать, en: Hand over}, from: [checked], to: done}\n"
)
DECISION = "  advise: {label: {ru: Совет, en: Give advice}, class: other}\n"
TYPE = """kind: request_type
name: visit
label: {ru: Выезд, en: Home visit}
plural: {ru: Выезды, en: Home visits}
numbering: repair_number
states: repair_cycle
fields:
  place:
    type: choice
    label: {ru: Место, en: Place}
    options: {flat: {ru: Квартира, en: Flat}, yard: {ru: Двор, en: Yard}}
  floor: {type: integer, label: {ru: Этаж, en: Floor number}, visible: place == flat, required: place == flat}
  lift: {type: boolean, label: {ru: Лифт, en: There is a lift}, visible: place == flat}
  gate: {type: text, label: {ru: Ворота, en: Code of the gate}, visible: place == yard}
"""


@pytest.fixture
def workshop(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path)
    typed(terminal, "partita init workshop --pack workshop --language en")
    terminal.folder /= "workshop"
    write(terminal, FIRST)
    typed(terminal, "partita up --language en")
    (terminal.folder / "password").write_text(PASSWORD, encoding="utf-8")
    typed(terminal, "partita user add anna --name Anna --role foreman --password-file password")
    return terminal


def typed(terminal: Terminal, line: str) -> str:
    code, output = terminal.type(line)
    assert code == 0, f"$ {line}\n{output}"
    return output


def write(terminal: Terminal, repair: str, visit: str = "") -> None:
    (terminal.folder / "pack/repair.yaml").write_text(repair, encoding="utf-8")
    (terminal.folder / "pack/visit.yaml").write_text(visit or "# nothing yet\n", encoding="utf-8")


def widened() -> str:
    text = FIRST.replace("---\nkind: numbering", FIELD + "---\nkind: numbering", 1)
    text = text.replace("transitions:\n", STATE + "transitions:\n")
    text = text.replace("---\nkind: decision_catalog", MOVES + "---\nkind: decision_catalog")
    return text.replace("---\nkind: role", DECISION + "---\nkind: role")


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("Login").fill("anna")
    page.get_by_label("Password").first.fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")


def reload_until(page: Page, text: str, present: bool) -> None:
    """Reload until the words are there (or gone), as long as a server may take to notice a revision."""
    for _ in range(TOOK_UP // 250):
        page.reload()
        if (page.get_by_text(text, exact=False).count() > 0) is present:
            return
        page.wait_for_timeout(250)
    pytest.fail(f"{text!r} {'never came' if present else 'never left'}")


@pytest.mark.browser
def test_the_configuration_changes_while_people_work(workshop: Terminal, pages: PageOpener) -> None:
    with served(workshop.folder) as address:
        page = pages.open(locale="en-US")
        sign_in(page, address)
        page.goto(f"{address}/new/workshop.repair")
        expect(page.get_by_label("Fault")).to_be_visible()
        expect(page.get_by_label("Colour of the case")).to_have_count(0)

        write(workshop, widened(), TYPE)
        assert "workshop.visit" in typed(workshop, "partita check --language en && partita show --language en")
        code, plan = workshop.type("partita plan --language en --sql")
        assert code == 2, plan
        for word in ("colour", "visit", "checked", "advise", "ALTER TABLE", "CREATE TABLE"):
            assert word in plan, f"{word}\n{plan}"
        typed(workshop, "partita apply --message Wider --language en")

        reload_until(page, "Colour of the case", present=True)
        page.get_by_label("Fault").fill("Does not start")
        page.get_by_label("Colour of the case").fill("Emerald")
        page.keyboard.press("Control+Enter")
        page.wait_for_url(re.compile(r"/record/workshop\.repair/\d+"))
        record = page.url.split("?")[0]
        expect(page.get_by_text("Check twice").first).to_be_attached()
        page.goto(f"{record}/decide")
        expect(page.get_by_text("Give advice")).to_be_visible()

        page.goto(f"{address}/new/workshop.visit")
        expect(page.get_by_label("Floor number")).to_have_count(0)
        page.get_by_label("Flat").check()
        expect(page.get_by_label("Floor number")).to_be_visible()
        expect(page.get_by_label("There is a lift")).to_be_visible()
        expect(page.get_by_label("Code of the gate")).to_have_count(0)

        write(workshop, FIRST)
        assert "colour" in typed(workshop, "partita apply --message Narrower --language en")
        page.goto(f"{address}/new/workshop.repair")
        reload_until(page, "Colour of the case", present=False)
        page.goto(f"{record}/history")
        expect(page.get_by_text("Emerald").first).to_be_visible()

        assert "Wider" in typed(workshop, "partita history --language en")
        typed(workshop, "partita rollback 2 --language en")
        page.goto(record)
        reload_until(page, "Colour of the case", present=True)
        expect(page.get_by_text("Emerald").first).to_be_visible()
        typed(workshop, "partita rollback 1 --language en")
        page.goto(f"{address}/new/workshop.repair")
        reload_until(page, "Colour of the case", present=False)
        expect(page.get_by_label("Fault")).to_be_visible()
        assert typed(workshop, "partita history --language en").count("←") == 2
