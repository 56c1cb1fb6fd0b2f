"""What a picker or the palette offers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pick:
    """As the macro `options` reads it: the value taken, the words, a second line, a note at the right."""

    value: str
    text: str
    sub: str = ""
    note: str = ""
    url: str = ""
    icon: str = ""
