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


def one_example(summary: str, value: object) -> Examples:
    """A body that can be sent as it stands, with what it says."""
    return MappingProxyType({"one": {"summary": summary, "value": value}})


NEW_PERSON = one_example(
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
PERSON_CHANGE = one_example("The profile was gone through with her", {"confirmed": True})
NEW_VACANCY = one_example(
    "A vacancy",
    {"title": "Magazziniere/a", "text": _OFFER},
)
JOB_POSTINGS = one_example(
    "A JobPosting",
    {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Magazziniere/a",
        "description": f"<p>{_OFFER}</p>",
        "datePosted": "2026-11-20",
    },
)
VACANCY_CHANGE = one_example("It was filled", {"state": "closed"})
SHORTLIST = one_example("The first ten with reasons", {"explain": 10})
MATCHES = one_example("The first five with reasons", {"explain": 5})
RISK = one_example("To offer help", {"purpose": "offer_accompaniment"})
PLAN = one_example("A path with a declared need", {"needs": ["care"], "budget_eur": 600})
NOTICE = one_example(
    "Read aloud in Italian", {"version": "1", "language": "it", "way": "read_aloud"}
)
NOTE = one_example("After a talk", {"text": "Preferisce essere richiamata al mattino."})
SIGN_IN = one_example(
    "With a second factor",
    {"username": "ada", "password": "una frase lunga e tua", "code": "123456"},
)
INVITATION = one_example(
    "The first sign-in", {"token": "(from the link)", "password": "una frase lunga e tua"}
)
FACTOR_CODE = one_example("As the authenticator shows it just now", {"code": "123456"})
