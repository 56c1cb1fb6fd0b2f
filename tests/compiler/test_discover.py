"""Folders into sources: what is found, under which name, and what is left alone."""

from pathlib import Path

import pytest

from partita.compiler.discover import locate, read_packs
from partita.compiler.pipeline import compile_sources
from partita.compiler.ranges import fits


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_folder_is_a_pack_or_holds_packs(tmp_path: Path) -> None:
    one = write(tmp_path / "one", pack="pack: one\nversion: 1\n", deep__er__x="kind: role\n")
    write(tmp_path / "many" / "two", pack="pack: two\nversion: 1\n")
    write(tmp_path / "many" / "three", pack="pack: three\nversion: 1\n")
    found = read_packs([one, tmp_path / "many"])
    assert list(found) == ["one/deep/er/x.yaml", "one/pack.yaml", "three/pack.yaml", "two/pack.yaml"]
    assert found["one/deep/er/x.yaml"] == "kind: role\n"
    assert locate([one])["one/pack.yaml"] == one / "pack.yaml"


def test_hidden_files_links_and_other_files_are_left_alone(tmp_path: Path) -> None:
    one = write(tmp_path / "one", pack="pack: one\nversion: 1\n", **{".hidden": "x", ".git__y": "x"})
    (one / "notes.txt").write_text("x")
    (one / "link.yaml").symlink_to("/etc/passwd")
    assert list(read_packs([one])) == ["one/pack.yaml"]


def test_packs_of_one_folder_name_do_not_meet(tmp_path: Path) -> None:
    write(tmp_path / "a" / "pack_x", pack="pack: a\nversion: 1\n")
    write(tmp_path / "b" / "pack_x", pack="pack: b\nversion: 1\n")
    assert list(read_packs([tmp_path / "a", tmp_path / "b"])) == ["pack_x/pack.yaml", "pack_x~2/pack.yaml"]


def test_a_folder_named_twice_is_read_once(tmp_path: Path) -> None:
    one = write(tmp_path / "one", pack="pack: one\nversion: 1\n")
    assert list(read_packs([one, one, tmp_path])) == ["one/pack.yaml"]


def test_bytes_that_are_no_utf8_reach_the_reader(tmp_path: Path) -> None:
    one = write(tmp_path / "one", pack="pack: one\nversion: 1\n")
    (one / "x.yaml").write_bytes(b"kind: role\nname: " + "имя".encode("cp1251"))
    (finding,) = compile_sources(read_packs([one])).findings
    assert (finding.code, str(finding.span)) == ("Y001", "one/x.yaml:2:7")


def test_a_folder_without_a_pack_file_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path / "lost", x="kind: role\nname: a\ngrants: {b: {read: true}}\n")
    (finding,) = compile_sources(read_packs([folder])).findings
    assert finding.code == "O001"


@pytest.mark.parametrize(
    ("version", "wanted", "answer"),
    [
        ("1", ">=1,<2", True),
        ("1.0.0", ">=1,<2", True),
        ("1.9.9", ">=1,<2", True),
        ("2.0", ">=1,<2", False),
        ("0.9", ">=1", False),
        ("1.10", ">1.9", True),
        ("1.2", "==1.2.0", True),
        ("1.2.1", "!=1.2.1", False),
    ],
)
def test_a_version_lies_in_its_range(version: str, wanted: str, answer: bool) -> None:
    assert fits(version, wanted) is answer
