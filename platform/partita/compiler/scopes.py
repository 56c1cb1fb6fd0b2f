"""What names mean to formulas: the names of every record type, of settings, of people."""

from collections.abc import Mapping

from partita.base.frozen import FrozenMap
from partita.compiler.declared import Symbols
from partita.formulas.scope import Name, Names, Part, Scope
from partita.formulas.types import Choice, Type, of_field
from partita.model.field import Field
from partita.model.model import Model
from partita.model.record_type import RecordType


def type_of(field: Field) -> Type:
    """The type of a field's value in formulas."""
    return of_field(
        field.type,
        scale=field.scale,
        options=field.options,
        to=field.to.qualified if field.to else "",
        columns={column.name: type_of(column) for column in field.fields},
    )


def name_of(field: Field, parts: FrozenMap[str, Part] = FrozenMap()) -> Name:
    options = FrozenMap({name: option.label for name, option in field.options.items()})
    return Name(type_of(field), field.label, options, parts)


class Scopes:
    """Makes the scope for each place where a formula may stand."""

    def __init__(self, model: Model, symbols: Symbols) -> None:
        self._model, self._symbols = model, symbols
        self._names = {name: self._names_of(record_type) for name, record_type in model.types.items()}
        self._people = model.people.qualified if model.people else ""
        self._settings = {name: self._settings_seen_by(name) for name in symbols.packs}

    def _names_of(self, record_type: RecordType) -> Names:
        return {name: name_of(f, self._parts(record_type, f)) for name, f in record_type.fields.items()}

    def _parts(self, record_type: RecordType, field: Field) -> FrozenMap[str, Part]:
        """What stands behind the dot of a choice: the class of a decision, the category of a state."""
        if field.own or field.name not in ("decision", "state"):
            return FrozenMap()
        decisions, states = record_type.decisions, record_type.states
        catalog = self._model.catalogs.get(decisions.qualified) if decisions else None
        scheme = self._model.schemes.get(states.qualified) if states else None
        if field.name == "decision" and catalog:
            classes = {d.name: str(d.decision_class) for d in catalog.decisions.values()}
            extra = {name: "other" for name in field.options if name not in classes}
            return _part("class", classes | extra, ("accept", "refuse", "other"))
        if field.name == "state" and scheme:
            categories = {s.name: str(s.category) for s in scheme.states.values()}
            return _part("category", categories, ("open", "active", "waiting", "done", "cancelled"))
        return FrozenMap()

    def _settings_seen_by(self, pack: str) -> Names:
        seen = [self._model.packs[name] for name in self._symbols.packs[pack].visible if name in self._model.packs]
        return {name: name_of(field) for pack in reversed(seen) for name, field in pack.settings.items()}

    def of_record(self, context: str, pack: str, *, seq: bool = False) -> Scope:
        """A formula over the record itself, written in `pack`."""
        names = self._names[context]
        return self._scope(names, pack, old=names, seq=seq)

    def of_row(self, context: str, table: Field, pack: str) -> Scope:
        """A formula of a column: bare names are the row's, `parent` is the record."""
        return self._scope(self._columns(table), pack, parent=self._names[context])

    def of_target(self, target: str, context: str, pack: str, table: Field | None = None) -> Scope:
        """The `where` of a link: bare names are the target's, `this` is the record or the row that holds the link."""
        holder = self._names[context]
        if table is None:
            return self._scope(self._names[target], pack, this=holder)
        return self._scope(self._names[target], pack, this=self._columns(table), parent=holder)

    def of_rows_of_type(self, context: str, pack: str) -> Scope:
        """A condition that chooses records: the `where` of a list or of a grant."""
        return self._scope(self._names[context], pack)

    def of_nothing(self, pack: str) -> Scope:
        """A formula without a record: the default of a setting."""
        return self._scope({}, pack, settings=False)

    def knows(self, target: str) -> bool:
        return target in self._names

    def _columns(self, table: Field) -> Names:
        return {column.name: name_of(column) for column in table.fields}

    def _scope(
        self,
        record: Names,
        pack: str,
        *,
        this: Names | None = None,
        parent: Names | None = None,
        old: Names | None = None,
        settings: bool = True,
        seq: bool = False,
    ) -> Scope:
        return Scope(
            record=record,
            types=self._names,
            this=this,
            parent=parent,
            old=old,
            settings=self._settings[pack] if settings else None,
            people=self._people,
            roles=tuple(self._model.roles),
            seq=seq,
        )


def _part(name: str, values: Mapping[str, str], options: tuple[str, ...]) -> FrozenMap[str, Part]:
    return FrozenMap({name: Part(Choice(options), FrozenMap(values))})
