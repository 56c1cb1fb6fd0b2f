"""Refusals of the runtime in words, for the terminal."""

import sys
from collections.abc import Iterable

import click

from partita.base.codes.catalogue import MESSAGES
from partita.base.errors import Denied, PartitaError, Problem, Refused, Unavailable
from partita.cli.output import FAILED
from partita.runtime.data_loading.loading import RowProblem


def words_of(error: PartitaError, language: str) -> str:
    """All problems of a refusal, one per line, with what to do."""
    match error:
        case Refused():
            return "\n".join(line_of(problem, language) for problem in error.problems)
        case Denied() | Unavailable():
            return line_of(error.problem, language)
    return f"{type(error).__name__}: {error}"


def line_of(problem: Problem, language: str) -> str:
    """One problem: its code, its field, the words of its rule or of the catalogue."""
    if problem.say:
        text = problem.say.get(language) or next(iter(problem.say.values()))
    else:
        message = MESSAGES[problem.code]
        text = " ".join(
            filter(None, (message.text(language, problem.params), message.remedy(language, problem.params)))
        )
    return f"{problem.code} {f'{problem.field}: ' if problem.field else ''}{text}"


def stop_on_row_problems(problems: Iterable[RowProblem], language: str) -> None:
    """Rows of packs that the rules refused, each with its reason; exit 1 when there are any."""
    found = list(problems)
    for one in found:
        click.echo(f"✕ {one.data_set} {one.row}: {line_of(one.problem, language)}", err=True)
    if found:
        sys.exit(FAILED)
