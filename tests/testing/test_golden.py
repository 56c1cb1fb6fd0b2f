"""Golden files are compared to the letter and written only when told."""

from pathlib import Path

import pytest

from partita.testing.golden import RENEW, assert_golden, compare_text


def test_equal_texts_have_no_difference() -> None:
    assert compare_text("a\nb\n", "a\nb\n") == ""


def test_a_difference_shows_both_lines() -> None:
    difference = compare_text("name: Орион\n", "name: Вектор\n")
    assert "-name: Орион" in difference
    assert "+name: Вектор" in difference


def test_a_golden_file_that_is_not_there_fails_and_says_how_to_write_it(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=RENEW):
        assert_golden("text", tmp_path / "absent.txt")


def test_a_golden_file_is_written_when_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RENEW, "1")
    assert_golden("text", tmp_path / "deep" / "new.txt")
    monkeypatch.delenv(RENEW)
    assert_golden("text", tmp_path / "deep" / "new.txt")
    with pytest.raises(AssertionError, match="-text"):
        assert_golden("other", tmp_path / "deep" / "new.txt")
