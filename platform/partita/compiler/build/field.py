"""Fields of record types, columns of tables, settings, fields asked by decisions."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from partita.base.frozen import FrozenMap
from partita.base.refs import Ref
from partita.base.text import Words
from partita.compiler.build.builtin import RESERVED_COLUMNS, WORDS_OF_FORMULAS
from partita.compiler.build.site import Site, Step
from partita.model.field import Field, Option

SCALES = {"money": 2, "percent": 2, "decimal": 3}
LENGTHS = {"text": 500, "email": 254, "phone": 40, "url": 2000, "person_name": 200, "address": 500, "code": 40}

LabelOf = Callable[[Ref], Words | None]


class FieldBuilder:
    """Builds fields of one declared thing. `label_of`: of a link's target; `people`: the users' book."""

    def __init__(self, site: Site, people: Ref | None, label_of: LabelOf) -> None:
        self._site, self._people, self._label_of = site, people, label_of

    def build(self, *path: Step) -> Field:
        """The field that is declared at the path."""
        site, name = self._site, str(path[-1])
        get = partial(site.get, *path)
        field_type: str = get("type")
        to = self._people if field_type == "user" else site.link(*path, "to")
        field = Field(
            name=name,
            type=field_type,
            label=self._label(path, to, field_type),
            help=site.words(*path, "help"),
            question=site.words(*path, "question"),
            placeholder=site.words(*path, "placeholder"),
            default=site.formula(*path, "default"),
            compute=site.formula(*path, "compute"),
            visible=site.flag(*path, "visible", default=True),
            required=site.flag(*path, "required", default=False),
            read_only=site.flag(*path, "read_only", default=False),
            checks=tuple(check for check in (site.check("check", *path, "check"),) if check),
            where=site.formula(*path, "where"),
            to=to,
            options=self._options(path),
            fields=tuple(self.build(*path, "fields", column) for column, _ in site.items(*path, "fields")),
            min=_decimal(get("min")),
            max=_decimal(get("max")),
            scale=get("scale", default=SCALES.get(field_type, 0)),
            length=get("length", default=LENGTHS.get(field_type, 0)),
            min_rows=get("min_rows", default=0),
            max_rows=get("max_rows", default=0),
            append_only=get("append_only", default=False),
            unique=get("unique", default=False),
            index=get("index", default=False),
            search=get("search", default=False),
            unit=site.words(*path, "unit"),
            currency=get("currency", default="RUB" if field_type == "money" else ""),
            format=get("format", default="none" if field_type == "code" else ""),
            width=get("width", default=""),
            priority=get("priority", default=0),
            summary=get("summary", default=False),
            renamed_from=get("renamed_from", default=""),
        )
        self._check(field, path)
        return field

    def _label(self, path: tuple[Step, ...], to: Ref | None, field_type: str) -> Words:
        own = self._site.words(*path, "label")
        return own or (self._label_of(to) if to and field_type == "link" else None) or self._site.label(*path)

    def _options(self, path: tuple[Step, ...]) -> FrozenMap[str, Option]:
        options: dict[str, Option] = {}
        for name, value in self._site.items(*path, "options"):
            place = (*path, "options", name)
            if name in WORDS_OF_FORMULAS:
                self._site.add("B001", self._site.key(*place), name=name)
            options[name] = self._option(name, value, place)
        self._check_codes(options, path)
        return FrozenMap(options)

    def _check_codes(self, options: dict[str, Option], path: tuple[Step, ...]) -> None:
        """A foreign code names one option only."""
        seen: dict[str, str] = {}
        for option in options.values():
            first = seen.setdefault(option.code, option.name) if option.code else option.name
            if first != option.name:
                place = self._site.place(*path, "options", option.name, "code")
                self._site.add("B047", place, code_of=option.code, first=first, name=option.name)

    def _option(self, name: str, value: Any, place: tuple[Step, ...]) -> Option:
        site = self._site
        if isinstance(value, str) or not set(value) & {"label", "code", "tone", "when", "renamed_from"}:
            return Option(name=name, label=site.words(*place) or site.humanised(name))
        return Option(
            name=name,
            label=site.label(*place),
            code=value.get("code", ""),
            tone=value.get("tone", ""),
            when=site.formula(*place, "when"),
            renamed_from=value.get("renamed_from", ""),
        )

    def _check(self, field: Field, path: tuple[Step, ...]) -> None:
        site = self._site
        if field.min is not None and field.max is not None and field.min > field.max:
            site.add("B002", site.place(*path, "min"), least=field.min, most=field.max)
        if field.max_rows and field.min_rows > field.max_rows:
            site.add("B002", site.place(*path, "min_rows"), least=field.min_rows, most=field.max_rows)
        if field.type == "user" and field.to is None:
            site.add("B034", site.place(*path, "type"))
        self._check_computed(field, path)
        for column in field.fields:
            if column.name in RESERVED_COLUMNS:
                site.add("B001", site.key(*path, "fields", column.name), name=column.name)
        check_renames(site, {c.name: c.renamed_from for c in field.fields}, *path, "fields")
        check_renames(site, {o.name: o.renamed_from for o in field.options.values()}, *path, "options")

    def _check_computed(self, field: Field, path: tuple[Step, ...]) -> None:
        """What is computed is not entered: rules for entering it would be read by nothing."""
        if field.compute is None:
            return
        for key in ("default", "required", "read_only", "where", "check"):
            if self._site.get(*path, key) is not None:
                self._site.add("B042", self._site.key(*path, key), key=key)


def check_renames(site: Site, names: dict[str, str], *path: Step) -> None:
    """`renamed_from` is a name that is free now, and one thing only comes from it."""
    seen: dict[str, str] = {}
    for name, former in names.items():
        place = site.place(*path, name, "renamed_from")
        if former and (former in names or former in seen):
            site.add("B026", place, name=name, former=former)
        elif former:
            seen[former] = name


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)
