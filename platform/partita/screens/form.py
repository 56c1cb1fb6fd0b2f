"""The form of a record, of a transition or of a decision: sections of questions as they stand just now.

The same evaluation judges the form when it is saved, so what is shown here is what will be enforced.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from partita.base.errors import Problem
from partita.model.layout import Form, Section, Tab
from partita.model.record_type import RecordType
from partita.runtime.codecs.registry import codec_of, is_empty
from partita.runtime.queries.cards import RecordView
from partita.runtime.records.form_state import FieldState
from partita.runtime.records.forms import FormState, evaluate
from partita.screens.answers import Answers, Meaning, field_of, read_answers
from partita.screens.control import Control, Drawing, FileItem, control_id
from partita.screens.view import View

MOST_ROUNDS = 6
FIRST = "*"
"""In place of a path: the first question that waits for an answer takes the focus."""
LATER = frozenset(("result", "reason", "executors", "responsible"))
"""Built-in fields of the work on a request: a new one does not ask for them."""


@dataclass(frozen=True, slots=True)
class FormSection:
    """`left`: required answers that are missing; `first`: the control of the first of them."""

    name: str
    label: str
    controls: tuple[Control, ...]

    @property
    def left(self) -> int:
        return sum(control.missing for control in self.controls)

    @property
    def first(self) -> str:
        return next((control.id for control in self.controls if control.missing), "")


@dataclass(frozen=True, slots=True)
class FormTab:
    name: str
    label: str
    sections: tuple[FormSection, ...]

    @property
    def left(self) -> int:
        return sum(section.left for section in self.sections)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormScreen:
    """`errors`: words and the control they belong to («» for the whole record), in the order of the form.

    `record`: the id of the record being changed; `kept`, `was`: pairs to travel hidden with the form (see `Answers`).
    """

    type: str
    label: str
    purpose: str
    tabs: tuple[FormTab, ...]
    record: str = ""
    errors: tuple[tuple[str, str], ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    was: tuple[tuple[str, str], ...] = ()
    tried: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def left(self) -> int:
        return sum(tab.left for tab in self.tabs)

    @property
    def controls(self) -> Iterable[Control]:
        return (control for tab in self.tabs for section in tab.sections for control in section.controls)

    @property
    def first(self) -> str:
        return next((control.id for control in self.controls if control.missing), "")

    @property
    def uploads(self) -> bool:
        return any(control.type in ("file", "files", "image") for control in self.controls)


@dataclass(frozen=True, slots=True)
class FormOrder:
    """What form is wanted: `preset` are values that the address gives to a new record; `left_out` are not drawn;
    `only`, if given, are the only ones drawn."""

    type: RecordType
    purpose: str = "create"
    record: RecordView | None = None
    preset: Mapping[str, Any] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    form: str = "f"
    files: Mapping[int, FileItem] = field(default_factory=dict)


def arrange_form(
    view: View, order: FormOrder, answers: Answers, problems: tuple[Problem, ...] = (), focus: str = ""
) -> FormScreen:
    """The form with the answers given so far. `problems`: refusals of an attempt to save; `focus`: the path of the
    control that takes the focus."""
    settled = settle(view, order, answers)
    shown = _problems(settled, problems, answers)
    errors = {p.field: view.problem(p) for p in reversed(shown) if p.field}
    drawing = Drawing(view, order.type, order.files, errors, order.form, focus)
    typed = settled.answers.typed(order.type)
    controls = {
        name: drawing.draw(state, typed.get(name))
        for name, state in settled.state.fields.items()
        if state.visible and _wanted(name, order) and _worth_drawing(state, order)
    }
    tabs = _tabs(view, order.type.form, controls)
    if focus == FIRST:
        tabs = _focus_first(view, order.type.form, controls, tabs)
    return FormScreen(
        type=order.type.name,
        label=view.words(order.type.label),
        purpose=order.purpose,
        tabs=tabs,
        record=str(order.record.id) if order.record else "",
        errors=_ordered_errors(view, shown, tabs, order.form),
        kept=settled.answers.kept,
        was=_suggested(view, settled.state),
        tried=answers.tried or bool(problems),
        values=settled.state.values,
    )


def _focus_first(
    view: View, form: Form, controls: Mapping[str, Control], tabs: tuple[FormTab, ...]
) -> tuple[FormTab, ...]:
    asked = [c for tab in tabs for section in tab.sections for c in section.controls if not c.read_only]
    first = next((c for c in asked if c.missing), None) or next((c for c in asked if c.type != "boolean"), None)
    return _tabs(view, form, {**controls, first.name: replace(first, focus=True)}) if first else tabs


@dataclass(frozen=True, slots=True)
class Settled:
    """A form whose visible questions and answers agree."""

    answers: Answers
    meaning: Meaning
    state: FormState


def settle(view: View, order: FormOrder, answers: Answers) -> Settled:
    """Moves answers of questions that are not asked to `kept`, and back when they are asked again, until all agree."""
    for _ in range(MOST_ROUNDS):
        settled = _evaluate(view, order, answers)
        moved = _sort_out(settled.state, answers)
        if moved == answers:
            break
        answers = moved
    return replace(settled, answers=answers)


def _evaluate(view: View, order: FormOrder, answers: Answers) -> Settled:
    meaning = read_answers(view, order.type, answers.typed(order.type))
    values = {**order.preset, **meaning.values}
    was = read_answers(view, order.type, Answers(answers.was).typed(order.type)).values if answers.was else {}
    state = evaluate(view.ctx, order.type.name, values, record=order.record, purpose=order.purpose, suggested=was)
    return Settled(answers, meaning, state)


def _sort_out(state: FormState, answers: Answers) -> Answers:
    asked = {name for name, found in state.fields.items() if found.visible}
    known = state.fields.keys()
    hidden = tuple(p for p in answers.pairs if field_of(p[0]) in known and field_of(p[0]) not in asked)
    back = tuple(p for p in answers.kept if field_of(p[0]) in asked)
    if not hidden and not back:
        return answers
    pairs = tuple(p for p in answers.pairs if p not in hidden) + back
    kept = tuple(p for p in answers.kept if p not in back and field_of(p[0]) not in {field_of(h[0]) for h in hidden})
    return replace(answers, pairs=pairs, kept=(*kept, *(p for p in hidden if p[1].strip())))


def _wanted(name: str, order: FormOrder) -> bool:
    return name not in order.left_out and (not order.only or name in order.only)


def _worth_drawing(state: FieldState, order: FormOrder) -> bool:
    """A new record's form asks; what the system will fill by itself is not drawn until there is something to read."""
    if not state.read_only:
        return state.required or order.purpose != "create" or state.field.own or state.field.name not in LATER
    return (state.field.own and not is_empty(state.value)) or state.field.name in order.preset


