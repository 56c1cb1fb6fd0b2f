"""Messages of the family «exchange»: import and export of files."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = (
    Message(
        "E001",
        "Неизвестный ключ «{key}» в описании загрузки.",
        "Unknown key “{key}” in the mapping.",
        "Возможные ключи: {known}.",
        "Known keys: {known}.",
    ),
    Message(
        "E002",
        "Вида записей «{type}» нет.",
        "There is no record type “{type}”.",
        "Проверьте ключ into.",
        "Check the key into.",
    ),
    Message(
        "E003",
        "У вида «{type}» нет поля «{field}».",
        "“{type}” has no field “{field}”.",
        "Проверьте название поля.",
        "Check the name of the field.",
    ),
    Message(
        "E004",
        "Файл не читается: {reason}.",
        "The file cannot be read: {reason}.",
        "Проверьте формат, кодировку и разделитель.",
        "Check the format, the encoding and the delimiter.",
    ),
    Message(
        "E005",
        "В файле нет столбца «{source}».",
        "The file has no column “{source}”.",
        "Столбцы файла: {known}.",
        "Its columns: {known}.",
    ),
    Message(
        "E006",
        "Не найдено: «{value}» в «{type}» по полю «{field}».",
        "Not found: “{value}” in “{type}” by “{field}”.",
        "Заведите запись или добавьте create: true.",
        "Make the record or add create: true.",
    ),
    Message(
        "E007",
        "Найдено несколько: «{value}» в «{type}» по полю «{field}».",
        "Several found: “{value}” in “{type}” by “{field}”.",
        "Ищите по полю, которое не повторяется.",
        "Look by a field that does not repeat.",
    ),
    Message(
        "E008",
        "Для значения «{value}» нет соответствия.",
        "The value “{value}” has no counterpart in the map.",
        "Добавьте его в map.",
        "Add it to the map.",
    ),
    Message(
        "E009",
        "Ключ строки пуст.",
        "The row's key is empty.",
        "Заполните ключевые столбцы.",
        "Fill in the key columns.",
    ),
    Message(
        "E010",
        "Ключ «{key}» уже был в строке {line}.",
        "The key “{key}” was in row {line} already.",
        "Уберите повтор.",
        "Remove the repetition.",
    ),
    Message(
        "E011",
        "Загрузки № {run} нет или она уже отменена.",
        "There is no import № {run}, or it was undone already.",
        "Посмотрите список загрузок.",
        "See the list of imports.",
    ),
    Message(
        "E012",
        "Значение «{value}» ключа «{key}» не годится.",
        "The value “{value}” of the key “{key}” will not do.",
        "Нужно: {expected}.",
        "Expected: {expected}.",
    ),
    Message(
        "E013",
        "В описании нет ключа «{key}».",
        "The mapping lacks the key “{key}”.",
        "Добавьте его.",
        "Add it.",
    ),
    Message(
        "E014",
        "«{value}» не читается как дата вида «{format}».",
        "“{value}” is no date of the form “{format}”.",
        "Исправьте ячейку или format.",
        "Correct the cell or the format.",
    ),
)
