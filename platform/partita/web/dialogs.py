"""Answers that are a dialog over the page for htmx, and a page of their own without it."""

from typing import Any

from starlette.responses import Response

from partita.web.ask import Ask


def show_dialog(ask: Ask, template: str, dialog_id: str, status: int = 200, **values: Any) -> Response:
    """A refused or refreshed dialog is answered in full; htmx takes the form out of it and keeps the dialog open."""
    if not ask.partial:
        return ask.page("dialog_page.html", status, inner=template, as_page=True, **values)
    response = ask.part(template, status=status, as_page=False, **values)
    if ask.request.method == "POST":
        response.headers["HX-Reselect"] = f"#{dialog_id}-form"
    return response


def show_over(ask: Ask, template: str, status: int, **values: Any) -> Response:
    """A dialog that comes in answer to a form of the page beneath."""
    if not ask.partial:
        return ask.page("dialog_page.html", status, inner=template, as_page=True, **values)
    response = ask.part(template, status=status, as_page=False, **values)
    response.headers["HX-Retarget"] = "#dialog-place"
    response.headers["HX-Reswap"] = "innerHTML"
    return response
