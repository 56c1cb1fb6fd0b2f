"""What a person typed into a form, as it came, and what it means.

Pairs carry paths: `note`, `customer__text` (words in a picker), `lines.0.qty`, `lines.0.id`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from partita.base.errors import Problem
from partita.base.frozen import FrozenMap
from partita.base.text import fold, read_id
from partita.model.field import Field
from partita.model.record_type import RecordType
from partita.runtime.codecs.codec import Raw
from partita.runtime.codecs.registry import LINKS, codec_of
from partita.runtime.queries.links import link_options
from partita.screens.view import View

Pairs = tuple[tuple[str, str], ...]
TEXT = "__text"
MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for one field: its values, the words in its picker, or its rows."""

    values: tuple[str, ...] = ()
    text: str = ""
    rows: tuple[Mapping[str, "Typed"], ...] = ()

    @property
    def blank(self) -> bool:
        return not any(value.strip() for value in self.values) and not self.text.strip() and not self.rows


@dataclass(frozen=True, slots=True)
class Answers:
    """`kept`: answers to questions that are not asked now; `was`: values that were suggested, not typed;
    `tried`: a save was attempted, so problems are shown; `blanks`: rows without a word stay on the form."""

    pairs: Pairs = ()
    kept: Pairs = ()
    was: Pairs = ()
    tried: bool = False
    blanks: bool = False

    def typed(self, record_type: RecordType) -> dict[str, Typed]:
        found = gather(self.pairs)
        if not self.blanks:
            for table in record_type.tables():
                if table.name in found:
                    found[table.name] = replace(found[table.name], rows=without_blanks(table, found[table.name].rows))
        return found

    def with_pairs(self, extra: Iterable[tuple[str, str]]) -> "Answers":
        return replace(self, pairs=(*self.pairs, *extra))


@dataclass(frozen=True, slots=True)
class Meaning:
    values: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def field_of(path: str) -> str:
    return path.partition(".")[0].removesuffix(TEXT)


def gather(pairs: Pairs, in_row: bool = False) -> dict[str, Typed]:
    """Field name → what was typed for it. Rows have no rows of their own, however many dots a name has."""
    found: dict[str, Typed] = {}
    rows: dict[str, dict[int, list[tuple[str, str]]]] = {}
    for path, value in pairs:
        name, _, rest = (path, "", "") if in_row else path.partition(".")
        if rest:
            position, _, column = rest.partition(".")
            if position.isascii() and position.isdigit() and column and len(rows.get(name, ())) < MOST_ROWS:
                rows.setdefault(name, {}).setdefault(int(position[:9]), []).append((column, value))
        else:
            _add(found, name, value)
    for name, lines in rows.items():
        found[name] = Typed(rows=tuple(gather(tuple(line), in_row=True) for _, line in sorted(lines.items())))
    return found


def _add(found: dict[str, Typed], name: str, value: str) -> None:
    own = name.removesuffix(TEXT)
    before = found.get(own, Typed())
    if own != name:
        found[own] = replace(before, text=value)
    else:
        found[own] = replace(before, values=(*before.values, value))


def read_answers(view: View, record_type: RecordType, typed: Mapping[str, Typed]) -> Meaning:
    """Canonical values of what was typed; what does not fit its type is a problem, and has no value."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, answer in typed.items():
        known = record_type.fields.get(name)
        if known is None:
            problems.append(Problem("W019", name, FrozenMap({"name": name})))
            continue
        meaning = _read_rows(view, record_type, known, answer) if known.type == "table" else None
        value = meaning[0] if meaning else read_one(view, record_type, known, name, answer, values)
        if isinstance(value, Problem):
            problems.append(replace(value, field=name))
        elif meaning and meaning[1]:
            problems.extend(meaning[1])
        else:
            values[name] = value
    return Meaning(values, tuple(problems))


def read_one(
    view: View, record_type: RecordType, known: Field, path: str, answer: Typed, values: Mapping[str, Any]
) -> Any:
    raw: Raw = answer.values
    if known.type in LINKS and not any(v.strip() for v in answer.values) and answer.text.strip():
        return _look_up(view, record_type, path, answer.text.strip(), values)
    return codec_of(known).decode(raw, known, view.ctx.locale)


def _look_up(view: View, record_type: RecordType, path: str, text: str, values: Mapping[str, Any]) -> Any:
    """A picker used without JavaScript: the words must mean exactly one record."""
    found = link_options(view.ctx, record_type.name, path, values, text=text, limit=10)
    same = [option for option in found if fold(option.title) == fold(text)]
    one = same if len(same) == 1 else found
    if len(one) == 1:
        known = record_type.fields.get(path)
        return (one[0].id,) if known is not None and known.type == "links" else one[0].id
    names = ", ".join(f"«{option.title}»" for option in found[:5])
    ru = f"подходит несколько записей: {names}; уточните" if found else "такой записи нет"
    en = f"several records fit: {names}; be more exact" if found else "there is no such record"
    return Problem("W007", say=FrozenMap({"ru": f"«{text[:60]}»: {ru}.", "en": f"“{text[:60]}”: {en}."}))


def _read_rows(
    view: View, record_type: RecordType, known: Field, answer: Typed
) -> tuple[tuple[Mapping[str, Any], ...], list[Problem]]:
    rows: list[Mapping[str, Any]] = []
    problems: list[Problem] = []
    for line in answer.rows:
        row: dict[str, Any] = {"id": _row_id(line)}
        for name, cell in line.items():
            column = known.column(name)
            if name == "id":
                continue
            if column is None:
                problems.append(Problem("W019", f"{known.name}.{len(rows)}.{name}", FrozenMap({"name": name})))
                continue
            value = read_one(view, record_type, column, f"{known.name}.{name}", cell, {})
            if isinstance(value, Problem):
                problems.append(replace(value, field=f"{known.name}.{len(rows)}.{name}"))
            else:
                row[name] = value
        rows.append(FrozenMap(row))
    return tuple(rows), problems


def _row_id(line: Mapping[str, Typed]) -> int | None:
    text = (line["id"].values or ("",))[-1] if "id" in line else ""
    return read_id(text)


def without_blanks(table: Field, rows: Iterable[Mapping[str, Typed]]) -> tuple[Mapping[str, Typed], ...]:
    """New rows in which nothing was typed are no rows."""
    return tuple(
        row for row in rows if _row_id(row) is not None or any(_said(table, n, cell) for n, cell in row.items())
    )


def _said(table: Field, name: str, cell: Typed) -> bool:
    column = table.column(name)
    if column is None:
        return False
    return set(cell.values) - {"", "0"} != set() if column.type == "boolean" else not cell.blank
