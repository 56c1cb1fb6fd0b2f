"""Messages of the family «overlay»: packs and what stands between them."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = (
    Message(
        "O001",
        ru="В папке «{folder}» нет файла pack.yaml: её описания ничьи.",
        en="The folder “{folder}” has no pack.yaml: its documents belong to nobody.",
        fix_ru="Создайте pack.yaml с ключами pack и version.",
        fix_en="Add pack.yaml with the keys pack and version.",
    ),
    Message(
        "O002",
        ru="Пакет «{pack}» объявлен дважды.",
        en="The pack “{pack}” is declared twice.",
        fix_ru="Переименуйте один из пакетов или уберите лишнюю папку.",
        fix_en="Rename one of the packs or leave one folder out.",
    ),
    Message(
        "O003",
        ru="Нужного пакета «{pack}» нет.",
        en="The required pack “{pack}” is not there.",
        fix_ru="Подключите папку этого пакета или уберите его из requires.",
        fix_en="Add the folder of that pack, or take it out of requires.",
    ),
    Message(
        "O004",
        ru="Пакет «{pack}» имеет версию {version}, а нужна {range}.",
        en="The pack “{pack}” is of version {version}, but {range} is needed.",
        fix_ru="Обновите пакет или поправьте границы в requires.",
        fix_en="Update the pack or mend the range in requires.",
    ),
    Message(
        "O005",
        ru="Пакеты требуют друг друга по кругу: {cycle}.",
        en="Packs require each other in a circle: {cycle}.",
        fix_ru="Вынесите общее в третий пакет.",
        fix_en="Move what they share into a third pack.",
    ),
    Message(
        "O006",
        ru="Настройка «{name}» уже объявлена в пакете «{pack}».",
        en="The setting “{name}” is declared in the pack “{pack}” already.",
        fix_ru="Дайте настройке другое имя: имена настроек общие для всех пакетов.",
        fix_en="Give it another name: names of settings are shared by all packs.",
    ),
    Message(
        "O007",
        ru="Раздел меню «{name}» уже объявлен в пакете «{pack}».",
        en="The menu group “{name}” is declared in the pack “{pack}” already.",
        fix_ru="Пользуйтесь им без объявления или дайте другое имя.",
        fix_en="Use it without declaring it, or choose another name.",
    ),
)
