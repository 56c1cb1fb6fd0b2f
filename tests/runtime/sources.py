"""The pack that the suite runs on: two request types, books, a scheme, decisions, roles with rights of every sort."""

from __future__ import annotations

BASE = {
    "base/pack.yaml": """
pack: base
version: "1.0"
label: {ru: База, en: Base}
languages: [ru, en]
""",
    "base/books.yaml": """
kind: reference_book
name: department
label: {ru: Подразделение}
plural: {ru: Подразделения}
fields:
  name: {type: text, required: true}
  head: {type: user}
---
kind: reference_book
name: employee
label: {ru: Сотрудник}
plural: {ru: Сотрудники}
fields:
  name: {type: person_name, required: true}
  department: {type: link, to: department}
---
kind: reference_book
name: region
label: {ru: Регион}
plural: {ru: Регионы}
fields:
  name: {type: text, required: true, unique: true, search: true}
  code: {type: code}
---
kind: reference_book
name: organization
label: {ru: Организация}
plural: {ru: Организации}
title: "{name}"
fields:
  name: {type: text, required: true, search: true}
  region: {type: link, to: region}
  inn: {type: code, format: inn, unique: true}
  phone: {type: phone}
  email: {type: email}
  manager: {type: user}
  blocked: {type: boolean}
  secret: {type: text, search: true}
---
kind: reference_book
name: contact
label: {ru: Контакт}
plural: {ru: Контакты}
fields:
  name: {type: person_name, required: true, search: true}
  organization: {type: link, to: organization, required: true}
  phone: {type: phone}
  email: {type: email}
---
kind: reference_book
name: shelf
label: {ru: Полка}
plural: {ru: Полки}
title: "Полка {id}"
fields:
  width: {type: integer}
---
kind: reference_book
name: product
label: {ru: Изделие}
plural: {ru: Изделия}
fields:
  name: {type: text, required: true, search: true}
  price: {type: money}
  is_new: {type: boolean}
""",
}

