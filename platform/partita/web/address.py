"""How pages are addressed: the only place that spells paths."""

from collections.abc import Iterable
from urllib.parse import quote, urlencode

Query = Iterable[tuple[str, str]]


def with_query(path: str, query: Query = ()) -> str:
    """The path with those parameters that have a value; `:` and `,` stay readable in filters."""
    text = urlencode([(name, value) for name, value in query if value != ""], safe=":,", quote_via=quote)
    return f"{path}?{text}" if text else path


def home() -> str:
    return "/"


def listing(type_name: str, query: Query = ()) -> str:
    return with_query(f"/list/{type_name}", query)


def new(type_name: str, query: Query = ()) -> str:
    return with_query(f"/new/{type_name}", query)


def record(type_name: str, record_id: int, *rest: str, query: Query = ()) -> str:
    return with_query("/".join((f"/record/{type_name}/{record_id}", *rest)), query)


def intake(type_name: str = "", query: Query = ()) -> str:
    return with_query(f"/intake/{type_name}" if type_name else "/intake", query)


def options(type_name: str, field: str, query: Query = ()) -> str:
    return with_query(f"/fragment/options/{type_name}/{field}", query)


def quick(type_name: str, query: Query = ()) -> str:
    return with_query(f"/fragment/quick/{type_name}", query)


def file(attachment: int) -> str:
    return f"/file/{attachment}"


def search(text: str = "") -> str:
    return with_query("/search", [("q", text)])


def sign_in(back: str = "") -> str:
    return with_query("/sign-in", [("next", back if back != "/" else "")])


def safe_back(back: str, otherwise: str = "/") -> str:
    """`back` if it leads to a page of this server, else `otherwise`: no open redirects."""
    plain = back.startswith("/") and not back.startswith(("//", "/\\")) and "\\" not in back
    return back if plain and back.isprintable() and "\n" not in back else otherwise
