"""Decision catalogs, and the fields that their decisions ask of every record type that uses them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from partita.base.diagnostics import Note
from partita.base.frozen import FrozenMap
from partita.base.source import Span
from partita.compiler.build.builtin import OTHER, RESERVED_FIELDS, WORDS_OF_FORMULAS
from partita.compiler.build.field import FieldBuilder, check_renames
from partita.compiler.build.site import Site
from partita.compiler.build.states import build_actions
from partita.model.decisions import Decision, DecisionCatalog
from partita.model.field import Field
from partita.model.formula import Formula
from partita.model.states import Asked

FIRST_HERE = FrozenMap({"ru": "в первый раз здесь", "en": "first here"})


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field that decisions declare: it belongs to every record type that uses the catalog."""

    field: Field
    span: Span


def build_catalog(site: Site, fields: FieldBuilder) -> tuple[DecisionCatalog, Mapping[str, AskedField]]:
    free_text = site.get("free_text") == "allowed"
    for name, _ in site.items("decisions"):
        if name in WORDS_OF_FORMULAS or (name == OTHER and free_text):
            site.add("B001", site.key("decisions", name), name=name)
    names = {name: decision.get("renamed_from", "") for name, decision in site.items("decisions")}
    check_renames(site, names, "decisions")
    catalog = DecisionCatalog(
        ref=site.ref,
        label=site.label(),
        decisions=FrozenMap({name: _build_decision(site, name) for name in names}),
        free_text=free_text,
    )
    return catalog, _asked_fields(site, fields)


def _build_decision(site: Site, name: str) -> Decision:
    path = ("decisions", name)
    return Decision(
        name=name,
        label=site.label(*path),
        decision_class=site.get(*path, "class"),
        comment=site.get(*path, "comment", default="optional"),
        ask=FrozenMap({field: _asked(value) for field, value in site.items(*path, "ask")}),
        do=build_actions(site, *path, "do"),
        renamed_from=site.get(*path, "renamed_from", default=""),
    )


def _asked(value: Any) -> Asked:
    if isinstance(value, str):
        return "required" if value == "required" else "optional"
    return "required" if value.get("required") is True else "optional"


def _asked_fields(site: Site, fields: FieldBuilder) -> dict[str, AskedField]:
    found: dict[str, AskedField] = {}
    bodies: dict[str, Any] = {}
    for decision, _ in site.items("decisions"):
        for name, value in site.items("decisions", decision, "ask"):
            path = ("decisions", decision, "ask", name)
            if isinstance(value, str):
                continue
            if name in RESERVED_FIELDS:
                site.add("B001", site.key(*path), name=name)
            elif name not in found:
                bodies[name] = _without_required(value)
                found[name] = AskedField(_shown_for(site, fields.build(*path), decision), site.key(*path))
            elif bodies[name] != _without_required(value):
                note = Note(FIRST_HERE, found[name].span)
                site.add("B020", site.key(*path), notes=(note,), name=name)
            else:
                found[name] = replace(found[name], field=_asked_by_too(found[name].field, decision))
    return found


def _without_required(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in value.items() if key != "required"}


def _shown_for(site: Site, field: Field, decision: str) -> Field:
    """Shown only for the decisions that ask it."""
    address = site.address("decisions", decision, "ask", field.name, "visible")
    return replace(field, visible=Formula(f"decision == {decision}", address), asked_by=(decision,))


def _asked_by_too(field: Field, decision: str) -> Field:
    """What several decisions ask is required by each on its own, through `Decision.ask`."""
    asked_by = (*field.asked_by, decision)
    assert isinstance(field.visible, Formula)
    visible = Formula(f"decision in ({', '.join(asked_by)})", field.visible.address)
    return replace(field, visible=visible, asked_by=asked_by, required=False)
