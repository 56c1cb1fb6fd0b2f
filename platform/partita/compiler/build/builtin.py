"""The fields that every record type of a kind has without a word about them, and the names nobody else may take."""

from collections.abc import Iterator
from dataclasses import dataclass

from partita.base.frozen import FrozenMap
from partita.base.refs import Address, Ref
from partita.base.text import Words
from partita.model.decisions import DecisionCatalog
from partita.model.field import Field, Option
from partita.model.formula import Formula
from partita.model.states import StateScheme

OTHER = "other"
"""The decision that is words alone."""

ALWAYS = ("id", "created_at", "created_by", "changed_at", "changed_by")
OF_STATES = ("state",)
OF_REQUESTS = (
    *("number", "registered_at", "counterparty", "channel", "first_time"),
    *("responsible", "executors", "result", "reason"),
)
OF_DECISIONS = ("decision", "decision_text", "decided_at", "decided_by")
WRITABLE = frozenset({"counterparty", "channel", "responsible", "executors", "result", "reason"})
"""Built-in fields that people (data sets, imports) may give a value to; the others are the system's."""

WORDS_OF_FORMULAS = frozenset(
    [
        "and",
        "or",
        "not",
        "in",
        "is",
        "if",
        "else",
        "true",
        "false",
        "empty",
        "lambda",
        "for",
        "while",
        "def",
        "class",
        "import",
        "from",
        "return",
        "yield",
        "await",
        "async",
        "with",
        "try",
        "except",
        "raise",
        "global",
        "nonlocal",
        "del",
        "pass",
        "assert",
        "break",
        "continue",
        "match",
        "case",
        "then",
        "elif",
    ]
)
RESERVED_FIELDS = (
    frozenset({"version", "revision", "title", "seq", "user", "old", "this", "parent", "settings", "all", "record"})
    | WORDS_OF_FORMULAS
    | {*ALWAYS, *OF_STATES, *OF_REQUESTS, *OF_DECISIONS}
)
RESERVED_COLUMNS = frozenset({"id", "this", "parent", "old", "user", "settings"}) | WORDS_OF_FORMULAS
RESERVED_TYPES = frozenset({"all"})
RESERVED_STATES = frozenset({"any", "same"}) | WORDS_OF_FORMULAS

_LABELS: dict[str, tuple[str, str, str]] = {
    "id": ("Код записи", "Id", "Жазба коды"),
    "created_at": ("Создано", "Created", "Құрылды"),
    "created_by": ("Кем создано", "Created by", "Құрған"),
    "changed_at": ("Изменено", "Changed", "Өзгертілді"),
    "changed_by": ("Кем изменено", "Changed by", "Өзгерткен"),
    "state": ("Состояние", "State", "Күйі"),
    "number": ("Номер", "Number", "Нөмірі"),
    "registered_at": ("Зарегистрировано", "Registered", "Тіркелді"),
    "counterparty": ("Контрагент", "Counterparty", "Контрагент"),
    "channel": ("Канал обращения", "Channel", "Арна"),
    "first_time": ("Впервые", "First time", "Алғаш рет"),
    "responsible": ("Ответственный", "Responsible", "Жауапты"),
    "executors": ("Исполнители", "Executors", "Орындаушылар"),
    "result": ("Результат", "Result", "Нәтиже"),
    "reason": ("Причина", "Reason", "Себебі"),
    "decision": ("Решение", "Decision", "Шешім"),
    "decision_text": ("Комментарий к решению", "Comment on the decision", "Шешімге түсініктеме"),
    "decided_at": ("Решено", "Decided", "Шешілді"),
    "decided_by": ("Кто решил", "Decided by", "Шешкен"),
    OTHER: ("Другое", "Other", "Басқа"),
}
_CHANNELS: dict[str, tuple[str, str, str]] = {
    "phone": ("Телефон", "Phone", "Телефон"),
    "mail": ("Почта", "Mail", "Пошта"),
    "paper": ("На бумаге", "On paper", "Қағазда"),
    "site": ("Сайт", "Web site", "Сайт"),
    "person": ("Лично", "In person", "Жеке өзі"),
    "import": ("Загрузка", "Import", "Жүктеу"),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What the built-in fields of one type depend on."""

    ref: Ref
    people: Ref | None
    scheme: StateScheme | None = None
    catalog: DecisionCatalog | None = None
    counterparty: Ref | None = None

    @property
    def is_request(self) -> bool:
        return self.ref.kind == "request_type"


def built_in_fields(setting: Setting) -> Iterator[Field]:
    yield _field("id", "integer")
    if setting.is_request:
        yield _field("number", "text", length=100)
    if setting.scheme:
        yield _field("state", "choice", options=_state_options(setting.scheme))
    if setting.is_request:
        yield from _request_fields(setting)
    if setting.catalog:
        yield _field("decision", "choice", options=_decision_options(setting.catalog))
        yield _field("decision_text", "multiline")
        yield _field("decided_at", "datetime")
        yield _field("decided_by", "user", to=setting.people)
    for moment, person in (ALWAYS[1:3], ALWAYS[3:5]):
        yield _field(moment, "datetime")
        yield _field(person, "user", to=setting.people)


def _request_fields(setting: Setting) -> Iterator[Field]:
    yield _field("registered_at", "datetime")
    if setting.counterparty:
        yield _field("counterparty", "link", to=setting.counterparty, required=True, read_only=False)
    default = Formula("phone", Address(setting.ref, ("channel", "default")))
    options = {name: Option(name=name, label=_words(*labels)) for name, labels in _CHANNELS.items()}
    yield _field("channel", "choice", options=FrozenMap(options), default=default, read_only=False)
    yield _field("first_time", "boolean")
    yield _field("responsible", "user", to=setting.people, read_only=False)
    if setting.people:
        yield _field("executors", "links", to=setting.people, read_only=False)
    yield _field("result", "multiline", read_only=False)
    yield _field("reason", "multiline", read_only=False)


def _field(
    name: str,
    field_type: str,
    *,
    to: Ref | None = None,
    options: FrozenMap[str, Option] = FrozenMap(),
    default: Formula | None = None,
    required: bool = False,
    read_only: bool = True,
    length: int = 0,
) -> Field:
    return Field(
        name=name,
        type=field_type,
        label=_words(*_LABELS[name]),
        to=to,
        options=options,
        default=default,
        required=required,
        read_only=read_only,
        length=length,
        own=False,
    )


def _state_options(scheme: StateScheme) -> FrozenMap[str, Option]:
    return FrozenMap({s.name: Option(name=s.name, label=s.label, tone=s.tone) for s in scheme.states.values()})


def _decision_options(catalog: DecisionCatalog) -> FrozenMap[str, Option]:
    options = {d.name: Option(name=d.name, label=d.label) for d in catalog.decisions.values()}
    other = {OTHER: Option(name=OTHER, label=_words(*_LABELS[OTHER]))} if catalog.free_text else {}
    return FrozenMap(options | other)


def _words(ru: str, en: str, kk: str) -> Words:
    return FrozenMap({"ru": ru, "en": en, "kk": kk})
