"""Messages of the provers: what can never happen, or must always fail, shown with a path or a counter-example."""

from partita.base.codes.message import Message

MESSAGES: tuple[Message, ...] = (
    Message(
        "P001",
        "В состояние «{state}» схемы «{scheme}» нельзя попасть из начального «{initial}».",
        "State «{state}» of scheme «{scheme}» cannot be reached from the initial «{initial}».",
        "Добавьте переход в это состояние или уберите его. Достижимы: {reached}.",
        "Add a transition into it or remove it. Reachable: {reached}.",
    ),
    Message(
        "P002",
        "Из состояния «{state}» схемы «{scheme}» нет ни одного перехода, а оно не завершающее ({category}). Путь: {way}.",
        "No transition leaves state «{state}» of scheme «{scheme}», yet it is not final ({category}). Path: {way}.",
        "Добавьте переход из него или дайте ему категорию done или cancelled.",
        "Add a transition out of it, or give it the category done or cancelled.",
    ),
    Message(
        "P003",
        "Из состояния «{state}» схемы «{scheme}» нельзя дойти ни до одного завершающего. Путь туда: {way}.",
        "From state «{state}» of scheme «{scheme}» no final state can be reached. The way there: {way}.",
        "Дайте переходы, ведущие из {trapped} в состояние категории done или cancelled.",
        "Give transitions that lead from {trapped} to a state of category done or cancelled.",
    ),
    Message(
        "P004",
        "Переход «{transition}» схемы «{scheme}» у типа «{type}» никто не может выполнить: его не даёт ни одна роль.",
        "Nobody can fire transition «{transition}» of scheme «{scheme}» on type «{type}»: no role grants it.",
        "Дайте переход роли: grants, {type}, transitions: [{transition}].",
        "Give the transition to a role: grants, {type}, transitions: [{transition}].",
        severity="warning",
    ),
    Message(
        "P006",
        "Переход «{transition}» схемы «{scheme}» у типа «{type}» никто не может выполнить: его дают роли {granted}, "
        "а allow пускает только роли {allowed}.",
        "Nobody can fire transition «{transition}» of scheme «{scheme}» on type «{type}»: the roles {granted} grant it, "
        "yet allow admits only the roles {allowed}.",
        "Дайте переход одной из ролей {allowed} или поправьте allow.",
        "Give the transition to one of the roles {allowed}, or correct allow.",
        severity="warning",
    ),
    Message(
        "P005",
        "Переход «{transition}» схемы «{scheme}» срабатывает только действием, но ни одно действие его не вызывает.",
        "Transition «{transition}» of scheme «{scheme}» fires only by an action, yet no action moves by it.",
        "Вызовите его (move: {transition}) из решения или перехода либо уберите fires.",
        "Move by it (move: {transition}) from a decision or a transition, or remove fires.",
    ),
    Message(
        "P010",
        "Поля «{type}» зависят друг от друга по кругу ({key}): {cycle}.",
        "Fields of «{type}» depend on each other in a circle ({key}): {cycle}.",
        "Разорвите круг: уберите одно из этих чтений.",
        "Break the circle: remove one of these readings.",
    ),
    Message(
        "P011",
        "Поле «{field}» бывает обязательным, но никогда не видно: заполнить его нельзя. Пример: {example}.",
        "Field «{field}» can be required yet is never visible: it cannot be filled. Example: {example}.",
        "Ослабьте visible или уберите required.",
        "Loosen visible or remove required.",
    ),
    Message(
        "P012",
        "Вопрос «{field}» никогда не появится: ни один ответ не делает истинным «{formula}».",
        "Question «{field}» never appears: no answer makes «{formula}» true.",
        "Проверьте условие; перебрано сочетаний ответов: {tried}.",
        "Check the condition; combinations of answers tried: {tried}.",
    ),
    Message(
        "P014",
        "Условие перехода «{transition}» у типа «{type}» не выполнить никогда: «{formula}».",
        "The guard of transition «{transition}» on type «{type}» can never hold: «{formula}».",
        "Проверьте условие; перебрано сочетаний значений: {tried}.",
        "Check the condition; combinations of values tried: {tried}.",
    ),
    Message(
        "P015",
        "Вариант «{option}» поля «{field}» никогда не предлагается: «{formula}» не бывает истинным.",
        "Option «{option}» of field «{field}» is never offered: «{formula}» is never true.",
        "Проверьте условие when; перебрано сочетаний ответов: {tried}.",
        "Check the condition when; combinations of answers tried: {tried}.",
        severity="warning",
    ),
)