def _problems(settled: Settled, refused: tuple[Problem, ...], answers: Answers) -> tuple[Problem, ...]:
    """After an attempt, the problems of all questions that were on the form then; before it, none."""
    if refused:
        own = {p.field for p in settled.meaning.problems}
        return (*settled.meaning.problems, *(p for p in refused if p.field not in own))
    if not answers.tried:
        return ()
    given = {field_of(path) for path, _ in answers.pairs}
    own = {p.field for p in settled.meaning.problems}
    found = (p for p in settled.state.problems if p.field not in own and p.field.partition(".")[0] in given)
    return (*settled.meaning.problems, *found)


def _ordered_errors(
    view: View, problems: Iterable[Problem], tabs: tuple[FormTab, ...], form: str
) -> tuple[tuple[str, str], ...]:
    order = {c.name: n for n, c in enumerate(c for tab in tabs for s in tab.sections for c in s.controls)}
    drawn = {p: order.get(p.field.partition(".")[0], -1) for p in dict.fromkeys(problems)}
    return tuple(
        (in_summary(view, p, tabs), control_id(p.field, form) if p.field and drawn[p] >= 0 else "")
        for p in sorted(drawn, key=lambda p: drawn[p])
    )


def in_summary(view: View, problem: Problem, tabs: tuple[FormTab, ...]) -> str:
    """The words beside the field, with the field named; words of the enterprise's own rules speak for themselves."""
    text = view.problem(problem)
    label = "" if problem.code in OWN_WORDS else label_at(view, problem.field, tabs)
    if not label:
        return text
    plain = text[:1].lower() + text[1:] if text[1:2].islower() else text
    return f"{label}: {plain}"


OWN_WORDS = frozenset(("W004", "W015"))


def label_at(view: View, path: str, tabs: tuple[FormTab, ...]) -> str:
    """`lines.1.qty` → «Услуги, строка 2, Количество»."""
    name, _, rest = path.partition(".")
    control = next((c for tab in tabs for s in tab.sections for c in s.controls if c.name == name), None)
    if control is None or not rest:
        return control.label if control else ""
    position, _, column = rest.partition(".")
    head = next((h.label for h in control.heads if h.name == column), "")
    number = view.t("form.row", number=int(position) + 1) if position.isdigit() else ""
    return ", ".join(part for part in (control.label, number, head) if part)


def _tabs(view: View, form: Form, controls: Mapping[str, Control]) -> tuple[FormTab, ...]:
    tabs = tuple(_tab(view, tab, controls) for tab in form.tabs)
    placed = {c.name for tab in tabs for s in tab.sections for c in s.controls}
    rest = tuple(control for name, control in controls.items() if name not in placed)
    extra = (FormTab("", "", (FormSection("rest", "", rest),)),) if rest else ()
    return tuple(tab for tab in tabs if tab.sections) + extra


def _tab(view: View, tab: Tab, controls: Mapping[str, Control]) -> FormTab:
    sections = (_section(view, section, controls) for section in tab.sections)
    return FormTab(tab.name, view.words(tab.label), tuple(s for s in sections if s.controls))


def _section(view: View, section: Section, controls: Mapping[str, Control]) -> FormSection:
    found = tuple(controls[name] for name in section.fields if name in controls)
    return FormSection(section.name, view.words(section.label), found)


def _suggested(view: View, state: FormState) -> tuple[tuple[str, str], ...]:
    """Defaults shown in this form: an answer equal to its suggestion follows the default when it changes."""
    pairs: list[tuple[str, str]] = []
    for name, value in state.suggested.items():
        found = state.fields.get(name)
        if found is None or found.field.type == "table" or is_empty(value):
            continue
        shown = codec_of(found.field).encode(value, found.field, view.ctx.locale)
        pairs.extend((name, item) for item in ((shown,) if isinstance(shown, str) else shown))
    return tuple(pairs)
