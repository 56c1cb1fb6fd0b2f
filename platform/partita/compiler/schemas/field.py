"""Fields: which keys each field type has. One table for record types, columns of tables, settings and asked fields."""

from collections.abc import Iterable

from partita.compiler.schemas.pieces import (
    BOOLEAN,
    CHECK,
    CONDITION,
    FLAG,
    LABEL,
    LONG_WORDS,
    NAME_VALUE,
    NUMBER,
    REFERENCE,
    VALUE,
    Schema,
    keys,
    listed,
    matching,
    named,
    one_of,
    said,
    whole,
    words,
)

TONES = ("neutral", "info", "accent", "success", "warning", "danger", "violet")
FORMATS = ("inn", "kpp", "ogrn", "bin", "bik", "account", "snils", "iban", "none")

TEXTS = ("text", "multiline", "email", "phone", "url", "person_name", "address", "code")
NUMBERS = ("integer", "decimal", "money", "percent")
MOMENTS = ("date", "datetime", "time", "duration")
FILES = ("file", "files", "image")
FIELD_TYPES = (
    *("text", "multiline", "integer", "decimal", "money", "percent", "boolean", "date", "datetime", "time"),
    *("duration", "choice", "choices", "link", "links", "user", "table", "file", "files", "image"),
    *("email", "phone", "url", "person_name", "address", "code"),
)
"""All field types, in the order of the manual."""

SETTING_TYPES = ("text", "multiline", *NUMBERS, "boolean", *MOMENTS, "choice", "link", "user")
COLUMN_TYPES = tuple(t for t in FIELD_TYPES if t not in ("table", "links", *FILES))
ASKED_TYPES = tuple(t for t in FIELD_TYPES if t != "table")
VALUED = tuple(t for t in FIELD_TYPES if t not in ("table", *FILES))
"""Types whose value a formula can give."""
SORTABLE = tuple(t for t in VALUED if t not in ("multiline", "boolean", "links", "choices"))
"""Types that can be unique or indexed."""
ALL = FIELD_TYPES

OPTION = {
    "if": {
        "type": "object",
        "anyOf": [{"required": [key]} for key in ("label", "code", "tone", "when", "renamed_from")],
    },
    "then": keys(
        {
            "label": said(LABEL, "Название", "Label", "name"),
            "code": said(
                matching(r"[^\s].{0,99}"), "Код варианта в чужих файлах", "The code of the option in foreign files"
            ),
            "tone": said(one_of(*TONES), "Цвет метки", "The colour of the badge", "neutral"),
            "when": said(CONDITION, "Когда вариант предлагается", "When the option is offered", "always"),
            "renamed_from": said(NAME_VALUE, "Прежнее имя: данные сохранятся", "The former name: data are kept"),
        }
    ),
    "else": words(),
}
FIELD_CHECK = keys(
    {name: CHECK["properties"][name] for name in ("must", "say", "when")},
    required=("must", "say"),
)

