"""Messages of the family «doctor»: what an installation needs a hand with."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = (
    Message(
        "K001",
        "База не открывается: {reason}.",
        "The database cannot be opened: {reason}.",
        "Проверьте database.url и права на файл или сервер.",
        "Check database.url and the rights to the file or the server.",
    ),
    Message(
        "K002",
        "К этой базе ещё ничего не применено.",
        "Nothing has been applied to this database yet.",
        "Выполните partita up.",
        "Run partita up.",
    ),
    Message(
        "K003",
        "Заданий, которые не удалось выполнить: {count}.",
        "Jobs that could not be done: {count}.",
        "Причины — в журнале обработчика; после исправления задания можно запустить снова.",
        "The reasons are in the worker's log; once mended, the jobs can be run again.",
        severity="warning",
    ),
    Message(
        "K004",
        "На диске с файлами осталось {free} МБ ({folder}).",
        "The disk with files has {free} MB left ({folder}).",
        "Освободите место: запись остановится, когда его не станет.",
        "Free some space: writing stops when there is none.",
        severity="warning",
    ),
    Message(
        "K005",
        "В папку файлов нельзя писать: {folder}.",
        "The folder of files cannot be written: {folder}.",
        "Дайте права пользователю, под которым работает сервер.",
        "Give the rights to the user that runs the server.",
    ),
)
