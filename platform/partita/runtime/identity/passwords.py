"""Passwords: Argon2id hashes, and which passwords are refused."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from partita.base.errors import Problem, Refused
from partita.base.frozen import FrozenMap
from partita.base.text import fold
from partita.runtime.identity.common_passwords import COMMON

SHORTEST = 12
LONGEST = 1000
_HASHER = PasswordHasher()
_GATE = threading.Semaphore(4)
"""Each hash takes 64 MB: so many at once and no more."""


def hash_password(password: str) -> str:
    with _GATE:
        return _HASHER.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Takes the same time for an unknown account: its password is compared with one that nobody has."""
    with _GATE:
        try:
            return _HASHER.verify(stored or _nobodys(), password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(stored: str) -> bool:
    return _HASHER.check_needs_rehash(stored)


def check_strength(password: str, login: str) -> None:
    """Raises Refused: too short, too well known, or the login again."""
    if len(password) < SHORTEST:
        raise Refused(Problem("I005", "password", FrozenMap({"min": SHORTEST})))
    folded = fold(password)
    bare = folded.strip("0123456789!@#$%^&*()_-+=. ")
    login = fold(login)
    known = folded in COMMON or bare in COMMON or login in (folded, bare)
    if known or len(password) > LONGEST or _is_monotonous(folded):
        raise Refused(Problem("I006", "password"))


def _is_monotonous(folded: str) -> bool:
    """One piece of up to four characters repeated, or a run of the alphabet, digits or the keyboard."""
    if any(folded == (folded[:n] * len(folded))[: len(folded)] for n in range(1, 5)):
        return True
    return any(folded in run or folded[::-1] in run for run in RUNS)


RUNS = (
    "0123456789" * 3,
    "1234567890" * 3,
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
    "йцукенгшщзхъфывапролджэячсмитьбю.",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
)
_NOBODYS: list[str] = []


def _nobodys() -> str:
    if not _NOBODYS:
        _NOBODYS.append(_HASHER.hash("nobody has this password"))
    return _NOBODYS[0]
