"""One question of a form: everything that a widget needs to draw it, and nothing about HTML."""

from collections.abc import Mapping
from dataclasses import dataclass

from partita.model.field import Field
from partita.model.record_type import RecordType
from partita.runtime.codecs.registry import FILES, LINKS, codec_of, is_empty
from partita.runtime.records.form_state import FieldState
from partita.screens.answers import Typed
from partita.screens.view import View

MOST_RADIOS = 7
SHORT_OPTION = 26
WIDE = frozenset(("multiline", "address", "table", "files", "choices"))
LARGE_NUMBERS = frozenset(("money", "decimal", "integer", "percent"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FileItem:
    id: int
    name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`key` is the position in the form; `id` of a stored row travels with it."""

    position: int
    id: int | None
    cells: tuple["Control", ...]
    removable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """`path` on the form (`note`, `lines.0.qty`); `text` as typed or stored; `chosen` for those that take several.

    `form` is the beginning of the input's name where several forms share a page. `shown` is the value for reading.
    `asks`: other questions depend on this one; `depends`: it depends on those.
    """

    path: str
    type: str
    label: str
    question: str = ""
    hint: str = ""
    placeholder: str = ""
    note: str = ""
    required: bool = False
    read_only: bool = False
    asks: bool = False
    error: str = ""
    text: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    shown: str = ""
    options: tuple[tuple[str, str], ...] = ()
    radios: bool = False
    columns: int = 1
    span: str = ""
    width: str = ""
    suffix: str = ""
    prefix: str = ""
    length: int = 0
    scale: int | None = None
    target: str = ""
    creates: bool = False
    depends: tuple[str, ...] = ()
    files: tuple[FileItem, ...] = ()
    rows: tuple[Row, ...] = ()
    heads: tuple["Control", ...] = ()
    can_add: bool = True
    missing: bool = False
    focus: bool = False
    form: str = "f"

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]

    @property
    def id(self) -> str:
        return control_id(self.path, self.form)

    @property
    def input(self) -> str:
        return f"{self.form}.{self.path}"

    @property
    def field_path(self) -> str:
        return field_path(self.path)

    @property
    def depends_inputs(self) -> str:
        return " ".join(f"{self.form}.{name}" for name in self.depends)


def control_id(path: str, form: str = "f") -> str:
    """The id of the control of a path: `f-lines-0-qty`."""
    return f"{form}-{path.replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the controls of one form share."""

    view: View
    type: RecordType
    files: Mapping[int, FileItem]
    errors: Mapping[str, str]
    form: str = "f"
    focus: str = ""

    def draw(self, state: FieldState, typed: Typed | None) -> Control:
        return self.control(state, typed, state.field.name, self.type.dependents, False)

    def control(
        self, state: FieldState, typed: Typed | None, path: str, dependents: Mapping[str, tuple[str, ...]], in_row: bool
    ) -> Control:
        known, view = state.field, self.view
        options = tuple((name, label) for name, label in state.options.items())
        radios = known.type == "choice" and known.own and len(options) <= MOST_RADIOS and not in_row
        return Control(
            path=path,
            form=self.form,
            type=known.type,
            label=view.label(known),
            question=view.words(known.question),
            hint=view.words(known.help),
            placeholder=view.words(known.placeholder),
            note=state.why if state.read_only or state.required else "",
            focus=path == self.focus,
            required=state.required,
            read_only=state.read_only,
            asks=bool(dependents.get(field_path(path))),
            error=self.errors.get(path, ""),
            text=self._text(state, typed),
            chosen=self._chosen(state, typed),
            shown=view.show(state.value, known, state.titles),
            options=options if state.required or not radios else (*options, ("", view.t("form.unset"))),
            radios=radios,
            columns=_columns(options) if radios else 1,
            span=_span(known, radios),
            width=known.width,
            suffix=_suffix(known, view),
            length=known.length,
            scale=known.scale if known.type in LARGE_NUMBERS else None,
            target=_target(known, view),
            creates=bool(_target(known, view)) and view.may(_target(known, view), "create") and not in_row,
            depends=_read_by(known.name, dependents) if known.type in LINKS else (),
            files=self._files(state, typed) if known.type in FILES else (),
            rows=self._rows(state, typed) if known.type == "table" else (),
            heads=self._heads(known) if known.type == "table" else (),
            can_add=not known.max_rows or len(state.rows) < known.max_rows,
            missing=state.required and is_empty(state.value) and not state.read_only,
        )

    def _text(self, state: FieldState, typed: Typed | None) -> str:
        if state.field.type in LINKS and typed is not None and typed.text and state.value is None:
            return typed.text
        if typed is not None and typed.values and state.field.type not in LINKS:
            return typed.values[-1]
        shown = codec_of(state.field).encode(state.value, state.field, self.view.ctx.locale)
        return shown if isinstance(shown, str) else ""

    def _chosen(self, state: FieldState, typed: Typed | None) -> tuple[tuple[str, str], ...]:
        if state.field.type in LINKS:
            ids = state.value if isinstance(state.value, tuple) else (state.value,) if state.value else ()
            return tuple((str(item), state.titles.get(item, "")) for item in ids)
        if state.field.type == "choices":
            return tuple((str(name), "") for name in state.value or ())
        return ()

    def _files(self, state: FieldState, typed: Typed | None) -> tuple[FileItem, ...]:
        ids = state.value if isinstance(state.value, tuple) else (state.value,) if state.value else ()
        return tuple(self.files[item] for item in ids if item in self.files)

    def _rows(self, state: FieldState, typed: Typed | None) -> tuple[Row, ...]:
        lines = typed.rows if typed else ()
        made = []
        for row in state.rows:
            line = lines[row.position] if row.position < len(lines) else {}
            cells = tuple(
                self._cell(state, cell, row.position, line.get(cell.field.name)) for cell in row.cells.values()
            )
            removable = not (state.field.append_only and row.id is not None)
            made.append(Row(position=row.position, id=row.id, cells=cells, removable=removable))
        return tuple(made)

    def _cell(self, table: FieldState, cell: FieldState, position: int, typed: Typed | None) -> Control:
        path = f"{table.field.name}.{position}.{cell.field.name}"
        return self.control(cell, typed, path, self.type.dependents, True)

    def _heads(self, table: Field) -> tuple[Control, ...]:
        return tuple(
            Control(
                path=f"{table.name}.{c.name}",
                form=self.form,
                type=c.type,
                label=self.view.label(c),
                required=c.required is True,
            )
            for c in table.fields
        )


def field_path(path: str) -> str:
    """`lines.0.qty` → `lines.qty`: how dependents and links name a column."""
    table, _, rest = path.partition(".")
    return f"{table}.{rest.partition('.')[2]}" if rest else table


def _read_by(name: str, dependents: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(source for source, targets in dependents.items() if name in targets and "." not in source)


def _columns(options: tuple[tuple[str, str], ...]) -> int:
    return 2 if len(options) > 1 and all(len(label) <= SHORT_OPTION for _, label in options) else 1


def _span(known: Field, radios: bool) -> str:
    return "full" if known.type in WIDE or radios else ""


def _suffix(known: Field, view: View) -> str:
    if known.type == "percent":
        return "%"
    if known.type == "money":
        return CURRENCY_SIGNS.get(known.currency, known.currency)
    return view.words(known.unit)


CURRENCY_SIGNS = {"RUB": "₽", "KZT": "₸", "USD": "$", "EUR": "€", "": "₽"}


def _target(known: Field, view: View) -> str:
    if known.type == "user":
        return view.ctx.runtime.people
    return known.to.qualified if known.to and known.type in LINKS else ""
