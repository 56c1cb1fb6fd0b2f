"""Data sets and scenarios."""

from partita.compiler.schemas.pieces import (
    BOOLEAN,
    NAME,
    NAME_VALUE,
    REFERENCE,
    Schema,
    document,
    exactly_one,
    keys,
    listed,
    matching,
    named,
    one_of,
    said,
)

VALUE_TYPES = ["string", "number", "boolean", "array"]
_CELL: Schema = {"type": VALUE_TYPES, "maxLength": 100_000, "maxItems": 10_000, "x-grammar": "value"}
VALUES = named(_CELL)

DATA = document(
    "data",
    {
        "into": said(REFERENCE, "Куда", "Into which type"),
        "class": said(one_of("reference", "demo"), "Справочные или для показа", "Reference or demo", "reference"),
        "key": said(NAME_VALUE, "Поле, по которому строка узнаётся", "The field that recognises a row", "row name"),
        "rows": said(
            named(VALUES, pattern=r"[A-Za-z0-9][A-Za-z0-9_.-]*", at_most=20_000), "Строки по именам", "Rows by name"
        ),
    },
    required=("into", "rows"),
)

_STEP = exactly_one(
    keys(
        {
            "as": said(NAME_VALUE, "Кто делает", "Who acts", "as in the step before"),
            "create": said(REFERENCE, "Создать запись типа", "Create a record of the type"),
            "change": said({**BOOLEAN, "const": True}, "Изменить запись", "Change the record"),
            "transition": said(NAME_VALUE, "Выполнить переход", "Perform the transition"),
            "decide": said(NAME_VALUE, "Принять решение (other — своими словами)", "Decide (other: own words)"),
            "wait": said(
                matching(r"(?:minutes|hours|days|weeks)\([1-9][0-9]{0,4}\)", "duration"),
                "Подвинуть часы",
                "Move the clock",
            ),
            "on": said(NAME_VALUE, "Шаг, создавший запись", "The step that made the record", "the last one"),
            "values": said(VALUES, "Значения полей", "Values of fields"),
            "text": said({"type": "string", "minLength": 1, "maxLength": 2000}, "Комментарий", "The comment"),
            "expect": said(VALUES, "Что должно стоять после шага", "What must stand after the step"),
            "refused": said(
                named(matching(r"[A-Z][0-9]{3}", "code"), at_least=1, pattern=rf"{NAME}(?:\.[0-9]+\.{NAME})?"),
                "Какой отказ ожидается (record — вся запись)",
                "Which refusal is expected (record: the whole)",
            ),
        }
    ),
    *("create", "change", "transition", "decide", "wait"),
)
SCENARIO = document(
    "scenario",
    {
        "at": said(
            matching(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})", "moment"),
            "Когда начинается, с поясом",
            "When it begins, with the zone",
        ),
        "people": said(named(listed(REFERENCE, at_least=1), at_least=1), "Люди и их роли", "People and their roles"),
        "steps": said(named(_STEP, at_least=1), "Шаги", "Steps"),
    },
    required=("at", "people", "steps"),
)
