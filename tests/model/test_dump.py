"""The Model is plain, frozen through and through, and survives its dump."""

import json
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest

from partita.base.frozen import FrozenMap
from partita.base.refs import Address, Ref
from partita.base.text import words
from partita.model.dump import digest, dump, load
from partita.model.field import Field
from partita.model.formula import Formula, Template
from partita.model.layout import Form, ListView, Section, SortKey, Tab
from partita.model.model import Model
from partita.model.pack import Pack
from partita.model.record_type import RecordType

REF = Ref("reference_book", "base", "region")


def region() -> RecordType:
    name = Field(name="name", type="text", label=words("Название"), visible=Formula("true", Address(REF, ("fields",))))
    return RecordType(
        ref=REF,
        kind="reference_book",
        label=words("Регион"),
        plural=words({"ru": "Регионы", "en": "Regions"}),
        title=Template("{name}", Address(REF, ("title",))),
        fields=FrozenMap({"name": name}),
        form=Form((Tab("main", None, (Section("all", None, ("name",)),)),)),
        lists=FrozenMap({"default": ListView("default", None, ("name",), (SortKey("name", True),))}),
    )


def model() -> Model:
    pack = Pack(name="base", version="1.0.0", label=words("База"))
    return Model(packs=FrozenMap({"base": pack}), types=FrozenMap({"base.region": region()}))


def test_a_model_survives_its_dump() -> None:
    assert load(json.loads(json.dumps(dump(model())))) == model()
    assert digest(load(dump(model()))) == digest(model())


def test_a_model_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        model().types = FrozenMap()  # type: ignore[misc]
    with pytest.raises(TypeError):
        model().types["x"] = region()  # type: ignore[index]
    with pytest.raises(AttributeError):
        model().types._data = {}


def test_every_part_of_the_model_is_a_frozen_dataclass_of_frozen_parts() -> None:
    seen: set[Any] = set()
    waiting: list[Any] = [Model]
    while waiting:
        hint = waiting.pop()
        if hint in seen:
            continue
        seen.add(hint)
        waiting += get_args(hint)
        assert hint not in (list, dict, set), hint
        if is_dataclass(hint):
            assert isinstance(hint, type)
            assert hint.__dataclass_params__.frozen, hint  # type: ignore[attr-defined]
            waiting += [get_type_hints(hint)[f.name] for f in fields(hint)]
    assert RecordType in seen
