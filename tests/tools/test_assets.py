"""Browser assets: what the build makes of packages and of our own files."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.support.checkout import ROOT
from tools import assets, font
from tools.phases import Stopped

VENDOR = ROOT / "themes" / "default" / "static" / "vendor"
INTER = ROOT / "node_modules" / "inter-ui" / "variable" / "InterVariable.woff2"


@pytest.fixture(scope="module")
def inter() -> TTFont:
    return TTFont(io.BytesIO(font.subset(INTER)))


def test_every_file_of_the_manifest_is_there_with_its_integrity() -> None:
    manifest = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
    assert {"htmx.min.js", "icons.svg", "inter.woff2", "partita.css"} <= set(manifest)
    for entry in manifest.values():
        content = (VENDOR / entry["file"]).read_bytes()
        assert entry["integrity"] == "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()
        assert hashlib.sha256(content).hexdigest()[:10] in entry["file"]
        packed = VENDOR / f"{entry['file']}.gz"
        assert not packed.exists() or gzip.decompress(packed.read_bytes()) == content


def test_the_licences_of_what_is_served_are_served_with_it() -> None:
    text = (VENDOR / "LICENSES.txt").read_text(encoding="utf-8")
    assert all(name in text for name in ("htmx\n====", "Inter\n=====", "Lucide\n======"))


def test_the_vendor_folder_is_never_committed() -> None:
    assert (VENDOR / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_a_second_build_does_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assets.ensure_theme(ROOT / "themes" / "default")
    capsys.readouterr()
    before = (VENDOR / "manifest.json").stat().st_mtime_ns
    assets.ensure_theme(ROOT / "themes" / "default")
    assert (VENDOR / "manifest.json").stat().st_mtime_ns == before
    assert capsys.readouterr().out == ""


def test_the_font_has_the_letters_and_signs_of_three_languages(inter: TTFont) -> None:
    present = set(inter.getBestCmap())
    assert [sign for sign in "AzÉё Ёж ӘғҚңӨұҮһі «»–—№₽₸→↑" if ord(sign) not in present] == []


def test_the_font_is_one_small_file_of_all_weights_with_figures_of_one_width(inter: TTFont) -> None:
    assert len(font.subset(INTER)) < 60_000
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in inter["fvar"].axes] == [("wght", 400, 700)]
    features = {record.FeatureTag for record in inter["GSUB"].table.FeatureList.FeatureRecord}
    assert {"tnum", "zero", "case"} <= features


def test_the_same_sources_give_the_same_font() -> None:
    assert font.subset(INTER) == font.subset(INTER)


def test_the_sprite_holds_one_symbol_per_listed_name(tmp_path: Path) -> None:
    (tmp_path / "dot.svg").write_text('<!-- x --><svg class="a" stroke="b">\n  <path d="M1 1" />\n</svg>', "utf-8")
    sprite = assets.sprite(["dot"], tmp_path).decode()
    assert '<symbol id="dot" viewBox="0 0 24 24"><path d="M1 1" /></symbol>' in sprite
    assert "stroke" not in sprite


def test_an_icon_that_lucide_does_not_have_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(Stopped, match="no-such-icon"):
        assets.sprite(["no-such-icon"], tmp_path)


def test_styles_are_joined_by_name_and_find_their_font(tmp_path: Path) -> None:
    (tmp_path / "10-b.css").write_text("b { src: url('inter.woff2') url(img/x.svg) }\n", "utf-8")
    (tmp_path / "00-a.css").write_text("/* note */\na { }\n", "utf-8")
    styles = sorted(tmp_path.glob("*.css"))
    text = assets.style_sheet(styles, {"inter.woff2": {"file": "inter.0a.woff2"}}).decode()
    assert text.split() == ["a", "{", "}", "b", "{", "src:", 'url("inter.0a.woff2")', "url(img/x.svg)", "}"]
