"""Texts and bodies that the tests of the API send."""

from typing import Any

AS_OF = "2026-11-22"
OFFER = (
    "Cerchiamo magazziniere con patentino del muletto e patente B per carico e scarico merci, "
    "full time su turni."
)
KEEPER = "Magazziniere dal 2019 al 2023: muletto, carico e scarico merci, inventario. Patente B."
KEEPER_SHE = KEEPER.replace("Magazziniere", "Magazziniera")
COOK = "Aiuto cuoco dal 2015 al 2022 in mensa, HACCP. Italiano B2."


def an_offer(text: str = OFFER, **more: Any) -> dict[str, Any]:
    return {"id": "v", "title": "Magazziniere", "text": text, **more}


def people(*texts: str) -> list[dict[str, Any]]:
    return [{"id": f"p{number}", "text": text} for number, text in enumerate(texts)]


def a_ranking(*texts: str, **more: Any) -> dict[str, Any]:
    return {"vacancy": an_offer(), "persons": people(*texts), "as_of": AS_OF, **more}


def a_risk(*persons: dict[str, Any], **more: Any) -> dict[str, Any]:
    given = persons or ({"person_id": "p", "driving_licence": False},)
    return {
        "purpose": "offer_accompaniment",
        "persons": list(given),
        "as_of": AS_OF,
        **more,
    }
