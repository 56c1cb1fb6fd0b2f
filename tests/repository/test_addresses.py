"""Nothing in the repository says from where packages come or on whose machine it was made."""

from __future__ import annotations

import json
import re

from tests.support.checkout import ROOT, named, project, text_of, texts

# Written so that this file itself does not hold what it looks for.
HOSTS = re.compile(r"py[p]i[.]org|python[h]osted[.]|registry[.]np[m]js|deb[.]deb[i]an[.]|files[.]np[m]")
MACHINE = re.compile(r"(?:^|[\s\"'(=:])/(?:w[o]rk|r[o]ot|h[o]me/\w+|f[a]rm)/")
# Names of locks may stand with `==`, hashes and markers, and nothing else.
LOCKED = re.compile(
    r"^(?:[A-Za-z0-9._-]+(?:\[[a-z,]+\])?==\S+(?: ; .+?)?(?: \\)?|    --hash=sha256:[0-9a-f]{64}(?: \\)?)$"
)


def test_no_file_names_the_host_of_a_registry() -> None:
    assert [named(path) for path in texts() if HOSTS.search(text_of(path))] == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert [named(path) for path in texts() if MACHINE.search(text_of(path))] == []


def test_locks_hold_versions_and_hashes_only() -> None:
    for lock in sorted(ROOT.glob("requirements*.lock")):
        lines = lock.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if not LOCKED.match(line)] == [], lock.name
        assert len(lines) > 5


def test_the_lock_of_npm_holds_integrity_and_no_addresses() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text
    packages = json.loads(text)["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_the_locks_know_every_library_that_the_project_asks_for() -> None:
    asked = project()["project"]["dependencies"] + project()["dependency-groups"]["build"]
    tests = asked + project()["dependency-groups"]["dev"] + project()["project"]["optional-dependencies"]["postgres"]
    for lock, wanted in {"requirements.lock": asked, "requirements-dev.lock": tests}.items():
        text = (ROOT / lock).read_text(encoding="utf-8")
        names = {plain(name) for name in re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==", text, re.M)}
        assert {plain(str(re.split(r"[\[<>=;! ]", entry)[0])) for entry in wanted} - names == set(), lock


def test_packages_of_npm_are_pinned_exactly() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions = [*package["dependencies"].values(), *package["devDependencies"].values()]
    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
