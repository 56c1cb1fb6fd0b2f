"""The base pack passes the checks that every pack inherits; its codes and rows are right."""

from partita.testing.packs import PackChecks
from tests.packs.places import BASE


class TestBase(PackChecks):
    pack = "base"
    folders = (BASE,)

    def test_codes_of_its_classifiers_are_not_repeated(self) -> None:
        for data in self.built().model.data.values():
            codes = [row[data.key] for row in data.rows.values()]
            assert len(codes) == len(set(codes)), data.ref

    def test_both_countries_of_the_product_have_all_their_regions(self) -> None:
        data = self.built().model.data
        assert len(data["base.regions_ru"].rows) == 89
        assert len(data["base.regions_kz"].rows) == 20

    def test_data_of_others_is_attributed(self) -> None:
        assert "CC BY 4.0" in (BASE / "ATTRIBUTION.md").read_text(encoding="utf-8")
