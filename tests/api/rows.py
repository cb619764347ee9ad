"""Texts and bodies that the tests of the API send."""

from typing import Any

AS_OF = "2026-11-22"
OFFER = (
    "Cerchiamo magazziniere con patentino del muletto e patente B per carico e scarico merci, "
    "full time su turni."
)
KEEPER = "Magazziniere dal 2019 al 2023: muletto, carico e scarico merci, inventario. Patente B."
KEEPER_SHE = KEEPER.replace("Magazziniere", "Magazziniera")
RESERVED = (
    "Selezione riservata esclusivamente alle categorie protette, art. 1 L. 68/99: magazziniere per "
    "carico e scarico merci."
)
COOK = "Aiuto cuoco dal 2015 al 2022 in mensa, HACCP. Italiano B2."
CVS = (
    KEEPER,
    COOK,
    "",
    "Addetta alle pulizie dal 2010 al 2024. Inglese A2. Automunita. Part time al mattino.",
    "Mulettista con patentino, patente B e C, diploma. Disponibile a turni, anche di notte.",
)
OFFERS = (
    OFFER,
    "Mensa scolastica cerca aiuto cuoco, HACCP, part time al mattino, italiano B1.",
    "Impresa di pulizie cerca persona automunita, anche prima esperienza.",
    "",
)


def an_offer(text: str = OFFER, **more: Any) -> dict[str, Any]:
    return {"id": "v", "title": "Magazziniere", "text": text, **more}


def people(*texts: str) -> list[dict[str, Any]]:
    return [{"id": f"p{number}", "text": text} for number, text in enumerate(texts)]


def vacancies(*texts: str) -> list[dict[str, Any]]:
    return [{"id": f"v{number}", "text": text} for number, text in enumerate(texts)]


def a_ranking(*texts: str, **more: Any) -> dict[str, Any]:
    return {"vacancy": an_offer(), "persons": people(*texts), "as_of": AS_OF, **more}


def some_vacancies(text: str = KEEPER, *vacancies: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A person by her CV, and vacancies for her: one unless told otherwise."""
    given = list(vacancies) or [an_offer()]
    return {"person": {"text": text}, "vacancies": given, "as_of": AS_OF, **more}


def a_risk(*persons: dict[str, Any], **more: Any) -> dict[str, Any]:
    given = persons or ({"person_id": "p", "driving_licence": False},)
    return {
        "purpose": "offer_accompaniment",
        "persons": list(given),
        "as_of": AS_OF,
        **more,
    }
