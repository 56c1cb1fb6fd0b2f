"""What a step expects, compared with what stands: fields of the record, or the refusal."""

from collections.abc import Iterator, Mapping
from typing import Any

from partita.base.errors import Refused
from partita.base.source import Span
from partita.model.data import Step
from partita.model.field import Field
from partita.model.record_type import RecordType
from partita.runtime.codecs.registry import codec_of, is_empty
from partita.testing.scenarios.report import Difference
from partita.testing.scenarios.steps import Answer
from partita.testing.scenarios.values import Reader

NOTHING = "nothing"


def compare_refusal(step: Step, answer: Answer, place: Span | None) -> Iterator[Difference]:
    """Every expected pair of place and code must be among the refusals."""
    for where, code in step.refused.items():
        codes = answer.refusals.get(where, ())
        if code not in codes:
            said = str(answer) if answer.refusals else "no refusal"
            yield Difference(f"refusal of {where}", code, said, place)
    if not step.refused and answer.refusals:
        yield Difference("answer", "no refusal", str(answer), place)


def compare_record(
    step: Step, record_type: RecordType, record: Mapping[str, Any], reader: Reader, place: Span | None
) -> Iterator[Difference]:
    """Every expected field must hold the expected value."""
    try:
        expected = reader.read(record_type, step.expect)
    except Refused as refused:
        yield Difference("expect", "readable values", str(refused), place)
        return
    for name, value in expected.items():
        field = record_type.fields.get(name)
        if field is None:
            yield Difference(name, "a field of the type", NOTHING, place)
        elif not _same(field, value, record.get(name)):
            yield Difference(name, show(field, value), show(field, record.get(name)), place)


def _same(field: Field, expected: Any, actual: Any) -> bool:
    """Rows of a table are equal when they are as many and agree in the columns that are expected."""
    if is_empty(expected) or is_empty(actual):
        return is_empty(expected) and is_empty(actual)
    if field.type != "table":
        return bool(expected == actual)
    return len(expected) == len(actual) and all(
        all(row.get(name) == cell for name, cell in wanted.items() if name != "id")
        for wanted, row in zip(expected, actual, strict=True)
    )


def show(field: Field, value: Any) -> str:
    return "empty" if is_empty(value) else str(codec_of(field).to_json(value, field))
