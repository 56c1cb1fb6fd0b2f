"""Formulas of the Model typed where they stand: trees for the Program, findings, and what each field depends on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from partita.base.diagnostics import Diagnostic, Note
from partita.base.frozen import FrozenMap
from partita.base.source import Span
from partita.compiler.declared import Symbols
from partita.compiler.doubts import Doubts
from partita.compiler.scopes import Scopes
from partita.compiler.uses import Use, uses
from partita.formulas.check import check_formula, check_template
from partita.formulas.obstacles import check_sql
from partita.formulas.program import Program, key
from partita.formulas.tree import TemplateTree, Tree, paths
from partita.model.field import Field
from partita.model.formula import Template
from partita.model.model import Model
from partita.model.record_type import RecordType

_WORD = re.compile(r"[^\W\d]\w*")


def check_formulas(
    model: Model, symbols: Symbols, origins: Mapping[str, Span], doubts: Doubts
) -> tuple[Model, Program, tuple[Diagnostic, ...]]:
    """The Model with the dependents of its fields, the Program, and findings."""
    trees: dict[str, Tree] = {}
    templates: dict[str, TemplateTree] = {}
    findings: list[Diagnostic] = []
    reads: dict[str, dict[str, set[str]]] = {}
    for use in uses(model, Scopes(model, symbols)):
        if _is_doubtful(use, doubts):
            continue
        span = _span_of(use, origins)
        place = key(use.context, use.formula.address)
        if isinstance(use.formula, Template):
            made, told = check_template(use.formula.text, span, use.scope, use.formula.address)
            if made is not None:
                templates[place] = made
                findings += _check_title(use, made, model, span)
        else:
            tree, told = check_formula(use.formula.text, span, use.scope, use.expected, use.formula.address)
            if tree is not None:
                trees[place] = tree
                told += check_sql(tree, span, use.formula.address) if use.as_sql else ()
                _note_reads(use, tree, model, reads)
        findings += (_with_context(finding, use, model) for finding in told)
    program = Program(FrozenMap(sorted(trees.items())), FrozenMap(sorted(templates.items())))
    return _with_dependents(model, reads), program, tuple(findings)


def _is_doubtful(use: Use, doubts: Doubts) -> bool:
    """Whether the formula mentions something unreadable: its mistake, if any, is told there."""
    return use.context in doubts.types or any(word in doubts.names for word in _WORD.findall(use.formula.text))


def _span_of(use: Use, origins: Mapping[str, Span]) -> Span | None:
    address = use.formula.address
    return origins.get(str(address)) or origins.get(str(address.ref))


def _with_context(finding: Diagnostic, use: Use, model: Model) -> Diagnostic:
    """A formula of a scheme, a catalog, a numbering or a role is typed for a type: say for which."""
    record_type = model.types.get(use.context)
    if record_type is None or use.formula.address.ref == record_type.ref:
        return finding
    words = {"ru": f"для типа «{use.context}»", "en": f"for the type “{use.context}”"}
    return replace(finding, notes=(*finding.notes, Note(FrozenMap(words))))


def _check_title(use: Use, tree: TemplateTree, model: Model, span: Span | None) -> Iterator[Diagnostic]:
    """A title is stored: it may read only plain fields of the record itself."""
    record_type = model.types.get(use.context)
    if record_type is None or use.formula is not record_type.title:
        return
    for path in sorted(paths(tree)):
        field = record_type.fields.get(path)
        if field is None or field.type in ("link", "links", "user", "table", "file", "files", "image"):
            address = str(use.formula.address)
            yield Diagnostic("B033", span, FrozenMap({"name": path.removesuffix(".title")}), address=address)


def _note_reads(use: Use, tree: Tree, model: Model, reads: dict[str, dict[str, set[str]]]) -> None:
    if not use.field:
        return
    fields = model.types[use.context].fields
    table = fields[use.field.partition(".")[0]] if "." in use.field else None
    for path in paths(tree):
        for source in _sources(path, table, fields, is_where=use.scope.this is not None):
            if source != use.field:
                reads.setdefault(use.context, {}).setdefault(source, set()).add(use.field)


def _sources(path: str, table: Field | None, fields: Mapping[str, Field], is_where: bool) -> Iterator[str]:
    """Fields of the form that a path reads: `lines.qty` for a column, the first word of a walk over links."""
    head, _, rest = path.partition(".")
    if head == "old" or (is_where and head not in ("this", "parent")):
        return
    if head in ("this", "parent"):
        table = table if head == "this" else None
        head, _, rest = rest.partition(".")
    if table is not None:
        yield f"{table.name}.{head}"
    elif head in fields:
        yield head
        column = rest.partition(".")[0]
        if fields[head].type == "table" and fields[head].column(column):
            yield f"{head}.{column}"


def _with_dependents(model: Model, reads: Mapping[str, Mapping[str, set[str]]]) -> Model:
    types = {
        name: replace(record_type, dependents=_dependents(record_type, reads.get(name, {})))
        for name, record_type in model.types.items()
    }
    return replace(model, types=FrozenMap(types))


def _dependents(record_type: RecordType, reads: Mapping[str, set[str]]) -> FrozenMap[str, tuple[str, ...]]:
    order = {name: number for number, name in enumerate(_paths_of(record_type))}
    ranked = sorted(reads, key=lambda name: order.get(name, 0))
    return FrozenMap({name: tuple(sorted(reads[name], key=lambda n: order.get(n, 0))) for name in ranked})


def _paths_of(record_type: RecordType) -> Iterator[str]:
    for field in record_type.fields.values():
        yield field.name
        yield from (f"{field.name}.{column.name}" for column in field.fields)
