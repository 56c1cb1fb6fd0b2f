"""The rights of a set of roles as storage reads them: one kept object, so that statements are remembered by it."""

from collections.abc import Iterator

from partita.formulas.tree import TemplateTree, paths
from partita.model.record_type import RecordType
from partita.runtime.access.rights import READ, Rights
from partita.runtime.access.rules import Rule
from partita.storage.access import OPEN, Access
from partita.storage.predicates import parameters


def make_access(types: dict[str, tuple[RecordType, TemplateTree]], rights: Rights) -> Access:
    """Only types that are read at all, only fields that are not simply seen."""
    if rights.everything:
        return OPEN
    rows = {name: rights.rows(name, READ) for name in types if rights.may(name, READ)}
    fields = {name: dict(_hidden(*types[name], rights)) for name in rows}
    return Access(rows=rows, fields={name: hidden for name, hidden in fields.items() if hidden})


def _hidden(record_type: RecordType, title: TemplateTree, rights: Rights) -> Iterator[tuple[str, Rule]]:
    for name in record_type.fields:
        rule = rights.field(record_type.name, name, READ)
        if rule is not True:
            yield name, rule
    made_of = frozenset(path.partition(".")[0] for path in paths(title))
    if (rule := rights.title(record_type.name, made_of)) is not True:
        yield "title", rule


def parameters_of(access: Access) -> frozenset[str]:
    """Names of the holes that the conditions of these rights have."""
    rules = (*access.rows.values(), *(rule for fields in access.fields.values() for rule in fields.values()))
    return frozenset().union(*(parameters(rule) for rule in rules if not isinstance(rule, bool)))
