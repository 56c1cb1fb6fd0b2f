"""The subset of Inter that the product needs in one file: Latin-1, Russian and Kazakh letters, signs of its texts."""

from __future__ import annotations

import io
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
SIGNS = "«»„“”‘’–—…№₽₸€−×÷±≤≥≠°·•→←↑↓↵⌘✓\u00a0\u2009\u202f"
CODE_POINTS = {*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x400, 0x460), *map(ord, KAZAKH + SIGNS)}
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "zero", "case"]
AXES = {"wght": (400, 700), "opsz": 14}


def subset(source: Path) -> bytes:
    with TTFont(source, recalcTimestamp=False) as whole:
        options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 4, 13, 14])
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=CODE_POINTS)
        subsetter.subset(whole)
        present = {axis.axisTag for axis in whole["fvar"].axes}
        narrowed = instancer.instantiateVariableFont(whole, {tag: at for tag, at in AXES.items() if tag in present})
        narrowed.flavor = "woff2"
        output = io.BytesIO()
        narrowed.save(output)
        return output.getvalue()
