"""Folding is what comparisons, sorting and search see."""

import pytest

from partita.base.text import fold, say, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ЁЛКА", "елка"),
        ("ёж", "еж"),
        ("Қазақстан", "қазақстан"),
        ("ÀÉ", "àé"),
        ("ΣΑΣ", "σασ"),
        ("ООО «Ромашка»", "ооо «ромашка»"),
    ],
)
def test_fold_lowers_letter_by_letter_and_joins_yo_with_ye(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_fold_keeps_the_length() -> None:
    assert len(fold("İSTANBUL ẞ")) == len("İSTANBUL ẞ")


def test_words_fall_back_to_the_first_language_that_has_them() -> None:
    assert say(words({"en": "Request", "kk": "Сұраныс"}), "ru") == "Request"
    assert say(None, "ru", "—") == "—"
