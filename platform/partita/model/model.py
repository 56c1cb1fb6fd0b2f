"""The Model: everything that was declared, linked and checked, ready to run."""

from dataclasses import dataclass

from partita.base.frozen import FrozenMap
from partita.base.refs import Ref
from partita.base.text import Words
from partita.model.access import Role
from partita.model.data import DataSet, Scenario
from partita.model.decisions import DecisionCatalog
from partita.model.numbering import Numbering
from partita.model.pack import Pack
from partita.model.record_type import RecordType
from partita.model.states import StateScheme

FORMAT = 1
"""The version of the dump; a change of shape raises it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """`groups`: group name → its words, in menu order. `people` is the book that stands for the users'
    employees (`base.employee`), if the packs hold it.
    All maps are sorted by name, so that the dump is the same in any order of files."""

    packs: FrozenMap[str, Pack]
    types: FrozenMap[str, RecordType]
    schemes: FrozenMap[str, StateScheme] = FrozenMap()
    catalogs: FrozenMap[str, DecisionCatalog] = FrozenMap()
    numberings: FrozenMap[str, Numbering] = FrozenMap()
    roles: FrozenMap[str, Role] = FrozenMap()
    data: FrozenMap[str, DataSet] = FrozenMap()
    scenarios: FrozenMap[str, Scenario] = FrozenMap()
    groups: FrozenMap[str, Words] = FrozenMap()
    people: Ref | None = None
    format: int = FORMAT

    def type_of(self, ref: Ref) -> RecordType:
        return self.types[ref.qualified]

    def scheme_of(self, record_type: RecordType) -> StateScheme | None:
        return self.schemes[record_type.states.qualified] if record_type.states else None

    def catalog_of(self, record_type: RecordType) -> DecisionCatalog | None:
        return self.catalogs[record_type.decisions.qualified] if record_type.decisions else None
