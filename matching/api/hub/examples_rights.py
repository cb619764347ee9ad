"""Requests about documents and rights, and of the administration, as the document shows them.

Each can be sent as it stands, where it names nothing that is the reader's own.
"""

import base64

from matching.api.hub.examples import one_example

_CV = "ESPERIENZE LAVORATIVE\nMagazziniera dal 03/2019 al 02/2023: muletto, inventario.\n"


DOCUMENT = one_example(
    "A CV, from which the profile is made",
    {
        "kind": "cv",
        "name": "cv.txt",
        "content": base64.b64encode(_CV.encode()).decode(),
        "into_profile": True,
    },
)
DOCUMENT_FORM = one_example(
    "A certificate in PDF", {"file": "(the bytes of attestato.pdf)", "kind": "certificate"}
)
RELEASE = one_example("She asked that it be kept", {"why": "asked_by_person"})
PROTECTED = one_example(
    "What she wants to say", {"sex": "f", "birth_year": 1983, "citizenship": "it"}
)
INVITE = one_example(
    "A manager of a hub",
    {"username": "anna@hub.example", "role": "community_manager", "hub": "hub-1"},
)
INVITE_PERSON = one_example("By her e-mail address", {"username": "ada.prova@example.org"})
UNLOCK = one_example("The telephone was lost", {"second_factor": True})
HAND_OVER = one_example(
    "Anna Neri works elsewhere now", {"to": "7d9f7f0e-6f0a-4b53-9d0e-5b8f6a6f1f10"}
)
TOKEN = one_example(
    "A programme that posts vacancies",
    {"name": "Portale offerte", "hub": "hub-1", "acts": ["add_vacancy"], "days": 30},
)
ORGANISATION = one_example("An agency", {"name": "Agenzia Prova", "kind": "agency", "hub": "hub-1"})
ORGANISATION_CHANGE = one_example("Another name", {"name": "Agenzia Prova srl"})
PUBLISHED_NOTICE = one_example(
    "A new version",
    {
        "version": "2027-01",
        "language": "it",
        "text": "Informativa 2027-01. Chi la segue le spiega ogni parte.",
        "valid_from": "2027-01-01",
    },
)
SCORING = one_example(
    "Something is wrong", {"stopped": True, "reason": "Le graduatorie di oggi ripetono un errore."}
)
AWAY = one_example("A sign-in", {})
CODE = one_example("What the telephone shows", {"code": "123456"})
