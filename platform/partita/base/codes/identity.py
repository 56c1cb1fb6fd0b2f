"""Messages of the family «identity»: accounts, sessions, rights."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = (
    Message(
        "I001",
        "Неверный логин или пароль.",
        "Wrong login or password.",
        "Проверьте раскладку и Caps Lock.",
        "Check the keyboard layout and Caps Lock.",
    ),
    Message(
        "I002",
        "Слишком много попыток. Вход закрыт до {until}, ещё {minutes} мин.",
        "Too many attempts. Sign-in is closed until {until}, {minutes} min more.",
        "Подождите или обратитесь к администратору.",
        "Wait or ask the administrator.",
    ),
    Message(
        "I003",
        "Нет права: {command}, {type}.",
        "No right: {command}, {type}.",
        "Попросите администратора дать роль с этим правом.",
        "Ask the administrator for a role with this right.",
    ),
    Message("I004", "Сеанс завершён.", "The session has ended.", "Войдите снова.", "Sign in again."),
    Message(
        "I005",
        "Пароль короче {min} знаков.",
        "The password is shorter than {min} characters.",
        "Придумайте длиннее, например из нескольких слов.",
        "Make it longer, for example of several words.",
    ),
    Message(
        "I006",
        "Пароль слишком известен или повторяет логин.",
        "The password is too well known or repeats the login.",
        "Придумайте другой.",
        "Choose another.",
    ),
    Message("I007", "Логин «{login}» занят.", "The login “{login}” is taken.", "Выберите другой.", "Choose another."),
    Message(
        "I008",
        "Учётной записи «{login}» нет.",
        "There is no account “{login}”.",
        "Проверьте логин.",
        "Check the login.",
    ),
    Message("I009", "Роли «{role}» нет.", "There is no role “{role}”.", "Проверьте название.", "Check the name."),
    Message(
        "I010",
        "Логин «{login}» не подходит.",
        "The login “{login}” will not do.",
        "От 2 до 100 знаков без пробелов.",
        "Use 2 to 100 characters without spaces.",
    ),
)
