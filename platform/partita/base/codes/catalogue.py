"""All messages of all families by code."""

from partita.base.codes import (
    build,
    doctor,
    exchange,
    formula,
    identity,
    link,
    overlay,
    plan,
    prove,
    schema,
    settings,
    write,
    yaml,
)
from partita.base.codes.message import Message

FAMILIES = {
    "yaml": yaml.MESSAGES,  # Y: reading text
    "schema": schema.MESSAGES,  # S: shape of one document
    "overlay": overlay.MESSAGES,  # O: extensions, packs
    "link": link.MESSAGES,  # L: names and references
    "build": build.MESSAGES,  # B: meaning of declarations
    "formula": formula.MESSAGES,  # F: formulas and templates
    "prove": prove.MESSAGES,  # P: provers
    "plan": plan.MESSAGES,  # D: plan and apply on live data
    "write": write.MESSAGES,  # W: refusals of commands on records
    "identity": identity.MESSAGES,  # I: accounts, sessions, rights
    "exchange": exchange.MESSAGES,  # E: import and export
    "settings": settings.MESSAGES,  # C: config.yaml, PARTITA_* and options
    "doctor": doctor.MESSAGES,  # K: an installation as the doctor sees it
}


def _collect() -> dict[str, Message]:
    found: dict[str, Message] = {}
    for messages in FAMILIES.values():
        for message in messages:
            if message.code in found:
                raise ValueError(f"message code {message.code} stands twice in the catalogue")
            found[message.code] = message
    return found


MESSAGES = _collect()
