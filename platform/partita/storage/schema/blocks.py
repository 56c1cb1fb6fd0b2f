"""What stops a change: values that the new configuration would lose, or that break its rules. Each with a count."""

from collections.abc import Iterator

from partita.base.refs import Address
from partita.model.record_type import RecordType
from partita.storage.columns import kind_of
from partita.storage.schema.draft import Draft
from partita.storage.schema.renames import gone_options, option_count
from partita.storage.shapes import Shape
from partita.storage.tables import Tables


def find_blocks(draft: Draft, old: Tables) -> None:
    for unclear in draft.difference.unclear:
        draft.find("D208", unclear.address, old=unclear.old)
    for name, former in draft.difference.types.items():
        record_type, shape = draft.new.model.types[name], old.shapes[former]
        for path, former_path in draft.difference.fields[name].items():
            _options(draft, old, record_type, former, path, former_path)
            _length(draft, record_type, shape, path, former_path)
        for fields in _new_unique(draft, old, record_type, former):
            _unique(draft, record_type, shape, fields)


def _options(draft: Draft, old: Tables, record_type: RecordType, former: str, path: str, former_path: str) -> None:
    was, now = old.field(former, former_path), draft.new.field(record_type.name, path)
    if was.type not in ("choice", "choices") or now.type not in ("choice", "choices"):
        return
    for name in gone_options(draft, old, record_type.name, path):
        count = option_count(draft, old, former, former_path, name)
        if not count:
            continue
        if path == "state" and record_type.states is not None:
            draft.find(
                "D204", Address(record_type.states, ("states", name)), name=name, type=record_type.name, count=count
            )
        elif path == "decision" and record_type.decisions is not None:
            address = Address(record_type.decisions, ("decisions", name))
            draft.find("D206", address, name=name, type=record_type.name, count=count)
        else:
            address = Address(record_type.ref, ("fields", *path.split("."), "options", name))
            draft.find("D205", address, name=name, count=count)


def _length(draft: Draft, record_type: RecordType, shape: Shape, path: str, former_path: str) -> None:
    outer, _, field = former_path.rpartition(".")
    owner = shape.rows[outer] if outer else shape
    was, now = owner.fields[field], draft.new.field(record_type.name, path)
    if not now.length or not kind_of(now).folds or kind_of(was).home != "column":
        return
    if was.length and was.length <= now.length:
        return
    count = draft.count(owner.table.name, f"length({draft.name(owner.columns[field].name)}) > {now.length}")
    if count:
        address = Address(record_type.ref, ("fields", *path.split("."), "length"))
        draft.find("D202", address, count=count, length=now.length)


def _new_unique(draft: Draft, old: Tables, record_type: RecordType, former: str) -> Iterator[tuple[str, ...]]:
    """Groups of fields that are unique from now on, by their new names."""
    before = {fields for owner, fields in old.constraints.values() if owner == former}
    paths = draft.difference.fields[record_type.name]
    for name, (owner, fields) in draft.new.constraints.items():
        if name.startswith("ux_") and owner == record_type.name and all(field in paths for field in fields):
            former_fields = tuple(paths[field] for field in fields)
            if former_fields not in before or (len(fields) == 1 and _retyped(draft, old, owner, former, fields[0])):
                yield fields


def _retyped(draft: Draft, old: Tables, name: str, former: str, field: str) -> bool:
    was = old.field(former, draft.difference.fields[name][field])
    return was.type != draft.new.field(name, field).type


def _unique(draft: Draft, record_type: RecordType, shape: Shape, fields: tuple[str, ...]) -> None:
    paths = draft.difference.fields[record_type.name]
    olds = [paths[field] for field in fields]
    if any(field not in shape.columns for field in olds):
        return
    columns = [draft.name(shape.columns[field].name) for field in olds]
    fold = "p_fold" if draft.dialect == "sqlite" else "partita_fold"
    compared = [
        f"{fold}({column})" if kind_of(shape.fields[field]).folds else column
        for column, field in zip(columns, olds, strict=True)
    ]
    filled = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    groups = f"SELECT 1 FROM {draft.name(shape.table.name)} WHERE {filled} GROUP BY {', '.join(compared)}"
    count = draft.number(f"SELECT count(*) FROM ({groups} HAVING count(*) > 1) AS repeats")
    if count:
        draft.find("D203", Address(record_type.ref, ("fields", fields[0])), count=count)
