"""Fields of a record type: typed columns with their rules and looks."""

from dataclasses import dataclass
from decimal import Decimal

from partita.base.frozen import FrozenMap
from partita.base.refs import Ref
from partita.base.text import Words
from partita.model.formula import Check, Formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A value of a choice. `code` is the foreign code of files; `when` offers it only while it holds."""

    name: str
    label: Words
    code: str = ""
    tone: str = ""
    when: Formula | None = None
    renamed_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. `visible`, `required`, `read_only` are a constant or a formula over the same record.

    `own` is False for the built-in fields of the kind; `asked_by` names the decisions that ask this field.
    `scale` is the number of decimal digits of decimal, money and percent. `fields` are the columns of a table's rows.
    """

    name: str
    type: str
    label: Words
    help: Words | None = None
    question: Words | None = None
    placeholder: Words | None = None
    default: Formula | None = None
    compute: Formula | None = None
    visible: Formula | bool = True
    required: Formula | bool = False
    read_only: Formula | bool = False
    checks: tuple[Check, ...] = ()
    where: Formula | None = None
    to: Ref | None = None
    options: FrozenMap[str, Option] = FrozenMap()
    fields: tuple["Field", ...] = ()
    min: Decimal | None = None
    max: Decimal | None = None
    scale: int = 0
    length: int = 0
    min_rows: int = 0
    max_rows: int = 0
    append_only: bool = False
    unique: bool = False
    index: bool = False
    search: bool = False
    unit: Words | None = None
    currency: str = ""
    format: str = ""
    width: str = ""
    priority: int = 0
    summary: bool = False
    renamed_from: str = ""
    own: bool = True
    asked_by: tuple[str, ...] = ()

    def column(self, name: str) -> "Field | None":
        """The column of a table's rows by name."""
        return next((field for field in self.fields if field.name == name), None)
