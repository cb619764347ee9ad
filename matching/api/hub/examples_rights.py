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
INVITE = _one(
    "A manager of a hub",
    {"username": "anna@hub.example", "role": "community_manager", "hub": "hub-1"},
)
INVITE_PERSON = _one("By her e-mail address", {"username": "ada.prova@example.org"})
UNLOCK = _one("The telephone was lost", {"second_factor": True})
TOKEN = _one(
    "A programme that posts vacancies",
    {"name": "Portale offerte", "hub": "hub-1", "acts": ["add_vacancy"], "days": 30},
)
ORGANISATION = _one("An agency", {"name": "Agenzia Prova", "kind": "agency", "hub": "hub-1"})
ORGANISATION_CHANGE = _one("Another name", {"name": "Agenzia Prova srl"})
PUBLISHED_NOTICE = _one(
    "A new version",
    {
        "version": "2027-01",
        "language": "it",
        "text": "Informativa 2027-01. Chi la segue le spiega ogni parte.",
        "valid_from": "2027-01-01",
    },
)
SCORING = _one("Something is wrong", {"stopped": True})
AWAY = _one("A sign-in", {})
CODE = _one("What the telephone shows", {"code": "123456"})
