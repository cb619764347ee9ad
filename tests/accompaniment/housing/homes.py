"""Families, dwellings and settings made up here, for tests that are worked by hand."""

from datetime import date
from typing import Any

from matching.accompaniment.housing import HousingSetting
from matching.accompaniment.housing.law import SingleRoom, SizeRule
from matching.accompaniment.housing.policy import Covers, HousingPolicy, Scale
from matching.domain import Answer
from matching.domain.housing import (
    Dwelling,
    HomeAnswers,
    HomeSought,
    HousingPart,
    OwnerConditions,
    PlaceKind,
    PlaceToReach,
)
from matching.domain.means import Means
from tests.factories import HILL, a_territory

AS_OF = date(2026, 11, 28)


def a_law(**known: Any) -> SizeRule:
    given: dict[str, Any] = {
        "id": "prova",
        "law": "Legge di prova",
        "source": "prova",
        "checked": AS_OF,
        "verified": True,
        "valid_from": date(2000, 1, 1),
        "valid_to": None,
        "first_people": 4,
        "m2_first": 14,
        "m2_further": 10,
        "single_room": {1: SingleRoom(m2=28, perhaps=20), 2: SingleRoom(m2=38, perhaps=28)},
    }
    return SizeRule(**(given | known))


def a_policy(**known: Any) -> HousingPolicy:
    given: dict[str, Any] = {
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2027, 12, 31),
        "share": 0.3,
        "rent": Scale(full=0.3, zero=0.5),
        "expenses": (0, 100),
        "size": Scale(full=1.25, zero=0.75),
        "journey": Scale(full=20, zero=70),
        "on_foot_within_minutes": 15,
        "time": Scale(full=30, zero=-30),
        "place": Scale(full=0, zero=60),
        "covers": (Covers.INCOME_TO_RENT, Covers.GUARANTEE),
        "weights": dict.fromkeys(HousingPart, 1.0),
        "reasons": {},
    }
    return HousingPolicy(**(given | known))


def a_setting(*, law: SizeRule | None = None, **known: Any) -> HousingSetting:
    return HousingSetting(
        rules=(law or a_law(),), policy=a_policy(**known), territory=a_territory()
    )


def a_family(**known: Any) -> HomeSought:
    """Four people of whom all was asked: school on foot where they live, work there by car."""
    answers: dict[str, Any] = {
        "accessible": Answer.NO,
        "bedrooms": 2,
        "months": 24,
        "guarantee": Answer.NO,
        "eviction": Answer.YES,
        "places": (
            PlaceToReach(kind=PlaceKind.SCHOOL, municipality=HILL, means=Means.ON_FOOT),
            PlaceToReach(kind=PlaceKind.WORK, municipality=HILL, means=Means.CAR),
        ),
        "wanted": frozenset({HILL}),
    }
    for name in tuple(known):
        if name in answers:
            answers[name] = known.pop(name)
    given: dict[str, Any] = {
        "household_id": "famiglia",
        "people": 4,
        "income_eur": 18_000,
        "eviction_on": date(2027, 3, 1),
    }
    return HomeSought(**(given | known), answers=HomeAnswers(**answers))


def a_dwelling(**known: Any) -> Dwelling:
    given: dict[str, Any] = {
        "id": "casa",
        "municipality": HILL,
        "floor_m2": 70,
        "bedrooms": 2,
        "rent_eur": 400,
        "expenses_eur": 50,
        "step_free": Answer.NO,
        "available_from": date(2026, 12, 1),
        "calmed_rent": Answer.NO,
        "guarantee_fund": Answer.NO,
    }
    owner = {
        name: known.pop(name) for name in OwnerConditions.__dataclass_fields__ if name in known
    }
    return Dwelling(**(given | known), owner=OwnerConditions(**owner))
