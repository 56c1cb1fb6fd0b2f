"""Messages of the family «link»: names and references."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = (
    Message(
        "L001",
        ru="Имя «{name}» уже занято в пакете «{pack}».",
        en="The name “{name}” is taken already in the pack “{pack}”.",
        fix_ru="Переименуйте одно из двух.",
        fix_en="Rename one of the two.",
    ),
    Message(
        "L002",
        ru="Нет такого имени: «{name}». Здесь нужен вид: {kinds}.",
        en="No such name: “{name}”. The kind needed here: {kinds}.",
        fix_ru="Проверьте написание; имя из другого пакета можно записать как пакет.имя.",
        fix_en="Check the spelling; a name of another pack may be written as pack.name.",
    ),
    Message(
        "L003",
        ru="«{name}» есть в пакете «{pack}», но он не указан в requires.",
        en="“{name}” is in the pack “{pack}”, which is not listed in requires.",
        fix_ru="Добавьте «{pack}» в requires файла pack.yaml.",
        fix_en="Add “{pack}” to requires of pack.yaml.",
    ),
    Message(
        "L004",
        ru="Имя «{name}» есть в нескольких пакетах: {packs}.",
        en="The name “{name}” is in several packs: {packs}.",
        fix_ru="Уточните пакет: {packs}.",
        fix_en="Name the pack: {packs}.",
    ),
    Message(
        "L005",
        ru="«{name}» — это {kind}, а здесь нужен вид: {kinds}.",
        en="“{name}” is a {kind}, but the kind needed here is: {kinds}.",
        fix_ru="Сошлитесь на описание нужного вида.",
        fix_en="Refer to a thing of the right kind.",
    ),
    Message(
        "L006",
        ru="Нет пакета «{pack}».",
        en="There is no pack “{pack}”.",
        fix_ru="Проверьте написание; пакеты на виду: {known}.",
        fix_en="Check the spelling; the packs in sight are: {known}.",
    ),
    Message(
        "L007",
        ru="Нет раздела меню «{name}».",
        en="There is no menu group “{name}”.",
        fix_ru="Объявите его в groups файла pack.yaml.",
        fix_en="Declare it in groups of pack.yaml.",
    ),
)
