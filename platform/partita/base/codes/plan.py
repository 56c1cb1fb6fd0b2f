"""Messages of the family «plan»: what a change of the configuration does, what stops it, what a store cannot do."""

from partita.base.codes.message import Message

_KEPT_RU = "Значения останутся скрытыми и вернутся вместе с объявлением."
_KEPT_EN = "The values stay hidden and come back with the declaration."
_RENAME_RU = "Верните объявление или напишите у преемника renamed_from."
_RENAME_EN = "Put the declaration back, or write renamed_from at its successor."

MESSAGES: tuple[Message, ...] = (
    # What changes, in the language of the author.
    Message("D101", "Добавлено: «{label}» ({address}).", "Added: “{label}” ({address}).", severity="hint"),
    Message("D102", "Убрано: «{label}» ({address}).", "Removed: “{label}” ({address}).", severity="hint"),
    Message(
        "D103",
        "Переименовано: {old} → «{label}» ({address}).",
        "Renamed: {old} → “{label}” ({address}).",
        severity="hint",
    ),
    Message("D104", "Изменено: {address}: {old} → {new}.", "Changed: {address}: {old} → {new}.", severity="hint"),
    # What stops a change.
    Message(
        "D201",
        "Поле {address} нельзя сделать из «{old}» в «{new}»: значения есть в записях: {count}.",
        "The field {address} cannot turn from “{old}” into “{new}”: records with values: {count}.",
        "Заведите новое поле под другим именем, а это уберите.",
        "Declare a new field under another name and remove this one.",
    ),
    Message(
        "D202",
        "В поле {address} есть значения длиннее {length}: {count}.",
        "The field {address} holds values longer than {length}: {count}.",
        "Увеличьте length или сократите значения.",
        "Raise length or shorten the values.",
    ),
    Message(
        "D203",
        "Значения {address} повторяются, а должны быть единственными: {count}.",
        "Values of {address} repeat and are to be unique: {count}.",
        "Исправьте повторы или уберите unique.",
        "Correct the repeats or remove unique.",
    ),
    Message(
        "D204",
        "Состояния «{name}» больше нет, а в нём стоят записи ({type}): {count}.",
        "There is no state “{name}” any more, but records ({type}) stand in it: {count}.",
        _RENAME_RU,
        _RENAME_EN,
    ),
    Message(
        "D205",
        "Варианта «{name}» больше нет, а он выбран в записях ({address}): {count}.",
        "There is no option “{name}” any more, but records ({address}) have it: {count}.",
        _RENAME_RU,
        _RENAME_EN,
    ),
    Message(
        "D206",
        "Решения «{name}» больше нет, а оно принято по записям ({type}): {count}.",
        "There is no decision “{name}” any more, but records ({type}) have it: {count}.",
        _RENAME_RU,
        _RENAME_EN,
    ),
    Message(
        "D207",
        "Значения поля {address} не помещаются при {scale} знаках после запятой: {count}.",
        "Values of the field {address} do not fit {scale} decimal digits: {count}.",
        "Оставьте прежний scale или округлите значения.",
        "Keep the former scale or round the values.",
    ),
    Message(
        "D208",
        "renamed_from указывает на «{old}», но «{old}» объявлено и теперь.",
        "renamed_from names “{old}”, but “{old}” is still declared.",
        "Уберите прежнее объявление или renamed_from.",
        "Remove the former declaration or renamed_from.",
    ),
    Message(
        "D209",
        "Ссылка {address} вела на {old}, теперь на {new}; прежние значения есть в записях: {count}.",
        "The link {address} led to {old} and now leads to {new}; records with former values: {count}.",
        "Заведите новое поле под другим именем, а это уберите.",
        "Declare a new field under another name and remove this one.",
    ),
    # What happens to live data, without stopping.
    Message(
        "D301",
        "Поле {address} убирается, значения есть в записях: {count}.",
        "The field {address} is removed; records with values: {count}.",
        _KEPT_RU,
        _KEPT_EN,
        severity="warning",
    ),
    Message(
        "D302",
        "Тип {address} убирается, записей: {count}.",
        "The type {address} is removed; records: {count}.",
        _KEPT_RU,
        _KEPT_EN,
        severity="warning",
    ),
    # Operations on tables.
    Message("D401", "Создать таблицу {table}.", "Create the table {table}.", severity="hint"),
    Message("D402", "Добавить в {table} колонку {column}.", "Add the column {column} to {table}.", severity="hint"),
    Message("D403", "Переименовать таблицу {old} в {table}.", "Rename the table {old} to {table}.", severity="hint"),
    Message(
        "D404",
        "В {table} переименовать колонку {old} в {column}.",
        "In {table} rename the column {old} to {column}.",
        severity="hint",
    ),
    Message(
        "D405",
        "В {table} отложить значения {column}: {rows}.",
        "In {table} put the values of {column} aside: {rows}.",
        severity="hint",
    ),
    Message(
        "D406", "В {table} вернуть значения {column}.", "In {table} bring back the values of {column}.", severity="hint"
    ),
    Message(
        "D407",
        "В {table} преобразовать значения {column}: {rows}.",
        "In {table} convert the values of {column}: {rows}.",
        severity="hint",
    ),
    Message(
        "D408",
        "В {table} заменить в {column} «{old}» на «{new}»: {rows}.",
        "In {table} replace “{old}” by “{new}” in {column}: {rows}.",
        severity="hint",
    ),
    Message("D409", "Создать индекс {index}.", "Create the index {index}.", severity="hint"),
    Message("D410", "Убрать индекс {index}.", "Drop the index {index}.", severity="hint"),
    Message(
        "D411",
        "В {table} заполнить {column} для сравнения и поиска: {rows}.",
        "In {table} fill {column} for comparison and search: {rows}.",
        severity="hint",
    ),
    Message("D412", "Обновить функции базы данных.", "Renew the functions of the database.", severity="hint"),
    Message(
        "D413",
        "Перевести историю, файлы и поиск с {old} на {new}.",
        "Carry history, files and search from {old} over to {new}.",
        severity="hint",
    ),
    Message(
        "D414",
        "В {table} убрать вспомогательную колонку {column}.",
        "In {table} drop the helper {column}.",
        severity="hint",
    ),
    Message("D415", "Подготовить поиск по словам.", "Prepare the search by words.", severity="hint"),
    Message(
        "D416",
        "В {table} поставить записи в начальное состояние «{state}»: {rows}.",
        "In {table} put the records into the initial state “{state}”: {rows}.",
        severity="hint",
    ),
    # A store that cannot serve.
    Message(
        "D901",
        "База данных занята.",
        "The database is busy.",
        "Повторите через несколько секунд.",
        "Try again in a few seconds.",
    ),
    Message(
        "D902",
        "На диске базы данных нет места.",
        "The disk of the database is full.",
        "Освободите место; читать можно и сейчас.",
        "Free some space; reading works meanwhile.",
    ),
    Message(
        "D903",
        "База данных недоступна.",
        "The database cannot be reached.",
        "Проверьте её адрес и работу сервера.",
        "Check its address and the server.",
    ),
    Message(
        "D904",
        "Запрос к базе данных длился слишком долго и прерван.",
        "The database query took too long and was stopped.",
        "Уточните отбор или повторите позже.",
        "Narrow the filter or try later.",
    ),
    Message(
        "D905",
        "SQLite {version} слишком старая.",
        "SQLite {version} is too old.",
        "Установите пакет pysqlite3 или Python с SQLite 3.51.3 и новее.",
        "Install the package pysqlite3, or a Python with SQLite 3.51.3 or newer.",
    ),
    Message(
        "D906",
        "SQLite {version} может потерять записи при одновременной работе.",
        "SQLite {version} can lose commits when used concurrently.",
        "Установите пакет pysqlite3 или Python с SQLite 3.51.3 и новее.",
        "Install the package pysqlite3, or a Python with SQLite 3.51.3 or newer.",
        severity="warning",
    ),
    Message(
        "D907",
        "Нет драйвера PostgreSQL.",
        "The PostgreSQL driver is missing.",
        "Установите partita[postgres].",
        "Install partita[postgres].",
    ),
    Message(
        "D908",
        "Базе SQLite нужен файл.",
        "An SQLite database needs a file.",
        "Укажите путь: sqlite:///папка/partita.db.",
        "Give a path: sqlite:///folder/partita.db.",
    ),
)
