"""The page of messages tells what the catalogue tells."""

from __future__ import annotations

from partita.base.codes.catalogue import FAMILIES, MESSAGES
from partita.testing.golden import assert_golden
from tools.reference import PAGE, TITLES, write_messages


def test_the_page_of_messages_is_up_to_date() -> None:
    assert_golden(write_messages(), PAGE)


def test_every_message_has_its_line() -> None:
    lines = write_messages().splitlines()
    assert [code for code in MESSAGES if sum(line.startswith(f"| `{code}` |") for line in lines) != 1] == []


def test_every_family_has_its_title() -> None:
    assert list(TITLES) == list(FAMILIES)
