"""The order of building: packs, schemes, catalogs; fields of all types; their layout; roles, data, scenarios."""

from collections.abc import Mapping
from typing import TypeAlias

from partita.base.diagnostics import Diagnostic
from partita.base.frozen import FrozenMap
from partita.base.refs import Ref
from partita.base.text import Words, words
from partita.compiler.build.data import RowIndex, build_data_set
from partita.compiler.build.decisions import AskedField, build_catalog
from partita.compiler.build.expect import expect_group
from partita.compiler.build.field import FieldBuilder
from partita.compiler.build.numbering import build_numbering
from partita.compiler.build.packs import build_groups, build_pack, check_settings
from partita.compiler.build.record_type import Surroundings, arrange, build_record_type
from partita.compiler.build.roles import RoleBuilder
from partita.compiler.build.scenario import ScenarioBuilder, World
from partita.compiler.build.site import Site
from partita.compiler.build.states import build_scheme
from partita.compiler.build.usage import check_catalog_on, check_scheme_on
from partita.compiler.declared import Declared, Symbols
from partita.compiler.doubts import Doubts
from partita.compiler.link import Links
from partita.model.data import DataSet
from partita.model.decisions import DecisionCatalog
from partita.model.model import Model
from partita.model.pack import Pack
from partita.model.record_type import RecordType
from partita.model.states import StateScheme

Schemes: TypeAlias = Mapping[str, StateScheme]
Catalogs: TypeAlias = Mapping[str, tuple[DecisionCatalog, Mapping[str, AskedField]]]

PEOPLE, DEPARTMENTS = "base.employee", "base.department"


def build_model(symbols: Symbols, links: Links, doubts: Doubts) -> tuple[Model, tuple[Diagnostic, ...]]:
    """The Model of everything that is not broken, without typed formulas, and what is wrong with the meaning."""
    builder = _Builder(symbols, links, doubts)
    model = builder.build()
    return model, tuple(builder.findings)


class _Builder:
    def __init__(self, symbols: Symbols, links: Links, doubts: Doubts) -> None:
        self.findings: list[Diagnostic] = []
        self._symbols, self._links, self._doubts = symbols, links, doubts
        self._sites = {family: self._sites_of(family) for family in symbols.things}
        self._packs = [self._site(Declared(head.ref, head.document)) for head in symbols.packs.values()]
        self._people = self._book(PEOPLE)

    def _site(self, thing: Declared) -> Site:
        language = self._symbols.packs[thing.ref.pack].languages[0]
        return Site(thing, self._links, language, self.findings, self._doubts)

    def _sites_of(self, family: str) -> dict[str, Site]:
        return {name: self._site(thing) for name, thing in self._symbols.of(family).items() if not thing.broken}

    def _book(self, name: str) -> Ref | None:
        thing = self._symbols.of("type").get(name)
        return thing.ref if thing else None

    def _fields(self, site: Site) -> FieldBuilder:
        return FieldBuilder(site, self._people, self._label_of)

    def _label_of(self, ref: Ref) -> Words | None:
        """The label of a type, for links that have none of their own."""
        thing = self._symbols.of("type").get(ref.qualified)
        label = thing.document.get("label") if thing else None
        return words(label, self._symbols.packs[ref.pack].languages[0]) if label else None

    def build(self) -> Model:
        packs = {site.ref.pack: self._build_pack(site) for site in self._packs}
        check_settings(self._packs)
        groups = build_groups(self._packs)
        schemes = {name: build_scheme(site) for name, site in self._sites["scheme"].items()}
        catalogs = {name: build_catalog(s, self._fields(s)) for name, s in self._sites["catalog"].items()}
        types = self._build_types(schemes, catalogs)
        for name, site in self._sites["type"].items():
            expect_group(site, groups)
            self._check_usage(types[name], schemes)
        world = World(types, schemes, {name: catalog for name, (catalog, _) in catalogs.items()})
        return Model(
            packs=FrozenMap(sorted(packs.items())),
            types=FrozenMap(types),
            schemes=FrozenMap(schemes),
            catalogs=FrozenMap(world.catalogs),
            numberings=FrozenMap({name: build_numbering(s) for name, s in self._sites["numbering"].items()}),
            roles=FrozenMap({n: RoleBuilder(s, types, schemes).build() for n, s in self._sites["role"].items()}),
            data=FrozenMap(self._build_data(types)),
            scenarios=FrozenMap({n: ScenarioBuilder(s, world).build() for n, s in self._sites["scenario"].items()}),
            groups=groups,
            people=self._people,
        )

    def _build_pack(self, site: Site) -> Pack:
        return build_pack(site, self._fields(site), self._symbols.packs[site.ref.pack].languages)

    def _build_types(self, schemes: Schemes, catalogs: Catalogs) -> dict[str, RecordType]:
        types: dict[str, RecordType] = {}
        for name, site in self._sites["type"].items():
            types[name] = build_record_type(site, self._around(site, schemes, catalogs), self._fields(site))
            self._check_renamed(site)
        return {name: arrange(site, types[name], types) for name, site in self._sites["type"].items()}

    def _around(self, site: Site, schemes: Schemes, catalogs: Catalogs) -> Surroundings:
        states, decisions = site.link("states"), site.link("decisions")
        catalog, asked = catalogs.get(decisions.qualified, (None, {})) if decisions else (None, {})
        return Surroundings(self._people, schemes.get(states.qualified) if states else None, catalog, asked)

    def _check_renamed(self, site: Site) -> None:
        former = site.get("renamed_from")
        if former and f"{site.ref.pack}.{former}" in self._symbols.of("type"):
            site.add("B026", site.place("renamed_from"), name=site.ref.name, former=former)

    def _check_usage(self, record_type: RecordType, schemes: Schemes) -> None:
        if record_type.states and (site := self._sites["scheme"].get(record_type.states.qualified)):
            check_scheme_on(site, record_type, self._people, self._has_heads())
        if record_type.decisions and (site := self._sites["catalog"].get(record_type.decisions.qualified)):
            scheme = schemes.get(record_type.states.qualified) if record_type.states else None
            check_catalog_on(site, record_type, scheme)

    def _has_heads(self) -> bool:
        books = self._symbols.of("type")
        needed = ((PEOPLE, "department"), (DEPARTMENTS, "head"))
        return all(book in books and books[book].document.get("fields", field) for book, field in needed)

    def _build_data(self, types: Mapping[str, RecordType]) -> dict[str, DataSet]:
        rows = RowIndex(self._sites["data"])
        found: dict[str, DataSet] = {}
        for name, site in self._sites["data"].items():
            into = site.link("into")
            if data := build_data_set(site, types.get(into.qualified) if into else None, rows):
                found[name] = data
        return found
