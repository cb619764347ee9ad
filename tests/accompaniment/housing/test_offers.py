from dataclasses import fields
from typing import Any

import pytest

from matching.accompaniment.housing import check_dwelling, read_dwelling
from matching.domain.housing import Dwelling, OwnerConditions
from matching.errors import InputError
from tests.factories import HILL, a_territory

ROW: dict[str, Any] = {
    "id": "casa",
    "municipality": HILL,
    "floor_m2": 70,
    "available_from": "2026-12-01",
    "owner": {"most_people": 4, "least_income_to_rent": 2.5},
}
WHO_SOMEBODY_IS = (
    "citizen", "nation", "origin", "sex", "gender", "age", "famil", "child", "religi", "disab",
    "health", "source", "work", "pet",
)  # fmt: skip


def test_a_dwelling_is_read_with_what_its_owner_asks() -> None:
    found = read_dwelling(ROW, "riga 1")
    assert found.owner == OwnerConditions(most_people=4, least_income_to_rent=2.5)
    assert (found.rent_eur, found.guarantee_fund) == (None, None)


@pytest.mark.parametrize(
    "asked", ["citizenship", "family_status", "origin", "income_source", "children", "religion"]
)
def test_who_the_family_is_cannot_be_a_condition_and_the_refusal_says_why(asked: str) -> None:
    with pytest.raises(InputError, match=r"no grounds on which a home is let") as refused:
        read_dwelling(ROW | {"owner": {asked: "segreto"}}, "riga 1")
    said = str(refused.value)
    assert f"riga 1: owner.{asked} is no condition" in said
    assert "most_people, least_income_to_rent, guarantee_wanted, longest_months" in said
    assert "D.Lgs. 215/2003" in said
    assert "segreto" not in said


def test_no_field_of_an_offer_is_about_who_somebody_is() -> None:
    names = [field.name for kind in (Dwelling, OwnerConditions) for field in fields(kind)]
    assert [name for name in names if any(part in name for part in WHO_SOMEBODY_IS)] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": " "}, "id is blank"),
        ({"floor_m2": 0}, "floor_m2 is 0"),
        ({"rent_eur": 0}, "rent_eur is 0"),
        ({"rent_eur": "400"}, "rent_eur must be a whole number"),
        ({"owner": {"most_people": 0}}, "owner.most_people is 0"),
        ({"owner": {"longest_months": 0}}, "owner.longest_months is 0"),
        ({"owner": {"least_income_to_rent": 0}}, "least_income_to_rent must be above 0"),
        ({"owner": {"least_income_to_rent": float("nan")}}, "must be above 0"),
        ({"owner": []}, "owner must be a JSON object"),
        ({"available_to": "2026-11-30"}, "available_to is before available_from"),
        ({"garden": True}, "'garden' is no field of it"),
    ],
)
def test_a_dwelling_that_cannot_be_is_refused_by_its_field(
    change: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        read_dwelling(ROW | change, "riga 1")


def test_a_dwelling_elsewhere_is_refused() -> None:
    check_dwelling(read_dwelling(ROW, "riga 1"), a_territory(), "riga 1")
    elsewhere = read_dwelling(ROW | {"municipality": "999999"}, "riga 1")
    with pytest.raises(InputError, match="riga 1: municipality is no municipality in or around"):
        check_dwelling(elsewhere, a_territory(), "riga 1")
