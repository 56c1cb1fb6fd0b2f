"""Reference books and request types: one shape, two kinds."""

from partita.compiler.schemas.field import FIELDS, UNIQUE
from partita.compiler.schemas.pieces import (
    CHECK,
    CONDITION,
    LABEL,
    LONG_WORDS,
    NAME_VALUE,
    PATH,
    REFERENCE,
    SORT_KEY,
    TEMPLATE,
    VALUE,
    Schema,
    document,
    exactly_one,
    keys,
    listed,
    named,
    said,
)

_FIELDS_OF_SECTION = said(listed(NAME_VALUE, at_least=1), "Поля по порядку", "Fields in order")
_SECTION = keys(
    {"label": said(LABEL, "Заголовок раздела", "The heading", "none"), "fields": _FIELDS_OF_SECTION},
    required=("fields",),
)
_SECTIONS = said(named(_SECTION, at_least=1), "Разделы", "Sections")
_TAB = keys(
    {"label": said(LABEL, "Название вкладки", "The name of the tab", "none"), "sections": _SECTIONS},
    required=("sections",),
)
_FORM = exactly_one(
    keys(
        {
            "tabs": said(named(_TAB, at_least=1), "Вкладки", "Tabs"),
            "sections": _SECTIONS,
            "fields": _FIELDS_OF_SECTION,
        }
    ),
    "tabs",
    "sections",
    "fields",
)
_LIST = keys(
    {
        "label": said(LABEL, "Название списка", "The name of the list", "plural of the type"),
        "columns": said(
            listed(PATH, at_least=1), "Колонки: поля и пути по ссылкам", "Columns: fields and paths", "generated"
        ),
        "sort": said(listed(SORT_KEY, at_least=1), "Порядок; минус — по убыванию", "Order; a minus is descending"),
        "where": said(CONDITION, "Какие записи в списке", "Which records it holds", "all"),
    }
)
_RELATED = keys(
    {
        "from": said(REFERENCE, "Чьи записи", "Whose records"),
        "by": said(NAME_VALUE, "По какому полю-ссылке", "By which link field"),
        "label": said(LABEL, "Название вкладки", "The name of the tab", "plural of the type"),
    },
    required=("from", "by"),
)

COMMON: dict[str, Schema] = {
    "help": said(LONG_WORDS, "Пояснение", "An explanation"),
    "group": said(NAME_VALUE, "Раздел меню (из pack.yaml)", "The group of the menu (from pack.yaml)"),
    "plural": said(LABEL, "Название во множественном числе", "The name in the plural", "label"),
    "title": said(TEMPLATE, "Как записывается одна запись в строку", "How one record reads in a line", "{{name}}"),
    "fields": said(FIELDS, "Поля", "Fields"),
    "checks": said(named(CHECK), "Правила записи", "Rules of the record"),
    "form": said(_FORM, "Расположение полей", "The layout of the form", "generated"),
    "lists": said(named(_LIST), "Списки", "Lists", "generated"),
    "related": said(named(_RELATED), "Вкладки связанных записей", "Tabs of related records", "generated"),
    "unique": said(UNIQUE, "Наборы полей, которые не повторяются вместе", "Sets of fields unique together"),
    "states": said(REFERENCE, "Схема состояний", "The state scheme"),
    "renamed_from": said(NAME_VALUE, "Прежнее имя: данные сохранятся", "The former name: data are kept"),
}
REFERENCE_BOOK = document("reference_book", COMMON, required=("fields",))
REQUEST_TYPE = document(
    "request_type",
    COMMON
    | {
        "title": said(
            TEMPLATE, "Как записывается одна запись в строку", "How one record reads in a line", "{{number}}"
        ),
        "counterparty": said(REFERENCE, "Кто обращается: справочник", "Who asks: the book"),
        "decisions": said(REFERENCE, "Каталог решений", "The decision catalog"),
        "numbering": said(REFERENCE, "Правило номера", "The numbering"),
        "responsible": said(
            named(VALUE, at_least=1), "Кто станет ответственным: первый непустой", "Who becomes responsible: the first"
        ),
    },
    required=("states", "numbering"),
)
