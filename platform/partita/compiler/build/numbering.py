"""Numberings."""

import re

from partita.compiler.build.site import Site
from partita.model.formula import Template
from partita.model.numbering import Numbering

_SEQ = re.compile(r"(?<!\{)\{\s*seq\s*(?::[^}]*)?\}")


def build_numbering(site: Site) -> Numbering:
    template = site.template("template")
    if template is not None and not _SEQ.search(template.text):
        site.add("B018", site.place("template"))
    return Numbering(
        ref=site.ref,
        label=site.label(),
        template=template or Template("{seq}", site.address("template")),
        counter=site.template("counter"),
    )
