"""State schemes, decision catalogs and numberings."""

from partita.compiler.schemas.field import ASKED_FIELD, TONES
from partita.compiler.schemas.pieces import (
    ACTIONS,
    ASKED,
    CONDITION,
    GUARD,
    LABEL,
    NAME_VALUE,
    TEMPLATE,
    WHO,
    document,
    keys,
    listed,
    named,
    one_of,
    said,
    text_or,
)
from partita.model.states import FLAGS

CATEGORIES = ("open", "active", "waiting", "done", "cancelled")
ASK = said(named(ASKED), "О каких полях спросить", "Which fields to ask")

_STATE = keys(
    {
        "label": said(LABEL, "Название", "Label", "name"),
        "client_label": said(LABEL, "Название для заявителя", "What the applicant is told", "label"),
        "category": said(one_of(*CATEGORIES), "Чем это состояние является", "What the state amounts to"),
        "like": said(NAME_VALUE, "Чьи флаги полей взять", "Whose flags of fields to take"),
        "tone": said(one_of(*TONES), "Цвет метки", "The colour of the badge", "by category"),
        "flags": said(
            named(listed(one_of(*FLAGS), at_least=1)),
            "Что состояние делает с полями (all — со всеми)",
            "What the state does to fields (all — to every one)",
        ),
        "renamed_from": said(NAME_VALUE, "Прежнее имя: данные сохранятся", "The former name: data are kept"),
    },
    required=("category",),
)
_TRANSITION = keys(
    {
        "label": said(LABEL, "Название кнопки", "The label of the button", "name"),
        "from": said(
            text_or("any", listed(NAME_VALUE, at_least=1)), "Из каких состояний; any — из любого", "From; any is every"
        ),
        "to": said(NAME_VALUE, "В какое состояние; same — остаться", "To; same stays"),
        "allow": said(listed(WHO, at_least=1), "Кто может", "Who may", "whom a role grants it"),
        "visible": said(CONDITION, "Когда показан", "When it is shown", "always"),
        "guard": said(GUARD, "Условие, без которого не пустит", "A condition without which it refuses"),
        "ask": ASK,
        "do": said(ACTIONS, "Что сделать вместе с переходом", "What is done with it"),
        "fires": said(one_of("by_hand", "only_by_action"), "Кнопкой или только действием", "By hand or only by action"),
    },
    required=("from", "to"),
)
STATE_SCHEME = document(
    "state_scheme",
    {
        "initial": said(NAME_VALUE, "Начальное состояние", "The initial state"),
        "states": said(named(_STATE, at_least=1), "Состояния", "States"),
        "transitions": said(named(_TRANSITION), "Переходы", "Transitions"),
    },
    required=("initial", "states"),
)

_ASK_OF_DECISION = {"if": {"type": "string"}, "then": one_of("required", "optional"), "else": ASKED_FIELD}
_DECISION = keys(
    {
        "label": said(LABEL, "Название", "Label", "name"),
        "class": said(one_of("accept", "refuse", "other"), "Класс решения", "The class"),
        "comment": said(one_of("required", "optional", "none"), "Нужен ли комментарий", "Is a comment needed"),
        "ask": said(named(_ASK_OF_DECISION), "О чём спросить: поле записи или новое поле", "What to ask"),
        "do": said(ACTIONS, "Что сделать вместе с решением", "What is done with it"),
        "renamed_from": said(NAME_VALUE, "Прежнее имя: данные сохранятся", "The former name: data are kept"),
    },
    required=("class",),
)
DECISION_CATALOG = document(
    "decision_catalog",
    {
        "free_text": said(one_of("allowed", "forbidden"), "Можно ли решить своими словами", "Words of one's own"),
        "decisions": said(named(_DECISION, at_least=1), "Решения", "Decisions"),
    },
    required=("decisions",),
)

NUMBERING = document(
    "numbering",
    {
        "template": said(TEMPLATE, "Вид номера; {seq} — счётчик", "The number; {seq} is the counter"),
        "counter": said(TEMPLATE, "Ключ счётчика: другой ключ — другой счёт", "The key of the counter", "one counter"),
    },
    required=("template",),
)
