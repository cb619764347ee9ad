"""Requests about documents and rights, and of the administration, as the document shows them.

Each can be sent as it stands, where it names nothing that is the reader's own.
"""

import base64
from types import MappingProxyType

from matching.api.hub.examples import Examples

_CV = "ESPERIENZE LAVORATIVE\nMagazziniera dal 03/2019 al 02/2023: muletto, inventario.\n"


def _one(summary: str, value: object) -> Examples:
    return MappingProxyType({"one": {"summary": summary, "value": value}})


DOCUMENT = _one(
    "A CV, from which the profile is made",
    {
        "kind": "cv",
        "name": "cv.txt",
        "content": base64.b64encode(_CV.encode()).decode(),
        "into_profile": True,
    },
)
DOCUMENT_FORM = _one(
    "A certificate in PDF", {"file": "(the bytes of attestato.pdf)", "kind": "certificate"}
)
RELEASE = _one("She asked that it be kept", {"why": "asked_by_person"})
PROTECTED = _one("What she wants to say", {"sex": "f", "birth_year": 1983, "citizenship": "it"})
