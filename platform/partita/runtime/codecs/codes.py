"""Official codes with check digits: tax and registration numbers, bank codes."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from stdnum import iban
from stdnum.ru import inn, ogrn

from partita.model.field import Field
from partita.runtime.codecs.codec import Codec, clean, misfit

BLANKS = re.compile(r"[\s\u00a0\u202f-]+")
LONGEST = 100


def _weighed(digits: str, weights: Sequence[int], modulus: int) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % modulus


def valid_snils(code: str) -> bool:
    """Eleven digits; the last two are the weighed sum of the first nine modulo 101 (100 counts as 0)."""
    if not re.fullmatch(r"[0-9]{11}", code):
        return False
    return _weighed(code[:9], range(9, 0, -1), 101) % 100 == int(code[9:])


def valid_kz(code: str) -> bool:
    """ИИН and БИН of Kazakhstan: twelve digits; a second row of weights where the first gives 10."""
    if not re.fullmatch(r"[0-9]{12}", code):
        return False
    key = _weighed(code, range(1, 12), 11)
    if key == 10:
        key = _weighed(code, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2), 11)
    return key != 10 and key == int(code[11])


def valid_inn(code: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{10}|[0-9]{12}", code)) and bool(inn.is_valid(code)) and set(code) != {"0"}


def valid_ogrn(code: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{13}|[0-9]{15}", code)) and bool(ogrn.is_valid(code))


def valid_kpp(code: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}", code))


def valid_bik(code: str) -> bool:
    return bool(re.fullmatch(r"04[0-9]{7}|[0-9][0-9]{8}", code))


def valid_account(code: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{20}", code))


def valid_iban(code: str) -> bool:
    return bool(iban.is_valid(code, check_country=False))


def account_fits(account: str, bik: str) -> bool:
    """The key of a Russian account against its bank: correspondent accounts go with the clearing centre's digits."""
    if not (valid_account(account) and re.fullmatch(r"[0-9]{9}", bik)):
        return False
    head = f"0{bik[4:6]}" if bik.endswith(("000", "001", "002")) else bik[-3:]
    return _weighed(head + account, (7, 1, 3) * 8, 10) == 0


Judge = Callable[[str], bool]
FORMATS: dict[str, tuple[Judge, str, str]] = {
    "inn": (valid_inn, "не ИНН: не сходится контрольное число", "not an INN: its check digits are wrong"),
    "kpp": (valid_kpp, "не КПП: нужно девять знаков", "not a KPP: nine characters are needed"),
    "ogrn": (valid_ogrn, "не ОГРН: не сходится контрольное число", "not an OGRN: its check digit is wrong"),
    "bin": (valid_kz, "не БИН/ИИН: не сходится контрольное число", "not a BIN/IIN: its check digit is wrong"),
    "bik": (valid_bik, "не БИК: нужно девять цифр", "not a BIK: nine digits are needed"),
    "account": (valid_account, "не счёт: нужно двадцать цифр", "not an account: twenty digits are needed"),
    "snils": (valid_snils, "не СНИЛС: не сходится контрольное число", "not a SNILS: its check digits are wrong"),
    "iban": (valid_iban, "не IBAN: не сходится контрольное число", "not an IBAN: its check digits are wrong"),
}


class CodeCodec(Codec):
    """Text without blanks; a known format is checked by its key."""

    def normalise(self, value: Any, field: Field) -> Any:
        if value is None:
            return None
        code = BLANKS.sub("", clean(value)) if isinstance(value, str) and len(value) <= LONGEST else ""
        if field.format not in FORMATS:
            return self._free(value)
        valid, ru, en = FORMATS[field.format]
        return code.upper() if valid(code.upper()) else misfit(value, ru, en) if str(value).strip() else None

    def _free(self, value: Any) -> Any:
        code = "".join(clean(value).split()) if isinstance(value, str) else None
        if code is None or len(code) > LONGEST:
            return misfit(value, "не код", "not a code")
        return code or None

    def from_json(self, data: Any, field: Field) -> Any:
        return self.normalise(str(data) if isinstance(data, int) and not isinstance(data, bool) else data, field)
