"""The order of passes, written once: read → schema → symbols → link → build → formulas → checks."""

from collections.abc import Iterator, Mapping

from partita.base.diagnostics import has_errors, ordered
from partita.compiler.build.model import build_model
from partita.compiler.checks.registry import CHECKS
from partita.compiler.compiled import Compiled
from partita.compiler.documents import Documents, all_documents, read_documents
from partita.compiler.formulas import Unknowns, check_formulas
from partita.compiler.link import link
from partita.compiler.origins import find_origins
from partita.compiler.symbols import declare
from partita.model.model import Model
from partita.model.record_type import RecordType

__all__ = ["Compiled", "compile_sources"]


def compile_sources(sources: Mapping[str, str], language: str = "ru") -> Compiled:
    """Everything that the sources declare. `language`: of bare texts in packs that name no languages."""
    documents = read_documents(sources)
    findings = list(documents.findings)
    symbols, told = declare(documents.packs, documents.things, language)
    findings += told
    links, told = link(symbols)
    findings += told
    model, told = build_model(symbols, links)
    findings += told
    origins = find_origins(symbols)
    model, program, told = check_formulas(model, symbols, origins, _unknowns(documents, model))
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


def _unknowns(documents: Documents, model: Model) -> Unknowns:
    """What formulas may mention although it could not be read: it is told already, where it stands."""
    names = {name for document in all_documents(documents) for name in document.damaged}
    names |= set(_links_to_nothing(model))
    contexts = {name for name, record_type in model.types.items() if _stands_on_broken(record_type, model)}
    return Unknowns(names, contexts)


def _links_to_nothing(model: Model) -> Iterator[str]:
    for record_type in model.types.values():
        for field in record_type.fields.values():
            for one in (field, *field.fields):
                if one.type in ("link", "links", "user") and (one.to is None or one.to.qualified not in model.types):
                    yield one.name


def _stands_on_broken(record_type: RecordType, model: Model) -> bool:
    scheme, catalog = record_type.states, record_type.decisions
    return (scheme is not None and scheme.qualified not in model.schemes) or (
        catalog is not None and catalog.qualified not in model.catalogs
    )
