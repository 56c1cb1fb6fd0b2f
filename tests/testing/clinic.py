"""A small pack for the tests of this floor: a book, a request type, a scheme, decisions, roles, rows."""

PACK = """
pack: clinic
version: 1.0.0
label: {ru: Клиника, en: Clinic}
languages: [ru, en]
"""
TYPES = """
kind: reference_book
name: patient
label: {ru: Пациент, en: Patient}
fields:
  name: {type: text, label: {ru: Имя, en: Name}, required: true, unique: true}
  phone: {type: phone, label: {ru: Телефон, en: Phone}}
---
kind: numbering
name: numbers
label: {ru: Номера, en: Numbers}
template: "К-{seq:03}"
---
kind: state_scheme
name: cycle
label: {ru: Цикл, en: Cycle}
initial: booked
states:
  booked: {label: {ru: Записан, en: Booked}, category: open}
  seen: {label: {ru: Принят, en: Seen}, category: done}
transitions:
  see:
    label: {ru: Принять, en: See}
    from: [booked]
    to: seen
    allow: [role.doctor]
    guard: {must: decision is not empty, say: {ru: Нет решения., en: No decision.}}
    ask: {result: required}
---
kind: decision_catalog
name: verdicts
label: {ru: Заключения, en: Verdicts}
decisions:
  healthy: {label: {ru: Здоров, en: Healthy}, class: accept}
  treat: {label: {ru: Лечить, en: Treat}, class: accept, comment: required}
---
kind: request_type
name: visit
label: {ru: Приём, en: Visit}
counterparty: patient
numbering: numbers
states: cycle
decisions: verdicts
fields:
  complaint: {type: text, label: {ru: Жалоба, en: Complaint}, required: true}
  fever: {type: boolean, label: {ru: Жар, en: Fever}}
  degrees:
    type: decimal
    scale: 1
    min: 30
    max: 45
    label: {ru: Температура, en: Degrees}
    visible: fever
    required: true
  visits:
    type: table
    label: {ru: Процедуры, en: Procedures}
    fields:
      what: {type: text, label: {ru: Что, en: What}, required: true}
      price: {type: money, label: {ru: Цена, en: Price}}
  total: {type: money, label: {ru: Всего, en: Total}, compute: sum(visits.price)}
---
kind: role
name: clerk
label: {ru: Регистратор, en: Clerk}
grants:
  patient: {read: true, create: true, change: true}
  visit: {read: true, create: true, change: true}
---
kind: role
name: doctor
label: {ru: Врач, en: Doctor}
grants:
  patient: {read: true}
  visit: {read: true, change: true, commands: [decide], transitions: all}
---
kind: data
name: patients
label: {ru: Пациенты, en: Patients}
into: patient
class: demo
key: name
rows:
  ivan: {name: Иван, phone: "+7 495 000-00-01"}
  olga: {name: Ольга}
"""
SCENARIO = """
kind: scenario
name: visit
label: {ru: Приём, en: A visit}
at: "2026-11-23T09:00+03:00"
people:
  clerk: [clerk]
  doctor: [doctor]
steps:
  booked:
    as: clerk
    create: visit
    values:
      counterparty: ivan
      complaint: Кашель
      fever: true
      degrees: 38.5
      visits: [{what: Осмотр, price: 500}, {what: Укол, price: 250.5}]
    expect: {number: К-001, state: booked, first_time: true, total: 750.5, visits: [{what: Осмотр}, {what: Укол}]}
  hidden: {as: clerk, change: true, values: {fever: false, degrees: 37}, refused: {degrees: W002}}
  gone: {as: clerk, change: true, values: {fever: false}, expect: {degrees: empty}}
  not_clerk: {as: clerk, transition: see, values: {result: Здоров}, refused: {record: I003}}
  early: {as: doctor, transition: see, values: {result: Здоров}, refused: {record: W015}}
  silent: {as: doctor, decide: treat, refused: {decision_text: W021}}
  verdict: {as: doctor, decide: healthy, expect: {decision: healthy}}
  later: {wait: hours(2)}
  seen: {as: doctor, transition: see, values: {result: Здоров}, expect: {state: seen, result: Здоров}}
"""
SOURCES = {"clinic/pack.yaml": PACK, "clinic/types.yaml": TYPES, "clinic/visit.yaml": SCENARIO}
