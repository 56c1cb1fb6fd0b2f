"""The platform's own tables: revisions, accounts, history, comments, files, jobs, keys, counters, search."""

from typing import Any

import sqlalchemy as sa

from partita.storage.sqltypes import Flag, Moment, PlainText, WholeNumber

METADATA = sa.MetaData()


def _id() -> sa.Column[Any]:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", number, sa.Identity(), primary_key=True)


def text(name: str, key: bool = False, required: bool = False) -> sa.Column[Any]:
    return sa.Column(name, PlainText(), primary_key=key, nullable=not (key or required))


def number(name: str, key: bool = False, required: bool = False) -> sa.Column[Any]:
    return sa.Column(name, WholeNumber(), primary_key=key, nullable=not (key or required), autoincrement=False)


def moment(name: str, required: bool = False) -> sa.Column[Any]:
    return sa.Column(name, Moment(), nullable=not required)


def flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, Flag(), nullable=False)


def refers(name: str, target: sa.Column[Any], on_delete: str, key: bool = False) -> sa.Column[Any]:
    link = sa.ForeignKey(target, ondelete=on_delete)
    return sa.Column(name, WholeNumber(), link, primary_key=key, nullable=not key, autoincrement=False)


def _table(name: str, *columns: sa.Column[Any] | sa.Index) -> sa.Table:
    return sa.Table(name, METADATA, *columns, sqlite_autoincrement=any(c.name == "id" for c in columns))


REVISION = _table(
    "sys_revision",
    number("number", key=True),
    text("digest", required=True),
    moment("created_at", required=True),
    text("author"),
    text("message"),
    text("sources"),
    text("model", required=True),
    text("program"),
    text("plan"),
    number("restores"),
)
SCHEMA_CHANGE = _table(
    "sys_schema_change",
    _id(),
    number("revision", required=True),
    number("position", required=True),
    text("words"),
    text("statement", required=True),
)
RETIRED = _table(
    "sys_retired",
    _id(),
    text("record_type", required=True),
    text("path", required=True),
    text("table_name", required=True),
    text("kept_as", required=True),
    text("form", required=True),
)
"""What was removed and waits for its return: a field (`path`) kept as a column of `table_name` or as a table.
`form` tells how its values are stored."""
FACT = _table("sys_fact", text("name", key=True), text("value"))
"""What the platform knows about this database: the version of its functions, its identity."""

