"""Roles."""

from partita.compiler.schemas.pieces import (
    BOOLEAN,
    CONDITION,
    NAME,
    NAME_VALUE,
    document,
    keys,
    listed,
    named,
    one_of,
    said,
    text_or,
)
from partita.model.access import COMMANDS

_GRANT = keys(
    {
        "read": said(BOOLEAN, "Читать", "Read", "false"),
        "create": said(BOOLEAN, "Создавать", "Create", "false"),
        "change": said(BOOLEAN, "Изменять", "Change", "false"),
        "delete": said(BOOLEAN, "Удалять", "Delete", "false"),
        "commands": said(text_or("all", listed(one_of(*COMMANDS))), "Команды", "Commands", "none"),
        "transitions": said(text_or("all", listed(NAME_VALUE)), "Переходы", "Transitions", "none"),
        "where": said(CONDITION, "На какие записи действует", "Which records it covers", "all"),
        "fields": said(
            named(one_of("none", "read", "change")), "Права на поля (all — на все)", "Rights on fields", "the grant's"
        ),
    }
)
ROLE = document(
    "role",
    {
        "grants": said(
            named(_GRANT, at_least=1, pattern=rf"{NAME}(?:\.{NAME})?"),
            "Тип записи (или all) → права",
            "Record type (or all) → rights",
        )
    },
    required=("grants",),
)
