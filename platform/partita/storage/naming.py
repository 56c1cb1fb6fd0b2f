"""Names of tables, columns and indexes: readable where possible, never longer than 63 bytes, never the same twice.

Names of the language match `[a-z][a-z0-9_]{0,39}`; a double underscore parts the words of a physical name, so a name
that holds one itself (or stands where it could be taken for something else) is marked or hashed.
"""

import hashlib

LIMIT = 63
RETIRED = "zz_"
STRUCTURAL = frozenset(
    {"id", "version", "revision", "title", "title_fold", "record_id", "position", "target_id", "rowid"}
    | {"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"}  # PostgreSQL keeps these names for itself
)
BUILT_IN = frozenset({"id"})


def table_name(qualified: str, *fields: str) -> str:
    """`requests.appeal` → `requests__appeal`; its table of rows `lines` → `requests__appeal__lines`."""
    parts = (*qualified.split("."), *fields)
    plain = "__".join(parts)
    if parts[0].startswith(("sys", RETIRED)):
        return _hashed(f"t_{plain}", ".".join(parts))
    if len(plain) > LIMIT or any(_ambiguous(part) for part in parts):
        return _hashed(plain, ".".join(parts))
    return plain


def column_name(field: str) -> str:
    """The field's own name, unless it could be taken for a column of the platform."""
    taken = field in STRUCTURAL - BUILT_IN or _ambiguous(field)
    return f"f__{field}" if taken else field


def fold_name(field: str) -> str:
    return f"{column_name(field)}__fold"


def retired_name(name: str, number: int = 1) -> str:
    """Where a removed column or table waits for its return; `number` grows when the place is taken."""
    plain = f"{RETIRED}{name}" if number == 1 else f"{RETIRED}{number}_{name}"
    return plain if len(plain) <= LIMIT else _hashed(plain, plain)


def index_name(prefix: str, table: str, columns: tuple[str, ...]) -> str:
    """The name tells the definition: two indexes of one name are the same index."""
    plain = f"{prefix}_{table}__{'__'.join(columns)}"
    return plain if len(plain) <= LIMIT else _hashed(plain, f"{prefix}.{table}.{'.'.join(columns)}")


def _ambiguous(part: str) -> bool:
    return "__" in part or part.endswith("_") or part.startswith(RETIRED)


def _hashed(plain: str, exact: str) -> str:
    digest = hashlib.sha256(exact.encode()).hexdigest()[:12]
    return f"{plain[: LIMIT - 14].rstrip('_')}_h{digest}"
