from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from matching.accompaniment.quality import Criterion, Mark, quality, summary
from matching.domain import (
    Audience,
    Channel,
    Contact,
    Freshness,
    Measure,
    Need,
    Paper,
    PaperAsked,
)
from tests.factories import a_catalogue, a_service

AS_OF = date(2027, 1, 10)
WHOLE: Mapping[str, Any] = {
    "description": "Dodici ore di teoria e di pratica sul mezzo, in tre mezze giornate.",
    "needs": [Need.WORK],
    "teaches": ["forklift"],
    "audiences": [Audience.EVERYONE],
    "documents": [PaperAsked(kind=Paper.NOTHING)],
    "area": ["territory"],
    "wait_days": 10,
    "contacts": [Contact(channel=Channel.HUB, value="punto welfare")],
    "assured": date(2026, 12, 1),
}


def marks(months: int | None = 6, **changed: Any) -> Mapping[Criterion, Mark]:
    return quality(a_service("a", **{**WHOLE, **changed}), as_of=AS_OF, months=months).marks


def test_an_entry_that_says_everything_meets_the_ten_criteria() -> None:
    found = quality(a_service("a", **WHOLE), as_of=AS_OF, months=6)
    assert len(found.marks) == 10
    assert set(found.marks.values()) == {Mark.MET}
    assert (found.score, found.to_do) == (1.0, ())


@pytest.mark.parametrize(
    ("criterion", "changed"),
    [
        (Criterion.DESCRIPTION, {"description": "Corso."}),
        (Criterion.DESCRIPTION, {"description": "x" * 60, "name": "x" * 60}),
        (Criterion.NEEDS, {"needs": []}),
        (Criterion.SKILLS, {"teaches": []}),
        (Criterion.AUDIENCE, {"audiences": []}),
        (Criterion.DOCUMENTS, {"documents": []}),
        (Criterion.AREA, {"area": []}),
        (Criterion.TIMES, {"weekdays": []}),
        (Criterion.TIMES, {"bands": []}),
        (Criterion.START, {"wait_days": None}),
        (Criterion.START, {"wait_days": None, "starts": [date(2027, 1, 9)]}),
        (Criterion.CONTACT, {"contacts": []}),
        (Criterion.FRESHNESS, {"assured": None}),
        (Criterion.FRESHNESS, {"assured": date(2026, 7, 9)}),
    ],
)
def test_what_an_entry_does_not_say_is_to_do_and_nothing_else(
    criterion: Criterion, changed: Mapping[str, Any]
) -> None:
    found = quality(a_service("a", **{**WHOLE, **changed}), as_of=AS_OF, months=6)
    assert found.to_do == (criterion,)
    assert found.score == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("criterion", "changed"),
    [
        (Criterion.SKILLS, {"measure": Measure.FOOD, "teaches": []}),
        (Criterion.TIMES, {"hours": 0, "weekdays": [], "bands": []}),
    ],
)
def test_a_criterion_that_does_not_apply_counts_neither_way(
    criterion: Criterion, changed: Mapping[str, Any]
) -> None:
    found = quality(a_service("a", **{**WHOLE, **changed}), as_of=AS_OF, months=6)
    assert found.marks[criterion] is Mark.NOT_APPLICABLE
    assert found.score == 1.0
    poorer = quality(a_service("a", **{**WHOLE, **changed, "contacts": []}), as_of=AS_OF, months=6)
    assert poorer.score == pytest.approx(8 / 9)


def test_ages_or_an_edition_to_come_will_do_as_well() -> None:
    assert marks(audiences=[], min_age=18)[Criterion.AUDIENCE] is Mark.MET
    edition = {"wait_days": None, "starts": [date(2027, 1, 10)]}
    assert marks(**edition)[Criterion.START] is Mark.MET


def test_an_entry_is_fresh_for_as_long_as_the_territory_says() -> None:
    edge = date(2026, 7, 10)
    assert marks(assured=edge)[Criterion.FRESHNESS] is Mark.MET
    assert marks(months=5, assured=edge)[Criterion.FRESHNESS] is Mark.NOT_MET
    assert marks(months=None, assured=date(2001, 1, 1))[Criterion.FRESHNESS] is Mark.MET
    assert marks(months=None, assured=None)[Criterion.FRESHNESS] is Mark.NOT_MET


def test_a_catalogue_is_summed_up_by_what_its_entries_do_not_say() -> None:
    catalogue = a_catalogue(
        a_service("a", **WHOLE),
        a_service("b", **{**WHOLE, "contacts": [], "assured": None}),
        a_service("c", **{**WHOLE, "contacts": [], "assured": date(2025, 1, 1)}),
    )
    found = summary(catalogue, as_of=AS_OF, months=6)
    assert found.services == 3
    assert found.score == pytest.approx((1 + 0.8 + 0.8) / 3)
    assert found.not_met == {Criterion.CONTACT: 2, Criterion.FRESHNESS: 2}
    assert found.freshness == {Freshness.FRESH: 1, Freshness.STALE: 1, Freshness.UNDATED: 1}