DESK = {
    "desk/pack.yaml": """
pack: desk
version: "1.0"
label: {ru: Стойка, en: Desk}
languages: [ru, en]
requires: {base: ">=1,<2"}
settings:
  most_lines: {type: integer, default: 5}
""",
    "desk/requests.yaml": """
kind: numbering
name: request_number
label: {ru: Номер запроса}
template: "{registered_at:yyyy}-{seq:05}"
counter: "{registered_at:yyyy}"
---
kind: numbering
name: complaint_number
label: {ru: Номер жалобы}
template: "Ж-{seq}"
---
kind: request_type
name: inquiry
label: {ru: Запрос, en: Inquiry}
plural: {ru: Запросы, en: Inquiries}
title: "{number}"
counterparty: organization
numbering: request_number
states: cycle
decisions: answers
responsible: {manager: counterparty.manager, creator: created_by}
fields:
  product: {type: link, to: product, label: {ru: Изделие}}
  quantity: {type: integer, min: 1, max: 100, default: 1}
  is_new: {type: boolean, label: {ru: Новое изделие}, default: product.is_new}
  drawing: {type: text, label: {ru: Чертёж}, visible: is_new, required: is_new, length: 20}
  wanted_by: {type: date, check: {must: wanted_by >= today(), say: {ru: Срок уже прошёл, en: The date is past}}}
  priority:
    type: choice
    options:
      normal: {label: {ru: Обычный}}
      high: {label: {ru: Срочный}}
      night: {label: {ru: Ночной}, when: quantity > 10}
    default: normal
  reference: {type: text, unique: true, search: true}
  contact: {type: link, to: contact, where: organization == this.counterparty}
  notes: {type: multiline, read_only: priority == normal}
  budget: {type: money}
  lines:
    type: table
    max_rows: 5
    fields:
      service: {type: link, to: product}
      qty: {type: decimal, min: 0}
      price: {type: money, default: service.price}
      note: {type: text, visible: qty > 5, required: qty > 5}
      cost: {type: money, compute: "round(qty * price, 2)"}
  log: {type: table, append_only: true, fields: {entry: {type: text}}}
  pair: {type: table, min_rows: 2, visible: priority == high, fields: {entry: {type: text}}}
  total: {type: money, compute: sum(lines.cost)}
  attached: {type: files}
  scan: {type: file}
checks:
  affordable:
    must: budget is empty or total is empty or total <= budget
    say: {ru: Дороже бюджета, en: Over the budget}
lists:
  default:
    columns: [number, counterparty, counterparty.region, priority, total, state, responsible]
    sort: [-registered_at]
  urgent: {label: {ru: Срочные}, columns: [number, priority], where: priority == high}
---
kind: request_type
name: complaint
label: {ru: Жалоба}
plural: {ru: Жалобы}
counterparty: organization
numbering: complaint_number
states: cycle
fields:
  subject: {type: text, required: true}
---
kind: state_scheme
name: cycle
label: {ru: Ход}
initial: accepted
states:
  accepted: {label: {ru: Принят, en: Accepted}, category: open}
  in_work: {label: {ru: В работе}, category: active, flags: {counterparty: [read_only]}}
  done: {label: {ru: Выполнен}, category: done, flags: {all: [read_only], result: [required]}}
  cancelled: {label: {ru: Аннулирован}, category: cancelled, flags: {all: [read_only]}}
transitions:
  take: {label: {ru: Взять, en: Take}, from: [accepted], to: in_work, allow: [the.responsible, role.desk.chief]}
  finish:
    label: {ru: Завершить}
    from: [in_work]
    to: done
    allow: [the.responsible, role.desk.chief]
    guard: {must: responsible is not empty, say: {ru: Назначьте ответственного, en: Assign somebody}}
    ask: {result: required}
  hand_over:
    label: {ru: Передать}
    from: [in_work]
    to: same
    ask: {responsible: must_change}
    do: {note: {set: {reason: "\\"Передано\\""}}}
  cancel: {label: {ru: Аннулировать}, from: [accepted, in_work], to: cancelled, ask: {reason: required}}
  reopen:
    label: {ru: Вернуть}
    from: [done, cancelled]
    to: in_work
    allow: [role.desk.chief]
    ask: {reason: required}
  bless: {label: {ru: Одобрить}, from: [in_work], to: same, allow: [head_of(the.responsible)], ask: {reason: required}}
  auto_take: {label: {ru: Сам}, from: [accepted], to: in_work, fires: only_by_action}
---
kind: decision_catalog
name: answers
label: {ru: Решения}
free_text: allowed
decisions:
  to_work: {label: {ru: В работу}, class: accept, comment: none, do: {go: {move: auto_take, when: state == accepted}}}
  new_item: {label: {ru: Отказ — новое изделие}, class: refuse, comment: required}
  terms: {label: {ru: Отказ — сроки}, class: refuse, ask: {possible_date: {type: date, required: true}}}
""",
    "desk/roles.yaml": """
kind: role
name: operator
label: {ru: Оператор}
grants:
  all: {read: true}
  base.organization: {read: true, create: true, change: true, delete: true, fields: {secret: none}}
  base.contact: {read: true, create: true, change: true, delete: true}
  inquiry:
    read: true
    create: true
    change: true
    commands: [decide, comment, attach]
    transitions: [take, finish, hand_over, cancel, reopen, bless]
    fields: {budget: none, reference: change}
  complaint: {read: true, create: true, change: true, transitions: all}
---
kind: role
name: chief
label: {ru: Начальник}
grants:
  all: {read: true, create: true, change: true, delete: true, commands: all, transitions: all}
---
kind: role
name: worker
label: {ru: Исполнитель}
grants:
  base.employee: {read: true}
  base.organization: {read: true, where: not blocked, fields: {phone: none}}
  inquiry:
    read: true
    change: true
    where: responsible == user
    transitions: [take, finish]
    commands: [comment]
    fields: {budget: read, priority: read}
---
kind: role
name: nobody
label: {ru: Никто}
grants:
  base.region: {read: true}
""",
}
SOURCES = BASE | DESK
