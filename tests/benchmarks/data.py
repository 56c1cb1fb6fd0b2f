"""The same invented service desk for the product and for the hand-written limit: deterministic, of any size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

FIRST_DAY = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
SUBJECTS = ("Не включается", "Шум при работе", "Вопрос по гарантии", "Нужны запчасти", "Плановое обслуживание")
PRIORITIES = ("low", "normal", "high", "urgent")
STATES = ("new", "new", "in_work", "waiting", "done", "done", "done", "done")
CITIES = ("Казань", "Самара", "Томск", "Алматы", "Пермь")


@dataclass(frozen=True, slots=True)
class Customer:
    code: str
    name: str
    city: str


@dataclass(frozen=True, slots=True)
class Ticket:
    code: str
    customer: str
    subject: str
    priority: str
    state: str
    amount: Decimal
    wanted_by: date
    registered_at: datetime
    description: str


def customers(count: int) -> Iterator[Customer]:
    for n in range(count):
        yield Customer(f"C{n:06}", f"ООО «Предприятие {n * 7919 % count:06}»", CITIES[n % len(CITIES)])


def tickets(count: int, customer_count: int) -> Iterator[Ticket]:
    for n in range(count):
        turn = n * 2654435761 % 2**32
        at = FIRST_DAY + timedelta(minutes=7 * n % 400_000)
        yield Ticket(
            code=f"T{n:07}",
            customer=f"C{turn % customer_count:06}",
            subject=f"{SUBJECTS[turn % len(SUBJECTS)]}, изделие {turn % 9973}",
            priority=PRIORITIES[turn // 11 % len(PRIORITIES)],
            state=STATES[turn // 13 % len(STATES)],
            amount=Decimal(turn % 9_000_000) / 100,
            wanted_by=(at + timedelta(days=1 + turn % 30)).date(),
            registered_at=at,
            description=f"Обращение {n}: " + "подробности со слов клиента. " * (1 + turn % 5),
        )