_KEYS: tuple[tuple[str, Iterable[str], Schema], ...] = (
    ("label", ALL, said(LABEL, "Название поля", "The label", "name, for a link the label of its target")),
    ("help", ALL, said(LONG_WORDS, "Пояснение под полем", "An explanation under the field")),
    (
        "question",
        ALL,
        said(LONG_WORDS, "Вопрос, который оператор читает заявителю", "The question that the operator reads aloud"),
    ),
    (
        "placeholder",
        (*TEXTS, *NUMBERS),
        said(LABEL, "Образец в пустом поле", "The sample in the empty input"),
    ),
    ("default", VALUED, said(VALUE, "Значение новой записи", "The value of a new record", "empty")),
    (
        "compute",
        VALUED,
        said(VALUE, "Формула: поле вычисляется и не вводится", "A formula: the field is computed, not entered"),
    ),
    ("visible", ALL, said(FLAG, "Когда поле показано", "When the field is shown", "true")),
    ("required", ALL, said(FLAG, "Когда поле обязательно", "When the field must be filled", "false")),
    ("read_only", ALL, said(FLAG, "Когда поле нельзя менять", "When the field cannot be changed", "false")),
    ("check", ALL, said(FIELD_CHECK, "Правило для значения", "A rule for the value")),
    (
        "where",
        ("link", "links", "user"),
        said(CONDITION, "Какие записи можно выбрать", "Which records can be chosen", "all"),
    ),
    ("to", ("link", "links"), said(REFERENCE, "На какой справочник или тип ссылка", "The type the link points at")),
    ("options", ("choice", "choices"), said(named(OPTION, at_least=1), "Варианты выбора", "The options")),
    ("min", NUMBERS, said(NUMBER, "Наименьшее значение", "The least value")),
    ("max", NUMBERS, said(NUMBER, "Наибольшее значение", "The greatest value")),
    (
        "scale",
        ("decimal", "money", "percent"),
        said(whole(0, 6), "Знаков после запятой", "Digits after the point", "2; decimal 3"),
    ),
    (
        "length",
        ("text", "multiline"),
        said(whole(1, 100_000), "Наибольшая длина", "The greatest length", "500; multiline no limit"),
    ),
    ("min_rows", ("table",), said(whole(0, 10_000), "Не меньше строк", "At least so many rows", "0")),
    ("max_rows", ("table",), said(whole(1, 10_000), "Не больше строк", "At most so many rows", "no limit")),
    (
        "append_only",
        ("table",),
        said(BOOLEAN, "Строки только добавляются", "Rows are only added, never changed", "false"),
    ),
    ("unique", SORTABLE, said(BOOLEAN, "Не повторяется в двух записях", "No two records have it equal", "false")),
    ("index", SORTABLE, said(BOOLEAN, "Индекс: по полю часто ищут", "An index: it is often searched by", "false")),
    ("search", TEXTS, said(BOOLEAN, "Участвует в общем поиске", "Found by the global search", "false")),
    ("unit", ("integer", "decimal"), said(words(20), "Единица рядом с числом", "The unit beside the number")),
    ("currency", ("money",), said(matching("[A-Z]{3}", "literal"), "Валюта", "The currency", "RUB")),
    ("format", ("code",), said(one_of(*FORMATS), "Какой код и как проверять", "Which code, how to check it", "none")),
    ("width", ALL, said(one_of("xs", "sm", "md", "lg"), "Ширина на форме", "The width on a form", "by type")),
    (
        "priority",
        ALL,
        said(whole(0, 100), "Что оставить в узком списке: больше — важнее", "What a narrow list keeps", "0"),
    ),
    ("summary", ALL, said(BOOLEAN, "Показать под заголовком карточки", "Shown under the title of the card", "false")),
    ("renamed_from", ALL, said(NAME_VALUE, "Прежнее имя: данные сохранятся", "The former name: data are kept")),
)

_NEEDED = {"link": ("to",), "links": ("to",), "choice": ("options",), "choices": ("options",), "table": ("fields",)}
_SETTING_KEYS = frozenset(
    ["label", "help", "default", "min", "max", "scale", "length", "options", "unit", "currency", "to"]
)
_COLUMN_LACKS = frozenset(["question", "unique", "index", "search", "summary"])
_ASKED_LACKS = frozenset(["visible", "read_only", "compute", "unique", "index", "search", "summary", "priority"])


def types_with(key: str) -> tuple[str, ...]:
    """The field types that have the key."""
    return next((tuple(types) for name, types, _ in _KEYS if name == key), ("table",) if key == "fields" else ())


_SETTING_OPTIONS = said(named(words(), at_least=1), "Варианты выбора", "The options")


def _shapes(types: Iterable[str], has: frozenset[str] | None = None, lacks: frozenset[str] = frozenset()) -> Schema:
    """A field that is one of `types`: the shape is chosen by the key `type`."""
    types = tuple(types)
    kind = said(one_of(*types), "Тип поля", "The type of the field")
    kept = [(k, t, s) for k, t, s in _KEYS if k not in lacks and (has is None or k in has)]
    cases: dict[str, Schema] = {}
    for name in types:
        properties = {"type": kind} | {key: schema for key, fit, schema in kept if name in fit}
        if name == "table":
            properties["fields"] = said(
                named(COLUMN, at_least=1, at_most=100), "Колонки строки", "The columns of a row"
            )
        if has is not None and "options" in properties:
            properties["options"] = _SETTING_OPTIONS
        cases[name] = keys(properties, ("type", *_NEEDED.get(name, ())))
    return {
        "type": "object",
        "required": ["type"],
        "properties": {"type": kind},
        "x-select": {"key": "type", "cases": cases},
    }


COLUMN = _shapes(COLUMN_TYPES, lacks=_COLUMN_LACKS)
FIELD = _shapes(FIELD_TYPES)
SETTING = _shapes(SETTING_TYPES, has=_SETTING_KEYS)
ASKED_FIELD = _shapes(ASKED_TYPES, lacks=_ASKED_LACKS)
FIELDS = named(FIELD)
UNIQUE = named(listed(NAME_VALUE, at_least=1))
