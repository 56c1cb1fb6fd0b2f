"""Words as the index holds them: folded and stemmed; numbers also without leading zeros; phones by their endings."""

import re
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

from partita.base.text import fold
from partita.runtime.codecs.phone import digits, read_phone

WORD = re.compile(r"[^\W_]+")
LETTERS = re.compile(r"[а-я]")
SHORTEST_ENDING, LONGEST_ENDING = 4, 10
_RUSSIAN = snowballstemmer.stemmer("russian")
_ENGLISH = snowballstemmer.stemmer("english")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Of a folded word."""
    if word[0].isdigit() or not word.isalpha():
        return word
    found: str = (_RUSSIAN if LETTERS.search(word) else _ENGLISH).stemWord(word)
    return found


def words_of(text: str) -> Iterator[str]:
    """What the index holds of a text."""
    for word in WORD.findall(fold(text)):
        yield stem(word)
        if word.isdigit() and word.startswith("0") and word.strip("0"):
            yield word.lstrip("0")


def words_of_phone(phone: str) -> Iterator[str]:
    """The whole number, and its endings: people remember last digits."""
    number = digits(phone.partition(";")[0])
    yield number
    for length in range(SHORTEST_ENDING, min(LONGEST_ENDING, len(number) - 1) + 1):
        yield number[-length:]


def readings(text: str) -> tuple[tuple[str, ...], ...]:
    """What may be meant, the likeliest first: a phone in any spelling by its last ten digits, a number or a text by its
    stems, part of a phone by all its digits."""
    words = tuple(dict.fromkeys(stem(word) for word in WORD.findall(fold(text))))
    phone = read_phone(text) if len(digits(text)) >= LONGEST_ENDING else None
    if phone is not None:
        return ((digits(phone.partition(";")[0])[-LONGEST_ENDING:],), words)
    if looks_like_number(text) and len(words) > 1:
        return (words, (digits(text),))
    return (words,) if words else ()


def looks_like_number(text: str) -> bool:
    """Digits dressed with blanks, brackets and dashes: part of a phone."""
    bare = digits(text)
    return len(bare) >= SHORTEST_ENDING and not re.search(r"[^\d\s()+\-.]", text)


LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё"
_SWAPPED = str.maketrans(LATIN + CYRILLIC, CYRILLIC + LATIN)


def other_layout(text: str) -> str:
    """The same keys in the other keyboard layout: «jhbjy» is «орион»."""
    return text.lower().translate(_SWAPPED)