USER = _table(
    "sys_user",
    _id(),
    text("login", required=True),
    text("login_fold", required=True),
    text("name"),
    text("password_hash"),
    number("employee_id"),
    text("language"),
    text("theme"),
    text("density"),
    flag("active"),
    number("failed_count"),
    moment("locked_until"),
    moment("created_at"),
    sa.Index("ux_sys_user__login_fold", "login_fold", unique=True),
    sa.Index("ix_sys_user__employee_id", "employee_id"),
)
USER_ROLE = _table("sys_user_role", refers("user_id", USER.c.id, "CASCADE", key=True), text("role", key=True))
SESSION = _table(
    "sys_session",
    text("id_hash", key=True),
    refers("user_id", USER.c.id, "CASCADE"),
    moment("created_at"),
    moment("seen_at"),
    moment("expires_at"),
    text("ip"),
    text("agent"),
    moment("revoked_at"),
    sa.Index("ix_sys_session__user_id", "user_id"),
    sa.Index("ix_sys_session__expires_at", "expires_at"),
)
SIGN_IN = _table(
    "sys_sign_in",
    _id(),
    moment("at", required=True),
    text("login_fold"),
    text("ip"),
    flag("succeeded"),
    sa.Index("ix_sys_sign_in__ip__at", "ip", "at"),
    sa.Index("ix_sys_sign_in__at", "at"),
)
HISTORY = _table(
    "sys_history",
    _id(),
    text("record_type", required=True),
    number("record_id", required=True),
    moment("at", required=True),
    number("user_id"),
    text("user_name"),
    text("action", required=True),
    text("field"),
    text("old"),
    text("new"),
    text("note"),
    number("version", required=True),
    number("revision", required=True),
    text("command_id"),
    sa.Index("ix_sys_history__record_type__record_id__id", "record_type", "record_id", "id"),
    sa.Index("ix_sys_history__user_id__id", "user_id", "id"),
)
COMMENT = _table(
    "sys_comment",
    _id(),
    text("record_type", required=True),
    number("record_id", required=True),
    moment("at", required=True),
    number("user_id"),
    text("user_name"),
    text("text", required=True),
    sa.Index("ix_sys_comment__record_type__record_id__id", "record_type", "record_id", "id"),
)
BLOB = _table(
    "sys_blob",
    text("sha256", key=True),
    number("size", required=True),
    text("media_type"),
    moment("created_at", required=True),
)
ATTACHMENT = _table(
    "sys_attachment",
    _id(),
    text("record_type"),
    number("record_id"),
    text("field"),
    text("name", required=True),
    sa.Column("sha256", PlainText(), sa.ForeignKey(BLOB.c.sha256, ondelete="RESTRICT"), nullable=False),
    number("size", required=True),
    text("media_type"),
    moment("created_at", required=True),
    number("created_by"),
    moment("removed_at"),
    text("form_key"),
    sa.Index("ix_sys_attachment__record_type__record_id__id", "record_type", "record_id", "id"),
    sa.Index("ix_sys_attachment__sha256", "sha256"),
    sa.Index("ix_sys_attachment__form_key", "form_key"),
)
JOB = _table(
    "sys_job",
    _id(),
    text("kind", required=True),
    text("payload", required=True),
    moment("run_at", required=True),
    text("status", required=True),
    number("attempts", required=True),
    number("max_attempts", required=True),
    text("locked_by"),
    moment("locked_until"),
    text("dedupe"),
    text("last_error"),
    moment("created_at"),
    moment("finished_at"),
    sa.Index("ix_sys_job__status__run_at__id", "status", "run_at", "id"),
    sa.Index("ix_sys_job__status__locked_until", "status", "locked_until"),
    sa.Index("ux_sys_job__dedupe", "dedupe", unique=True),
)
SCHEDULE = _table("sys_schedule", text("name", key=True), moment("next_at", required=True))
REQUEST_KEY = _table(
    "sys_request_key",
    number("user_id", key=True),
    text("key", key=True),
    text("digest", required=True),
    text("response"),
    moment("created_at", required=True),
    sa.Index("ix_sys_request_key__created_at", "created_at"),
)
COUNTER = _table("sys_counter", text("numbering", key=True), text("key", key=True), number("value", required=True))
SEARCH = _table(
    "sys_search",
    _id(),
    text("record_type", required=True),
    number("record_id", required=True),
    text("title"),
    text("body"),
    sa.Index("ux_sys_search__record_type__record_id", "record_type", "record_id", unique=True),
)
DATA_ROW = _table(
    "sys_data_row",
    text("data_set", key=True),
    text("row", key=True),
    text("record_type", required=True),
    number("record_id", required=True),
    text("digest"),
    sa.Index("ix_sys_data_row__record_type__record_id", "record_type", "record_id"),
)
SETTING = _table("sys_setting", text("pack", key=True), text("name", key=True), text("value"))
IMPORT_RUN = _table(
    "sys_import_run",
    _id(),
    text("record_type", required=True),
    text("source"),
    text("digest"),
    text("status", required=True),
    moment("started_at", required=True),
    moment("finished_at"),
    number("user_id"),
    text("user_name"),
    number("created_count"),
    number("changed_count"),
    number("same_count"),
    number("failed_count"),
    text("note"),
)
IMPORT_ROW = _table(
    "sys_import_row",
    _id(),
    refers("run_id", IMPORT_RUN.c.id, "CASCADE"),
    number("line"),
    text("key"),
    text("digest"),
    text("action"),
    text("record_type"),
    number("record_id"),
    number("version"),
    text("problem"),
    sa.Index("ix_sys_import_row__run_id__id", "run_id", "id"),
    sa.Index("ix_sys_import_row__record_type__key", "record_type", "key"),
)
TYPED = (HISTORY, COMMENT, ATTACHMENT, SEARCH, DATA_ROW, IMPORT_RUN, IMPORT_ROW, RETIRED)
"""Tables whose `record_type` follows a rename of the type."""
