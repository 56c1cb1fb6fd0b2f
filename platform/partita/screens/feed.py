"""What happened with a record: history and comments as one line of time, newest first."""

from dataclasses import dataclass
from datetime import date, datetime

from partita.runtime.queries.history import Change, read_history
from partita.runtime.queries.talk import read_comments
from partita.screens.view import View


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Entry:
    """`kind`: comment, state, file, or empty for a change of fields."""

    id: str
    at: datetime
    when: str
    day: str
    who: str
    title: str
    kind: str
    icon: str
    text: str = ""
    changes: tuple[FieldChange, ...] = ()


ICONS = {"create": "plus", "register": "hash", "change": "pencil", "delete": "trash-2", "comment": "message-square"}
KINDS = {"transition": "state", "decide": "state", "register": "state", "attach": "file", "detach": "file"}


def arrange_feed(view: View, type_name: str, record_id: int, limit: int = 50) -> tuple[Entry, ...]:
    changes = [_change(view, c) for c in read_history(view.ctx, type_name, record_id, limit=limit)]
    comments = [
        _entry(view, f"comment-{c.id}", c.at, c.user_name, view.t("feed.comment"), "comment", text=c.text)
        for c in read_comments(view.ctx, type_name, record_id)
    ]
    told = [change for change in changes if change is not None]
    return tuple(sorted((*told, *comments), key=lambda e: e.at, reverse=True)[:limit])


def _change(view: View, change: Change) -> Entry | None:
    action = change.action.partition(".")[0]
    if action == "comment":
        return None
    fields = tuple(FieldChange(f.label, f.old, f.new) for f in change.fields)
    return _entry(view, f"change-{change.id}", change.at, change.user_name, _title(view, change), action, fields=fields)


def _title(view: View, change: Change) -> str:
    action = change.action.partition(".")[0]
    words = view.t(f"feed.{action if action in TOLD else 'change'}")
    told = f"{words} «{change.label}»" if change.label else words
    return f"{told}: {change.note}" if change.note else told


TOLD = ("create", "draft", "register", "change", "transition", "decide", "attach", "detach", "import", "restore")


def _entry(
    view: View,
    entry_id: str,
    at: datetime,
    who: str,
    title: str,
    action: str,
    text: str = "",
    fields: tuple[FieldChange, ...] = (),
) -> Entry:
    local = at.astimezone(view.ctx.zone)
    return Entry(
        id=entry_id,
        at=at,
        when=f"{local:%H:%M}",
        day=day_words(view, local.date()),
        who=who,
        title=title,
        kind=KINDS.get(action, "comment" if action == "comment" else ""),
        icon=ICONS.get(action, {"state": "workflow", "file": "paperclip"}.get(KINDS.get(action, ""), "history")),
        text=text,
        changes=fields,
    )


def day_words(view: View, day: date) -> str:
    today = view.ctx.now.astimezone(view.ctx.zone).date()
    if day == today:
        return view.t("feed.today")
    if (today - day).days == 1:
        return view.t("feed.yesterday")
    return (
        f"{day:%d.%m.%Y}"
        if day.year != today.year
        else view.t("feed.day", day=day.day, month=view.t(f"month.{day.month}"))
    )
