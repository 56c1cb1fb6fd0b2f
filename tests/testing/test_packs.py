"""The checks that packs inherit pass for a good pack and fail for a broken one."""

from pathlib import Path

import pytest

from partita.testing.packs import PackChecks
from tests.testing.clinic import SOURCES


def checks(folder: Path, **changed: str) -> PackChecks:
    """The checks of the clinic written into `folder`, some of its files changed."""
    pack = folder / "clinic"
    for name, text in (SOURCES | {f"clinic/{file}.yaml": text for file, text in changed.items()}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    unproved = frozenset({"clinic.visit#treat"})
    made: type[PackChecks] = type("Clinic", (PackChecks,), {"pack": "clinic", "folders": (pack,), "unproved": unproved})
    return made()


def test_a_good_pack_passes_every_inherited_check(tmp_path: Path) -> None:
    clinic = checks(tmp_path)
    for name in dir(clinic):
        if name.startswith("test_"):
            getattr(clinic, name)()


def test_a_pack_that_does_not_compile_fails_with_its_findings(tmp_path: Path) -> None:
    clinic = checks(tmp_path, types=SOURCES["clinic/types.yaml"].replace("visible: fever", "visible: fewer"))
    with pytest.raises(AssertionError, match=r"clinic/types\.yaml"):
        clinic.test_it_compiles_without_findings()


def test_a_pack_whose_scenario_fails_is_told_the_difference(tmp_path: Path) -> None:
    clinic = checks(tmp_path, visit=SOURCES["clinic/visit.yaml"].replace("total: 750.5", "total: 1"))
    with pytest.raises(AssertionError, match=r"total: expected 1\.00, got 750\.50"):
        clinic.test_every_scenario_passes()


def test_a_decision_that_no_scenario_takes_fails_unless_it_is_named(tmp_path: Path) -> None:
    clinic = checks(tmp_path)
    type(clinic).unproved = frozenset()
    with pytest.raises(AssertionError, match=r"clinic\.visit#treat"):
        clinic.test_scenarios_touch_every_transition_decision_and_role()
