from typing import Any

import pytest

from matching.accompaniment import Catalogue
from matching.accompaniment.catalogue_twins import Likeness, twins
from matching.domain import Measure
from tests.factories import VALLEY, a_service

TEXT = "Dodici ore di teoria e di pratica sul carrello elevatore, in tre mezze giornate."


def likeness(**changed: Any) -> Likeness | None:
    """What two entries are to each other that differ in this."""
    first = {"name": "Patentino del muletto", "description": TEXT}
    found = twins([a_service("a", **first), a_service("b", **{**first, **changed})])
    return found[0].likeness if found else None


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"seats": 9, "cost_eur": 100},
        {"name": "patentino del MULETTO"},
        {"name": "Del muletto: patentino"},
        {"description": f"{TEXT} Con verifica."},
    ],
)
def test_the_same_name_and_a_near_description_are_very_likely_one_service(
    changed: dict[str, Any],
) -> None:
    assert likeness(**changed) is Likeness.VERY_LIKELY


@pytest.mark.parametrize(
    "changed",
    [
        {"description": "Si impara a guidare."},
        {"name": "Patentino dei muletti"},
    ],
)
def test_names_or_texts_that_are_only_near_are_possible(changed: dict[str, Any]) -> None:
    assert likeness(**changed) is Likeness.POSSIBLE


@pytest.mark.parametrize(
    "changed",
    [
        {"provider": "altri"},
        {"place": VALLEY},
        {"measure": Measure.CERTIFICATE},
        {"name": "Rinnovo del patentino per piattaforme"},
        {"name": "Patentino del muletto, livello 2"},
    ],
)
def test_another_provider_place_kind_name_or_level_is_another_service(
    changed: dict[str, Any],
) -> None:
    assert likeness(**changed) is None


def test_what_is_different_is_shown_field_by_field_and_nothing_else() -> None:
    (pair,) = twins(
        [
            a_service("a", seats=5, changes="x"),
            a_service("b", name="Servizio a", seats=7, changes="x"),
        ]
    )
    assert [(one.field, one.first, one.second) for one in pair.differences] == [("seats", 5, 7)]


def test_the_surest_come_first_whatever_the_order_of_the_entries() -> None:
    sure = [a_service(slug, name="Ascolto", description=TEXT) for slug in ("a", "b")]
    less = [a_service("c", name="Ascolto", description="Altro."), *sure]
    found = twins(less)
    assert [(one.first, one.second) for one in found][0] == ("a", "b")
    assert [one.likeness for one in found] == [
        Likeness.VERY_LIKELY,
        Likeness.POSSIBLE,
        Likeness.POSSIBLE,
    ]


def test_the_starter_catalogue_has_nothing_twice(service: Any) -> None:
    catalogue: Catalogue = service.catalogue
    assert twins(catalogue.services) == ()
