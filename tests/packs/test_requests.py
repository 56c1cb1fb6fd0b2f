"""The pack of requests passes the inherited checks; its questions and demo data are what they promise."""

from stdnum.ru import inn

from partita.testing.packs import PackChecks
from tests.packs.places import BASE, REQUESTS


class TestRequests(PackChecks):
    pack = "requests"
    folders = (BASE, REQUESTS)

    def test_an_appeal_asks_at_least_ten_questions_that_depend_on_answers(self) -> None:
        appeal = self.built().model.types["requests.service_appeal"]
        branching = [f for f in appeal.own_fields() if f.question and not isinstance(f.visible, bool)]
        assert len(branching) >= 10

    def test_the_decisions_of_the_customer_are_there(self) -> None:
        decisions = self.built().model.catalogs["requests.request_decisions"].decisions
        assert decisions["to_work"].do[0].move == "take"
        assert decisions["new_item"].decision_class == "refuse"
        assert decisions["new_item"].comment == "required"
        assert "possible_date" in decisions["terms"].ask

    def test_tax_numbers_of_the_demo_are_true_and_not_repeated(self) -> None:
        rows = self.built().model.data["requests.organizations"].rows.values()
        numbers = [row["inn"] for row in rows if "inn" in row] + [row["bin"] for row in rows if "bin" in row]
        assert len(numbers) == len(set(numbers)) == len(list(rows))
        assert all(inn.is_valid(row["inn"]) for row in rows if "inn" in row)

    def test_the_demo_tells_of_every_state(self) -> None:
        story = next(r for r in self.reports()[0] if r.name == "requests.demo_story")
        assert len(story.records) >= 30
