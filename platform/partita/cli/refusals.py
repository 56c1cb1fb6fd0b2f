"""Refusals of the runtime in words, for the terminal."""

from partita.base.codes.catalogue import MESSAGES
from partita.base.errors import Denied, PartitaError, Problem, Refused, Unavailable


def words_of(error: PartitaError, language: str) -> str:
    """All problems of a refusal, one per line, with what to do."""
    match error:
        case Refused():
            return "\n".join(_line(problem, language) for problem in error.problems)
        case Denied() | Unavailable():
            return _line(error.problem, language)
    return f"{type(error).__name__}: {error}"


def _line(problem: Problem, language: str) -> str:
    if problem.say:
        text = problem.say.get(language) or next(iter(problem.say.values()))
    else:
        message = MESSAGES[problem.code]
        text = " ".join(
            filter(None, (message.text(language, problem.params), message.remedy(language, problem.params)))
        )
    return f"{problem.code} {f'{problem.field}: ' if problem.field else ''}{text}"
