"""A formula that attacks is a finding with a place, whichever key it stands under; nothing of it is run."""

import json

import pytest

from partita.base.diagnostics import render_text
from partita.compiler.pipeline import compile_sources
from tests.attack.world import soon

pytestmark = pytest.mark.attack
HEAD = "pack: bad\nversion: 1.0.0\nlabel: Б\nlanguages: [ru]\n"
TEXT = """kind: request_type
name: ask
label: З
title: <title>
numbering: numbers
states: course
decisions: verdicts
responsible: {{first: <responsible>}}
fields:
  a: {{type: integer, label: А, default: <default>}}
  b: {{type: integer, label: Б, compute: <compute>}}
  c: {{type: integer, label: В, visible: <visible>}}
  d: {{type: integer, label: Г, required: <required>}}
  e: {{type: integer, label: Д, read_only: <read_only>}}
  g: {{type: integer, label: Е, check: {{must: <field_must>, when: <field_when>, say: Нет}}}}
  h: {{type: choice, label: Ж, options: {{x: {{label: X, when: <option_when>}}, y: Y}}}}
  i: {{type: link, to: ask, label: З, where: <link_where>}}
  lines:
    type: table
    label: И
    fields:
      q: {{type: integer, label: К, default: <row_default>}}
      s: {{type: integer, label: Л, compute: <row_compute>}}
checks: {{one: {{when: <when>, must: <must>, say: Нет}}}}
lists: {{mine: {{label: М, columns: [a], where: <list_where>}}}}
---
{{kind: numbering, name: numbers, label: Н, template: <template>, counter: <counter>}}
---
kind: state_scheme
name: course
label: Х
initial: open
states: {{open: {{label: О, category: open}}, closed: {{label: З, category: done}}}}
transitions:
  go:
    label: Закрыть
    from: [open]
    to: closed
    visible: <transition_visible>
    guard: {{must: <guard>, say: Нет}}
    do: {{one: {{set: {{a: <set>}}, when: <do_when>}}}}
---
kind: decision_catalog
name: verdicts
label: Р
decisions: {{yes_: {{label: Да, class: accept, do: {{one: {{set: {{a: <decision_set>}}}}}}}}}}
---
kind: role
name: clerk
label: Р
grants: {{ask: {{read: true, create: true, change: true, commands: all, transitions: all, where: <role_where>}}}}
""".replace("{{", "{").replace("}}", "}")
KEYS = (
    "title",
    "responsible",
    "default",
    "compute",
    "visible",
    "required",
    "read_only",
    "field_must",
    "field_when",
    "option_when",
    "link_where",
    "row_default",
    "row_compute",
    "when",
    "must",
    "list_where",
    "template",
    "counter",
    "transition_visible",
    "guard",
    "set",
    "do_when",
    "decision_set",
    "role_where",
)
GOOD = {
    "title": "{number}",
    "template": "{seq:05}",
    "counter": "all",
    "responsible": "created_by",
    "default": "1",
    "compute": "1",
    "row_default": "1",
    "row_compute": "1",
    "set": "1",
    "decision_set": "1",
}
ATTACKS = (
    "__import__('os').system('id')",
    "().__class__.__bases__[0].__subclasses__()",
    "user.__class__",
    "this.__dict__",
    "a.__init__.__globals__",
    "9**9**9**9",
    "9 ** 999999999",
    "'a' * 999999999",
    "1 << 999999999",
    "(" * 5000 + "1" + ")" * 5000,
    "not " * 20_000 + "true",
    "-" * 50_000 + "1",
    "1+" * 100_000 + "1",
    "a." * 20_000 + "b",
    "f(" * 10_000,
    "[" * 50_000,
    "'" + "a" * 200_000,
    "a if " * 5_000,
    "lambda: 1",
    "[x for x in (1,)]",
    "open('/etc/passwd')",
    "{0.__class__}",
    "{number.__class__.__mro__}",
    "{{7*191}}",
    "{" * 50_000,
    "{a!r}",
    "{a:" + "9" * 5000 + "}",
    "{seq:999999999}",
    "{seq:0999999999}",
    "1; import os",
    "1\nimport os",
    "9" * 50_000,
    "1e999999999",
    "0x10",
    "1_000",
    "\u202ea",
    "ａ",
    "a\u200b",
    "x := 1",
    "*a",
    "a == b == c",
    "if(" * 3000,
    "1 == 1; DROP TABLE sys_user",
    "\\",
    "'",
    '"""',
    "# comment",
    "a and " * 30_000 + "a",
    "user in user in user",
    "i.i.i.i.i.i.i.i.i.i.i.i.i.i.i.i.i.i.i.i.i.i.i.i.i.a == 1",
    "sum(sum(sum(lines.q)))",
    "round(1, 999999999)",
)


def sources(key: str, formula: str) -> dict[str, str]:
    text = TEXT
    for name in KEYS:
        text = text.replace(
            f"<{name}>", json.dumps(formula if name == key else GOOD.get(name, "true"), ensure_ascii=False)
        )
    return {"bad/pack.yaml": HEAD, "bad/ask.yaml": text}


@pytest.mark.parametrize("key", KEYS)
def test_the_text_around_the_attacks_is_good(key: str) -> None:
    """Else every attack would be refused for the wrong reason."""
    found = compile_sources(sources("", ""))
    assert [f.text("ru") for f in found.findings if f.severity == "error" and key in f.address] == []


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: ascii(a)[:30])
def test_an_attack_under_any_key_is_answered_in_time(attack: str) -> None:
    for key in KEYS:
        with soon(2.0):
            found = compile_sources(sources(key, attack))
            shown = [
                render_text(finding, language, found.lines_of)
                for finding in found.findings
                for language in ("ru", "en")
            ]
        assert all("Traceback" not in text and len(text) < 8000 for text in shown), key
