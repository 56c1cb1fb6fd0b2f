"""Messages of the family «settings»: config.yaml, PARTITA_* variables and options of the command line."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = (
    Message(
        "C001",
        "Неизвестная настройка «{key}».",
        "Unknown setting «{key}».",
        "Все настройки с пояснениями перечислены в config.example.yaml.",
        "All settings are listed and explained in config.example.yaml.",
    ),
    Message(
        "C002",
        "Настройка «{key}»: указано «{given}», а ожидается {expected}.",
        "Setting «{key}»: «{given}» is given, {expected} is expected.",
    ),
    Message(
        "C003",
        "Настройка «{key}» — раздел: под ней должны стоять ключи {keys}.",
        "Setting «{key}» is a section: the keys {keys} must stand under it.",
    ),
    Message(
        "C004",
        "Файл настроек «{file}» не читается: {reason}.",
        "The settings file «{file}» cannot be read: {reason}.",
        "Проверьте путь и права на файл.",
        "Check the path and the permissions of the file.",
    ),
    Message(
        "C005",
        "Неизвестная переменная окружения {key}.",
        "Unknown environment variable {key}.",
        "Имя переменной — PARTITA_ и ключ настройки заглавными буквами через подчёркивание; секреты можно передать файлом: …_FILE.",
        "A variable's name is PARTITA_ and the key in capitals joined by underscores; secrets may come as files: …_FILE.",
    ),
    Message(
        "C006",
        "Настройка «{key}» задана дважды: переменными {first} и {second}.",
        "Setting «{key}» is given twice: by {first} and by {second}.",
        "Оставьте одну из двух переменных.",
        "Keep one of the two variables.",
    ),
    Message(
        "C007",
        "Пакет «{given}» не найден: нет ни такой папки, ни поставляемого пакета с таким именем.",
        "The pack «{given}» is not found: there is neither such a folder nor a shipped pack of that name.",
        "Путь считается от папки config.yaml; имя без косой черты — имя поставляемого пакета.",
        "A path counts from the folder of config.yaml; a name without a slash is the name of a shipped pack.",
    ),
)
