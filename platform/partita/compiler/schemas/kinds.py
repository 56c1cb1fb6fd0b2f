"""All kinds and their schemas, in the order of the manual."""

from partita.base.frozen import FrozenMap
from partita.compiler.schemas.access import ROLE
from partita.compiler.schemas.data import DATA, SCENARIO
from partita.compiler.schemas.pack import PACK
from partita.compiler.schemas.pieces import Schema
from partita.compiler.schemas.record_type import REFERENCE_BOOK, REQUEST_TYPE
from partita.compiler.schemas.workflow import DECISION_CATALOG, NUMBERING, STATE_SCHEME

KINDS: FrozenMap[str, Schema] = FrozenMap(
    {
        "reference_book": REFERENCE_BOOK,
        "request_type": REQUEST_TYPE,
        "state_scheme": STATE_SCHEME,
        "decision_catalog": DECISION_CATALOG,
        "numbering": NUMBERING,
        "role": ROLE,
        "data": DATA,
        "scenario": SCENARIO,
    }
)
SCHEMAS: FrozenMap[str, Schema] = FrozenMap({"pack": PACK, **KINDS})
"""Those of the kinds, and of the file pack.yaml."""
