"""The order of passes, written once: read → schema → symbols → link → build → formulas → checks."""

from collections.abc import Mapping

from partita.base.diagnostics import has_errors, ordered
from partita.compiler.build.model import build_model
from partita.compiler.checks.registry import CHECKS
from partita.compiler.compiled import Compiled
from partita.compiler.documents import read_documents
from partita.compiler.doubts import find_doubts
from partita.compiler.formulas import check_formulas
from partita.compiler.link import link
from partita.compiler.origins import find_origins
from partita.compiler.symbols import declare

__all__ = ["Compiled", "compile_sources"]


def compile_sources(sources: Mapping[str, str], language: str = "ru") -> Compiled:
    """Everything that the sources declare. `language`: of bare texts in packs that name no languages."""
    documents = read_documents(sources)
    findings = list(documents.findings)
    symbols, told = declare(documents.packs, documents.things, language)
    findings += told
    links, told = link(symbols)
    findings += told
    doubts = find_doubts(symbols, links)
    model, told = build_model(symbols, links, doubts)
    findings += told
    origins = find_origins(symbols)
    model, program, told = check_formulas(model, symbols, origins, doubts)
    findings += told
    if not has_errors(findings):
        for check in CHECKS:
            findings += check(model, program, origins)
    failed = has_errors(findings)
    return Compiled(
        model=None if failed else model,
        program=None if failed else program,
        origins=origins,
        findings=tuple(ordered(findings)),
        sources=sources,
    )
