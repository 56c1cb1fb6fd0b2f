"""The file pack.yaml."""

from partita.base.text import LANGUAGES
from partita.compiler.schemas.field import SETTING
from partita.compiler.schemas.pieces import LABEL, NAME_VALUE, keys, listed, matching, named, one_of, said

VERSION = r"\d{1,6}(?:\.\d{1,6}){0,2}"
RANGE = rf"(?:>=|<=|<|>|==|!=){VERSION}(?:,(?:>=|<=|<|>|==|!=){VERSION})*"

PACK = keys(
    {
        "pack": said(NAME_VALUE, "Имя пакета", "The name of the pack"),
        "version": said(
            {**matching(VERSION), "type": ["string", "number"], "x-grammar": "version"}, "Версия", "The version"
        ),
        "label": said(LABEL, "Название", "Label", "pack"),
        "requires": said(
            named(matching(RANGE, "range")), "Какие пакеты нужны и каких версий", "Packs it needs, with versions"
        ),
        "languages": said(
            listed(one_of(*LANGUAGES), at_least=1), "Языки; первый — язык текстов без карты", "Languages", "[ru]"
        ),
        "settings": said(named(SETTING), "Настройки, которые администратор меняет в работе", "Settings"),
        "groups": said(named(LABEL), "Разделы меню по порядку", "Groups of the menu in order"),
    },
    required=("pack", "version"),
)
