"""Words that a pack promises in a language and does not say are found, each with its place."""

from partita.testing.languages import missing_words
from partita.testing.metadata import build_sources
from tests.testing.clinic import SOURCES


def test_a_pack_that_says_everything_misses_nothing() -> None:
    built = build_sources(SOURCES)
    assert built.findings == [], built.explain()
    assert missing_words(built.model, "clinic") == []


def test_a_label_without_a_promised_language_is_told_with_its_place() -> None:
    sources = SOURCES | {
        "clinic/types.yaml": SOURCES["clinic/types.yaml"].replace("{ru: Жалоба, en: Complaint}", "Жалоба")
    }
    missing = missing_words(build_sources(sources).model, "clinic")
    assert missing == ["request_type/clinic.visit.fields.complaint.label: en"]
