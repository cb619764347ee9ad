"""Requests that the OpenAPI document of a hub shows; each can be sent as it stands."""

from types import MappingProxyType
from typing import Any

_CV = (
    "ESPERIENZE LAVORATIVE\n"
    "Magazziniera presso una ditta di ricambi, dal 03/2019 al 02/2023\n"
    "- carico e scarico merci con il muletto, inventario\n"
    "FORMAZIONE\nDiploma. Patentino per carrelli elevatori. Patente B, automunita."
)
_OFFER = (
    "Per un magazzino di ricambi cerchiamo una persona per carico e scarico merci e inventario.\n"
    "Requisiti: esperienza di almeno un anno, patentino del muletto, patente B."
)

Examples = MappingProxyType[str, Any]


def _one(summary: str, value: object) -> Examples:
    return MappingProxyType({"one": {"summary": summary, "value": value}})


NEW_PERSON = _one(
    "Somebody with a CV",
    {
        "contacts": {
            "given_name": "Ada",
            "family_name": "Prova",
            "birth_date": "1971-04-02",
            "email": "ada.prova@example.org",
        },
        "profile": {"cv": _CV, "answers": {"weekly_hours": 30}},
    },
)
PERSON_CHANGE = _one("The profile was gone through with her", {"confirmed": True})
NEW_VACANCY = _one(
    "A vacancy",
    {"title": "Magazziniere/a", "text": _OFFER},
)
JOB_POSTINGS = _one(
    "A JobPosting",
    {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Magazziniere/a",
        "description": f"<p>{_OFFER}</p>",
        "datePosted": "2026-11-20",
    },
)
VACANCY_CHANGE = _one("It was filled", {"state": "closed"})
SHORTLIST = _one("The first ten with reasons", {"explain": 10})
MATCHES = _one("The first five with reasons", {"explain": 5})
RISK = _one("To offer help", {"purpose": "offer_accompaniment"})
PLAN = _one("A path with a declared need", {"needs": ["care"], "budget_eur": 600})
NOTICE = _one("Read aloud in Italian", {"version": "1", "language": "it", "way": "read_aloud"})
NOTE = _one("After a talk", {"text": "Preferisce essere richiamata al mattino."})
SIGN_IN = _one(
    "With a second factor",
    {"username": "ada", "password": "una frase lunga e tua", "code": "123456"},
)
INVITATION = _one(
    "The first sign-in", {"token": "(from the link)", "password": "una frase lunga e tua"}
)
