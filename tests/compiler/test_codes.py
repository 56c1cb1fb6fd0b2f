"""Every message code of the compiler's families is provoked by some bad text, and its words are whole."""

import re
from functools import cache

import pytest

from partita.base.codes.catalogue import FAMILIES
from partita.base.codes.message import Message
from partita.compiler.pipeline import compile_sources
from tests.compiler.bad_files import BAD, PACK, good_sources, sources_of

OWN = ("yaml", "schema", "link", "build", "overlay")
MESSAGES = [message for family in OWN for message in FAMILIES[family]]
LARGE = {
    "Y003": "kind: role\nname: x\nlabel: " + "я" * (2 * 1024 * 1024 + 1),
    "Y014": "kind: role\nname: x\ngrants: [" + "a," * 100_001 + "a]",
}
"""Too large to be kept as files."""


HINTS = """kind: numbering
name: n
label: Номера
template: "{seq}"
"""


@cache
def provoked() -> frozenset[str]:
    sources = [sources_of(path) for path in BAD]
    sources += [good_sources() | {"bad/pack.yaml": PACK, "bad/bad.yaml": text} for text in LARGE.values()]
    sources += [good_sources() | {"bad/pack.yaml": PACK + "languages: [ru, en]\n", "bad/bad.yaml": HINTS}]
    return frozenset(finding.code for one in sources for finding in compile_sources(one).findings)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.code)
def test_the_code_is_provoked_by_a_bad_file(message: Message) -> None:
    assert message.code in provoked()


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.code)
def test_the_message_speaks_both_languages_and_says_what_to_do(message: Message) -> None:
    for text in (message.ru, message.en, message.fix_ru, message.fix_en):
        assert text.endswith((".", "]."))
    holes = [set(re.findall(r"(?<!\{)\{(\w+)\}", text)) for text in (message.ru, message.en)]
    assert holes[0] == holes[1]
    fixes = [set(re.findall(r"(?<!\{)\{(\w+)\}", text)) for text in (message.fix_ru, message.fix_en)]
    assert fixes[0] == fixes[1]
